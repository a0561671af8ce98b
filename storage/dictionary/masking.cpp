#include "storage/dictionary/masking.hpp"

#include <algorithm>
#include <array>

#include "platform/base/text.hpp"

namespace ruhu {
namespace {

/// Keeps so many characters at both ends; at least half of them become stars.
std::string keep_ends(std::string_view text, std::size_t front, std::size_t back) {
  std::u32string points = decode_utf8(text);
  const std::size_t room = points.size() / 2;
  while (front + back > room && front + back > 0) (back >= front ? back : front) -= 1;
  for (std::size_t i = front; i + back < points.size(); ++i) points[i] = U'*';
  return encode_utf8(points);
}

std::string mask_name(std::string_view text) {
  const std::u32string points = decode_utf8(text);
  return encode_utf8(points.substr(0, 1)) + "*";
}

std::string mask_document(std::string_view text) {
  constexpr std::size_t kArea = 6;
  constexpr std::size_t kTail = 4;
  constexpr std::size_t kLong = 15;
  if (length_utf8(text) < kLong) return keep_ends(text, 2, 2);
  std::string masked(text);
  for (std::size_t i = kArea; i + kTail < masked.size(); ++i) masked[i] = '*';
  return masked;
}

/// Masks the longest run of digits and leaves what stands around it: "138****8000 女儿".
std::string mask_phone(std::string_view text) {
  constexpr std::size_t kFront = 3;
  constexpr std::size_t kBack = 4;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t best = 0;
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - i > length) {
      best = i;
      length = end - i;
    }
    i = end + 1;
  }
  if (length <= kFront + kBack) return keep_ends(text, 0, 2);
  std::string masked(text);
  for (std::size_t i = best + kFront; i + kBack < best + length; ++i) masked[i] = '*';
  return masked;
}

std::string mask_address(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kBuildingEnds = {"号楼", "栋", "幢", "座", "号"};
  constexpr std::size_t kFallback = 6;
  for (const std::string_view mark : kBuildingEnds) {
    const auto at = text.find(mark);
    if (at == std::string_view::npos || at == 0) continue;
    const auto end = at + mark.size();
    return std::string(text.substr(0, end)) + (end < text.size() ? "***" : "");
  }
  const std::u32string points = decode_utf8(text);
  return encode_utf8(points.substr(0, std::min(kFallback, points.size() / 2))) + "***";
}

}  // namespace

std::string mask_text(Mask mask, std::string_view text) {
  if (text.empty()) return {};
  switch (mask) {
    case Mask::name: return mask_name(text);
    case Mask::id_no: return mask_document(text);
    case Mask::phone: return mask_phone(text);
    case Mask::address: return mask_address(text);
    case Mask::none: break;
  }
  return std::string(text);
}

Value mask_value(Mask mask, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return mask_text(mask, *text);
  const auto* set = std::get_if<TextSet>(&value);
  if (set == nullptr || mask == Mask::none) return value;
  std::vector<std::string> masked;
  for (const std::string& item : set->items) masked.push_back(mask_text(mask, item));
  return TextSet::of(std::move(masked));
}

}  // namespace ruhu
