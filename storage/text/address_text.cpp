#include "storage/text/address_text.hpp"

#include <algorithm>
#include <optional>

#include "platform/base/text.hpp"
#include "storage/text/pinyin.hpp"

namespace ruhu {
namespace {

struct UnitWord {
  std::u32string_view word;
  char role;
};
/// What may follow a number. Longer words first.
constexpr UnitWord kUnitWords[] = {{U"号楼", 'b'}, {U"号房", 'r'}, {U"单元", 'u'}, {U"#楼", 'b'}, {U"栋", 'b'},
                                   {U"幢", 'b'},   {U"座", 'b'},   {U"#", 'b'},    {U"梯", 'u'},  {U"门", 'u'},
                                   {U"楼", 'f'},   {U"层", 'f'},   {U"室", 'r'},   {U"房", 'r'},  {U"户", 'r'},
                                   {U"号", 'h'},   {U"组", 'g'},   {U"弄", 'l'},   {U"巷", 'l'}};
constexpr std::u32string_view kNumerals = U"零一二三四五六七八九";
constexpr std::size_t kPiecesMax = 200;

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_letter(char32_t c) { return c >= U'a' && c <= U'z'; }
bool is_dash(char32_t c) { return c == U'-' || c == U'/' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

std::optional<unsigned> numeral(char32_t c) {
  if (c == U'〇') return 0;
  if (c == U'两') return 2;
  const auto at = kNumerals.find(c);
  return at == std::u32string_view::npos ? std::nullopt : std::optional(static_cast<unsigned>(at));
}

bool is_spoken(char32_t c) { return numeral(c) || c == U'十' || c == U'百'; }

/// 十二 → 12, 二十一 → 21, 一百零三 → 103, 五〇二 → 502.
std::string spoken_number(std::u32string_view text) {
  const bool counted = text.find_first_of(U"十百") != std::u32string_view::npos;
  std::string digits;
  unsigned total = 0;
  unsigned pending = 0;
  bool has_pending = false;
  for (const char32_t c : text) {
    if (const auto value = numeral(c)) {
      digits += static_cast<char>('0' + *value);
      pending = *value;
      has_pending = true;
    } else {
      total += (has_pending ? pending : 1) * (c == U'十' ? 10U : 100U);
      pending = 0;
      has_pending = false;
    }
  }
  return counted ? std::to_string(total + pending) : digits;
}

std::string without_leading_zeros(std::string text) {
  const auto at = text.find_first_not_of('0');
  return at == std::string::npos ? "0" : text.substr(at);
}

/// Walks over the text and takes one piece after the other.
class Splitter {
 public:
  explicit Splitter(std::u32string text) : text_(std::move(text)) {}

  std::vector<AddressPiece> run() {
    while (at_ < text_.size() && pieces_.size() < kPiecesMax) step();
    return std::move(pieces_);
  }

 private:
  void step() {
    const char32_t c = text_[at_];
    if (is_digit(c) || is_letter(c)) return word();
    if (is_spoken(c) && spoken()) return;
    if (is_han(c)) pieces_.push_back({AddressPiece::Of::han, encode_utf8({&text_[at_], 1}), {}});
    ++at_;
  }

  template <class Fits>
  std::u32string_view take_while(Fits fits) {
    const std::size_t start = at_;
    while (at_ < text_.size() && fits(text_[at_])) ++at_;
    return std::u32string_view(text_).substr(start, at_ - start);
  }

  char take_unit() {
    const auto rest = std::u32string_view(text_).substr(at_);
    for (const auto& unit : kUnitWords) {
      if (!rest.starts_with(unit.word)) continue;
      at_ += unit.word.size();
      return unit.role;
    }
    return 0;
  }

  /// Letters alone are a word, unless a unit follows (A座); everything with a digit is a number, perhaps the
  /// first of a path (3-2-501).
  void word() {
    std::vector<std::string> path;
    char unit = 0;
    for (;;) {
      const auto run = take_while([](char32_t c) { return is_digit(c) || is_letter(c); });
      path.push_back(without_leading_zeros(encode_utf8(run)));
      unit = take_unit();
      const bool more = unit == 0 && at_ + 1 < text_.size() && is_dash(text_[at_]) && is_digit(text_[at_ + 1]);
      if (!more) break;
      ++at_;
    }
    const bool only_letters = std::none_of(path[0].begin(), path[0].end(), [](char c) { return c >= '0' && c <= '9'; });
    if (path.size() == 1 && unit == 0 && only_letters) {
      pieces_.push_back({AddressPiece::Of::latin, path[0], {}});
    } else {
      add_path(path, unit);
    }
  }

  void add_path(const std::vector<std::string>& path, char unit) {
    const bool rooms = unit == 0 || unit == 'r';
    for (std::size_t i = 0; i < path.size(); ++i) {
      const bool last = i + 1 == path.size();
      std::string roles(1, rooms ? 'r' : unit);
      if (!last && rooms) roles = path.size() == 2 ? "bu" : (i == 0 ? "b" : "u");
      pieces_.push_back({AddressPiece::Of::number, path[i], roles, !last || unit != 0});
    }
  }

  /// Chinese numerals count only before a unit word; 三里河 is a name.
  bool spoken() {
    const std::size_t start = at_;
    const auto run = take_while(is_spoken);
    const char unit = take_unit();
    const std::size_t end = at_;
    at_ = start;
    if (unit == 0) return false;
    pieces_.push_back({AddressPiece::Of::number, without_leading_zeros(spoken_number(run)), {unit}, true, true});
    for (; at_ < end; ++at_) pieces_.push_back({AddressPiece::Of::han, encode_utf8({&text_[at_], 1}), {}, false, true});
    return true;
  }

  std::u32string text_;
  std::size_t at_ = 0;
  std::vector<AddressPiece> pieces_;
};

}  // namespace

std::vector<AddressPiece> take_address_apart(std::string_view folded) { return Splitter(decode_utf8(folded)).run(); }

}  // namespace ruhu
