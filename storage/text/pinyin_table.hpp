#pragma once
#include <cstdint>
#include <span>
#include <string_view>

/// The tables behind storage/text/pinyin.hpp. Generated at build time by assets/generate.py.
namespace ruhu::pinyin_table {

/// Code points from first to last have cells from `start` on.
struct Range {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t start;
};

struct Surname {
  std::string_view surname;   ///< Simplified.
  std::string_view readings;  ///< "zeng;ceng", "yu chi;wei chi": as a surname first.
};

std::span<const std::string_view> syllables();
/// Numbers of syllables; bit 15 marks the last reading of a character. Item 0 is unused.
std::span<const std::uint16_t> pool();
std::span<const Range> ranges();                 ///< Sorted.
std::span<const std::uint16_t> cells();          ///< Where in the pool a character's readings start; 0: none.
std::span<const std::uint32_t[2]> simplified();  ///< {traditional, simplified}, sorted.
std::span<const Surname> surnames();             ///< Sorted by bytes.

}  // namespace ruhu::pinyin_table
