#include "storage/dictionary/masking.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;

TEST_CASE("Mask: shows what lists may show", "[app]") {
  CHECK(mask_text(Mask::name, "张三") == "张*");
  CHECK(mask_text(Mask::id_no, "350599199001010017") == "350599********0017");
  CHECK(mask_text(Mask::id_no, "E12345678").find('*') != std::string::npos);
  CHECK(mask_text(Mask::phone, "13800138000") == "138****8000");
  CHECK(mask_text(Mask::phone, "13800138000 女儿") == "138****8000 女儿");
  CHECK(mask_text(Mask::address, "灵源街道林口路12号阳光花园3栋502") == "灵源街道林口路12号阳光花园3栋***");
  CHECK(mask_text(Mask::address, "林口路12号501") == "林口路12号***");
  CHECK(mask_text(Mask::none, "张三") == "张三");
  CHECK(mask_text(Mask::phone, "").empty());
}

TEST_CASE("Mask: a short text never stands in full", "[app]") {
  for (const char* text : {"1", "12", "123", "1234567"}) {
    CHECK(mask_text(Mask::phone, text) != text);
    CHECK(mask_text(Mask::id_no, text) != text);
  }
}

TEST_CASE("Mask: every item of a set is masked by itself", "[app]") {
  const Value masked = mask_value(Mask::phone, TextSet::of({"13800138000 女儿", "13900139000"}));
  CHECK(std::get<TextSet>(masked).items == std::vector<std::string>{"138****8000 女儿", "139****9000"});
  CHECK(mask_value(Mask::phone, Gap::refused) == Value{Gap::refused});
}
