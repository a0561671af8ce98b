#include "platform/base/text.hpp"

#include "platform/base/random.hpp"
#include "tests/support/catch.hpp"

namespace ruhu {
namespace {

using namespace std::string_literals;

TEST_CASE("is_valid_utf8: accepts every length up to the last code point") {
  for (const auto& text : {""s, "abc"s, "é"s, "入户"s, "𠅤"s, "\xF4\x8F\xBF\xBF"s, "\xED\x9F\xBF"s, "\xEE\x80\x80"s}) {
    CHECK(is_valid_utf8(text));
  }
}

TEST_CASE("is_valid_utf8: refuses overlong forms, surrogates, what lies above, cut characters and NUL") {
  const auto bad = GENERATE(as<std::string>{}, "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF",
                            "\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\x80",
                            "\xE5\x85", "\xE5\x85 ", "\xF0\xA0\x85", std::string("a\0b", 3));
  CHECK_FALSE(is_valid_utf8(bad));
  CHECK_FALSE(is_valid_utf8("入" + bad));
}

TEST_CASE("decode_utf8: keeps valid text through encode_utf8, rare characters too") {
  for (const auto& text : {"彝族·阿依𠅤"s, "a\tb"s, ""s}) CHECK(encode_utf8(decode_utf8(text)) == text);
  CHECK(decode_utf8("𠅤") == U"\U00020164");
}

TEST_CASE("decode_utf8: shows a malformed byte as one replacement character and reads on") {
  CHECK(decode_utf8("a\xFF入") == U"a\uFFFD入");
  CHECK(is_valid_utf8(encode_utf8(decode_utf8("\xE5\x85"))));
}

TEST_CASE("encode_utf8: every code point comes back") {
  SeededRandom random(20260305);
  for (int i = 0; i < 2000; ++i) {
    auto c = static_cast<char32_t>(1 + random.below(0x10FFFF));
    if (c >= 0xD800 && c <= 0xDFFF) c = U'入';
    std::string bytes;
    append_utf8(bytes, c);
    REQUIRE(is_valid_utf8(bytes));
    REQUIRE(decode_utf8(bytes) == std::u32string(1, c));
    REQUIRE(length_utf8(bytes) == 1);
  }
}

TEST_CASE("length_utf8: counts characters, not bytes") {
  CHECK(length_utf8("") == 0);
  CHECK(length_utf8("3 栋 𠅤") == 5);
}

TEST_CASE("trim: takes blanks of both widths from both ends only") {
  CHECK(trim(" \t　张 三　\n") == "张 三");
  CHECK(trim("　 ").empty());
  CHECK(trim("").empty());
  CHECK(trim("入") == "入");
}

TEST_CASE("fold_for_comparison: makes equal what people type differently") {
  CHECK(fold_for_comparison("ＡＢｃ１２") == "abc12");
  CHECK(fold_for_comparison("阿依•古丽") == fold_for_comparison("阿依・古丽"));
  CHECK(fold_for_comparison("阿依·古丽") == "阿依·古丽");
  CHECK(fold_for_comparison("　３栋　２单元 ") == "3栋 2单元");
  CHECK(fold_for_comparison("張") == "張");  // the table of the search keys does that
}

TEST_CASE("fold_for_comparison: folding twice changes nothing more") {
  for (const auto& text : {"　Ａ　・ｂ "s, "\xFF"s, "入户"s}) {
    const auto once = fold_for_comparison(text);
    CHECK(fold_for_comparison(once) == once);
  }
}

TEST_CASE("split: comes back through join, with empty parts") {
  CHECK(split("", ',').size() == 1);
  const auto parts = split(",a,,b,", ',');
  CHECK(parts == std::vector<std::string_view>{"", "a", "", "b", ""});
  CHECK(join({parts.begin(), parts.end()}, ",") == ",a,,b,");
}

TEST_CASE("is_all_digits: knows ASCII digits only") {
  CHECK(is_all_digits("0123456789"));
  for (const char* bad : {"", "1 ", "-1", "１", "1a"}) CHECK_FALSE(is_all_digits(bad));
}

}  // namespace
}  // namespace ruhu
