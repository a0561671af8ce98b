#include "platform/base/ids.hpp"

#include <charconv>

namespace ruhu {
namespace {

std::optional<std::uint8_t> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  return std::nullopt;
}

bool is_dash_position(std::size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

template <class Integer>
std::optional<Integer> parse_integer(std::string_view text) {
  Integer value{};
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Uuid make_uuid_v7(Clock& clock, Random& random) {
  Uuid id;
  const auto ms = static_cast<std::uint64_t>(to_ms(clock.now()));
  const std::uint64_t a = random.next();
  const std::uint64_t b = random.next();
  for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(ms >> (40U - 8U * i));
  for (std::size_t i = 6; i < 8; ++i) id.bytes[i] = static_cast<std::uint8_t>(a >> (8U * (i - 6)));
  for (std::size_t i = 8; i < 16; ++i) id.bytes[i] = static_cast<std::uint8_t>(b >> (8U * (i - 8)));
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x70U);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
  return id;
}

std::string to_string(const Uuid& id) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  out.reserve(36);
  for (std::size_t i = 0; i < 16; ++i) {
    if (is_dash_position(out.size())) out += '-';
    out += kHex[id.bytes[i] >> 4U];
    out += kHex[id.bytes[i] & 0x0FU];
  }
  return out;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid id;
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_dash_position(i)) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    const auto digit = hex_digit(text[i]);
    if (!digit) return std::nullopt;
    auto& byte = id.bytes[nibble / 2];
    byte = static_cast<std::uint8_t>((byte << 4U) | *digit);
    ++nibble;
  }
  return id;
}

std::string to_string(const OpId& id) { return std::to_string(id.tablet.value) + ":" + std::to_string(id.counter); }

std::optional<OpId> parse_op_id(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto tablet = parse_integer<std::uint32_t>(text.substr(0, colon));
  const auto counter = parse_integer<std::uint64_t>(text.substr(colon + 1));
  if (!tablet || !counter) return std::nullopt;
  return OpId{{*tablet}, *counter};
}

std::string to_string(ScopeCode code) { return std::to_string(code.value); }

std::optional<ScopeCode> parse_scope_code(std::string_view digits) {
  const auto value = parse_integer<std::uint64_t>(digits);
  if (!value) return std::nullopt;
  const ScopeCode code{*value};
  if ((digits.size() == 12 && code.is_community()) || (digits.size() == 15 && code.is_grid())) return code;
  return std::nullopt;
}

}  // namespace ruhu
