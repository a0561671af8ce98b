#include "storage/dictionary/phone.hpp"

#include <rapidcheck.h>

#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

/// Digits, signs and words as they meet in a line of phones.
rc::Gen<std::string> any_line() {
  const auto piece = rc::gen::element<std::string>("13800138000", "0595", "85661234", "110", "+86", "00852", "23456789",
                                                   "-", " ", "(", ")", "：", "女儿", "转", "3", "，", "１３９");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
    std::string line;
    for (const std::string& each : pieces) line += each;
    return line;
  });
}

bool holds(bool success) { return success; }

}  // namespace

TEST_CASE("Phone: the normal form is its own normal form", "[property]") {
  CHECK(holds(rc::check([] {
    const std::string once = normalise_phone(*any_line());
    RC_ASSERT(normalise_phone(once) == once);
  })));
}

TEST_CASE("Phone: a number with its owner is told apart again from what was stored", "[property]") {
  CHECK(holds(rc::check([] {
    const OwnedPhone once = split_owned_phone(*any_line());
    RC_ASSERT(to_string(split_owned_phone(to_string(once))) == to_string(once));
  })));
}

TEST_CASE("Phone: no text makes the checks stumble", "[property]") {
  CHECK(holds(rc::check([](const std::string& text) {
    (void)find_phone_fault(text);
    (void)split_owned_phone(text);
  })));
}
