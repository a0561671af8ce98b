#include "storage/text/pinyin.hpp"

#include <algorithm>

#include "platform/base/text.hpp"
#include "storage/text/pinyin_table.hpp"

namespace ruhu {
namespace {

constexpr std::uint16_t kLastReading = 0x8000;
constexpr std::size_t kSurnameLengthMax = 4;

const pinyin_table::Surname* find_surname(std::u32string_view surname) {
  const std::string name = encode_utf8(surname);
  const auto all = pinyin_table::surnames();
  const auto at = std::lower_bound(all.begin(), all.end(), name,
                                   [](const auto& entry, const std::string& n) { return entry.surname < n; });
  return at != all.end() && at->surname == name ? &*at : nullptr;
}

std::uint16_t cell_of(std::uint32_t code) {
  const auto all = pinyin_table::ranges();
  auto at = std::upper_bound(all.begin(), all.end(), code, [](std::uint32_t c, const auto& r) { return c < r.first; });
  if (at == all.begin()) return 0;
  --at;
  return code <= at->last ? pinyin_table::cells()[at->start + (code - at->first)] : std::uint16_t{0};
}

}  // namespace

std::vector<std::string_view> readings_of(char32_t character) {
  std::vector<std::string_view> readings;
  std::size_t at = cell_of(static_cast<std::uint32_t>(character));
  if (at == 0) return readings;
  const auto pool = pinyin_table::pool();
  for (;; ++at) {
    readings.push_back(pinyin_table::syllables()[pool[at] & ~kLastReading]);
    if ((pool[at] & kLastReading) != 0) return readings;
  }
}

char32_t simplified(char32_t character) {
  const auto code = static_cast<std::uint32_t>(character);
  const auto all = pinyin_table::simplified();
  const auto at = std::lower_bound(all.begin(), all.end(), code,
                                   [](const std::uint32_t(&pair)[2], std::uint32_t c) { return pair[0] < c; });
  return at != all.end() && (*at)[0] == code ? static_cast<char32_t>((*at)[1]) : character;
}

bool is_han(char32_t c) {
  return c == 0x3007 || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF);
}

std::size_t surname_length(std::u32string_view name) {
  for (std::size_t length = std::min(kSurnameLengthMax, name.size()); length > 1; --length)
    if (find_surname(name.substr(0, length)) != nullptr) return length;
  return name.empty() ? 0 : 1;
}

std::vector<std::string> surname_readings(std::u32string_view surname) {
  std::vector<std::string> readings;
  if (const auto* entry = find_surname(surname)) {
    for (const auto reading : split(entry->readings, ';')) readings.emplace_back(reading);
  } else if (surname.size() == 1) {
    for (const auto reading : readings_of(surname[0])) readings.emplace_back(reading);
  }
  return readings;
}

}  // namespace ruhu
