#include "app/widgets/field.hpp"
#include "app/widgets/soft_wrap.hpp"
#include "tests/support/catch.hpp"
#include "tests/ui/ui_world.hpp"

namespace ruhu::test {
namespace {

std::vector<std::string> lines_of(Ui& ui, const std::string& text, float width) {
  const TextLines& lines = wrapped(ui, text, style::kBody, width);
  std::vector<std::string> out;
  for (const auto& [begin, end] : lines.lines) out.push_back(text.substr(begin, end - begin));
  return out;
}

TEST_CASE("Text: Chinese breaks anywhere but before closing punctuation, Latin at blanks") {
  UiWorld world;
  world.frames(1);
  Ui& ui = world.loop().shell().ui();
  const float five = text_width(ui, "一二三四五", style::kBody);
  CHECK(lines_of(ui, "一二三四五六七", five) == std::vector<std::string>{"一二三四五", "六七"});
  CHECK(lines_of(ui, "一二三四五，六七", five) == std::vector<std::string>{"一二三四", "五，六七"});
  CHECK(lines_of(ui, "knock twice", text_width(ui, "knock t", style::kBody)) ==
        std::vector<std::string>{"knock", "twice"});
  CHECK(lines_of(ui, "一\n二", five) == std::vector<std::string>{"一", "二"});
  CHECK(lines_of(ui, "𠅤昱骞", five) == std::vector<std::string>{"𠅤昱骞"});
}

TEST_CASE("Soft wrap: taking the breaks out gives the text and the caret back") {
  UiWorld world;
  world.frames(1);
  Ui& ui = world.loop().shell().ui();
  const float width = text_width(ui, "一二三四五", style::kBody);
  const std::string text = "一二三四五六七八九十\n短行 and some words";
  for (int caret = 0; caret <= static_cast<int>(text.size()); caret += 3) {
    const CaretText broken = with_soft_breaks(ui, {text, caret}, style::kBody, width);
    CHECK(broken.text.find("\r\n") != std::string::npos);
    const CaretText plain = without_soft_breaks(broken);
    CHECK(plain.text == text);
    CHECK(plain.caret == caret);
  }
}

TEST_CASE("Soft wrap: deleting a soft break deletes the character before it") {
  CHECK(without_soft_breaks({"一二\r三", 7}).text == "一三");
}

TEST_CASE("Date field: dashes come by themselves") {
  CHECK(with_dashes("1947") == "1947");
  CHECK(with_dashes("194708") == "1947-08");
  CHECK(with_dashes("1947-0812") == "1947-08-12");
  CHECK(with_dashes("2026-03-19-5") == "2026-03-19");
}

}  // namespace
}  // namespace ruhu::test
