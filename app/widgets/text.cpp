#include "app/widgets/text.hpp"

#include <algorithm>
#include <cmath>

#include "platform/base/text.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kRememberedMax = 4096;
constexpr float kRise = 0.06F;  // Em by which Chinese characters stand below the middle of their line.

ImFont* font_of(const Ui& ui, const TextStyle& style) { return style.bold ? ui.fonts.bold : ui.fonts.regular; }

float width_of(const Ui& ui, const TextStyle& style, const char* begin, const char* end) {
  return font_of(ui, style)->CalcTextSizeA(font_size(ui, style), FLT_MAX, 0.0F, begin, end).x;
}

/// Chinese, Japanese, full-width: a line may break on either side.
bool is_wide(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFFEF) || c >= 0x20000;
}
bool must_not_begin_line(char32_t c) {
  constexpr std::u32string_view kClosing = U"，。、；：？！）》」』】”’％%)]}.,;:?!·…";
  return kClosing.find(c) != std::u32string_view::npos;
}
bool must_not_end_line(char32_t c) {
  constexpr std::u32string_view kOpening = U"（《「『【“‘([{";
  return kOpening.find(c) != std::u32string_view::npos;
}

/// A piece that never breaks: a Latin word, a number, or one Chinese character with its punctuation.
struct Piece {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool blank_before = false;
  bool new_line = false;
};

std::uint32_t bytes_of(char32_t c) { return c < 0x80 ? 1U : c < 0x800 ? 2U : c < 0x10000 ? 3U : 4U; }

std::vector<Piece> pieces_of(const std::string& text) {
  std::vector<Piece> pieces;
  std::uint32_t at = 0;
  char32_t before = U' ';
  bool new_line = false;
  for (const char32_t c : decode_utf8(text)) {
    const std::uint32_t end = at + bytes_of(c);
    const bool blank = c == U' ' || c == U'\n';
    const bool after_blank = before == U' ' || before == U'\n';
    const bool breaks = (is_wide(c) || is_wide(before)) && !must_not_begin_line(c) && !must_not_end_line(before);
    if (!blank) {
      if (pieces.empty() || after_blank || breaks)
        pieces.push_back({at, end, before == U' ', new_line});
      else
        pieces.back().end = end;
      new_line = false;
    }
    if (c == U'\n') new_line = true;
    before = c;
    at = end;
  }
  return pieces;
}

/// Fills lines with pieces; one that is wider than a line stands alone and is reported when drawn.
TextLines break_lines(const Ui& ui, const std::string& text, const TextStyle& style, float width) {
  TextLines out{text, {}, 0};
  const char* bytes = text.data();
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  float used = 0;
  const auto close = [&] {
    out.lines.emplace_back(begin, end);
    out.widest = std::max(out.widest, width_of(ui, style, bytes + begin, bytes + end));
  };
  const float blank = width_of(ui, style, " ", nullptr);
  for (const Piece& piece : pieces_of(text)) {
    const float needed = width_of(ui, style, bytes + piece.begin, bytes + piece.end);
    const float between = piece.blank_before && end > begin ? blank : 0.0F;
    if (end > begin && (piece.new_line || used + between + needed > width + 0.5F)) {
      close();
      begin = piece.begin;
      used = needed;
    } else {
      if (end == begin) begin = piece.begin;
      used += between + needed;
    }
    end = piece.end;
  }
  if (end > begin || out.lines.empty()) close();
  return out;
}

void audit_text(Ui& ui, const std::string& text, ImFont* font) {
  if (ui.audit == nullptr) return;
  for (const char32_t c : decode_utf8(text))
    if (c != U'\n' && !font->IsGlyphInFont(static_cast<ImWchar>(c))) ui.audit->without_glyph.push_back(text);
}

void put(Ui& ui, ImVec2 at, const TextStyle& style, const char* begin, const char* end) {
  const ImVec2 whole{std::round(at.x), std::round(at.y)};
  ImGui::GetWindowDrawList()->AddText(font_of(ui, style), font_size(ui, style), whole, style.colour, begin, end);
}

/// The longest beginning that fits together with an ellipsis.
std::string shortened(const Ui& ui, const std::string& text, const TextStyle& style, float width) {
  std::u32string code_points = decode_utf8(text);
  while (!code_points.empty()) {
    code_points.pop_back();
    const std::string candidate = encode_utf8(code_points) + "…";
    if (width_of(ui, style, candidate.c_str(), nullptr) <= width) return candidate;
  }
  return "…";
}

float aligned(const Rect& rect, float width, Align align) {
  if (align == Align::centre) return rect.min.x + (rect.width() - width) / 2;
  return align == Align::right ? rect.max.x - width : rect.min.x;
}

}  // namespace

float font_size(const Ui& ui, const TextStyle& style) { return std::round(ui.px(style.em * theme::kSizePerEm)); }
float line_height(const Ui& ui, const TextStyle& style) { return font_size(ui, style); }

float text_width(Ui& ui, const std::string& text, const TextStyle& style) {
  return wrapped(ui, text, style, 1e9F).widest;
}

const TextLines& wrapped(Ui& ui, const std::string& text, const TextStyle& style, float width) {
  std::size_t key = std::hash<std::string>{}(text);
  const auto mix = [&key](float v) { key = key * 1099511628211ULL + static_cast<std::size_t>(v * 8); };
  mix(font_size(ui, style));
  mix(width);
  mix(style.bold ? 1.0F : 0.0F);
  if (ui.text_memory.size() > kRememberedMax) ui.text_memory.clear();
  TextLines& lines = ui.text_memory[key];
  if (lines.lines.empty() || lines.text != text) lines = break_lines(ui, text, style, width);
  return lines;
}

float wrapped_height(Ui& ui, const std::string& text, const TextStyle& style, float width) {
  if (text.empty()) return 0;
  return static_cast<float>(wrapped(ui, text, style, width).lines.size()) * line_height(ui, style);
}

float balanced_width(Ui& ui, const std::string& text, const TextStyle& style, float width) {
  const std::size_t lines = wrapped(ui, text, style, width).lines.size();
  if (lines < 2) return width;
  constexpr int kSteps = 12;
  for (int i = kSteps / 2; i < kSteps; ++i) {
    const float narrow = width * static_cast<float>(i) / kSteps;
    if (wrapped(ui, text, style, narrow).lines.size() == lines) return narrow;
  }
  return width;
}

void draw_line(Ui& ui, const Rect& rect, const std::string& text, const TextStyle& style, Align align) {
  if (text.empty()) return;
  audit_text(ui, text, font_of(ui, style));
  const float height = font_size(ui, style);
  const float y = rect.min.y + (rect.height() - height) / 2 - ui.px(style.em) * kRise;
  const float width = text_width(ui, text, style);
  if (width <= rect.width() + 1.0F) {
    put(ui, {aligned(rect, width, align), y}, style, text.c_str(), text.c_str() + text.size());
    return;
  }
  if (ui.audit != nullptr) ui.audit->overflowing.push_back(text);
  const std::string cut = shortened(ui, text, style, rect.width());
  put(ui, {rect.min.x, y}, style, cut.c_str(), cut.c_str() + cut.size());
}

float draw_wrapped(Ui& ui, ImVec2 at, float width, const std::string& text, const TextStyle& style, Align align) {
  if (text.empty()) return 0;
  audit_text(ui, text, font_of(ui, style));
  const TextLines& lines = wrapped(ui, text, style, width);
  if (ui.audit != nullptr && lines.widest > width + 1.0F) ui.audit->overflowing.push_back(text);
  const float step = line_height(ui, style);
  float y = at.y;
  for (const auto& [begin, end] : lines.lines) {
    const char* first = text.c_str() + begin;
    const char* last = text.c_str() + end;
    const float x = aligned({at, {at.x + width, y}}, width_of(ui, style, first, last), align);
    put(ui, {x, y}, style, first, last);
    y += step;
  }
  return y - at.y;
}

void draw_icon(Ui& ui, ImVec2 centre, const char* icon, float units, ImU32 colour) {
  audit_text(ui, icon, ui.fonts.icons);
  const float size = std::round(ui.px(units));
  const ImVec2 at{std::round(centre.x - size / 2), std::round(centre.y - size / 2)};
  ImGui::GetWindowDrawList()->AddText(ui.fonts.icons, size, at, colour, icon);
}

}  // namespace ruhu
