#include "storage/dictionary/uscc.hpp"

#include <rapidcheck.h>

#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

rc::Gen<char> any_character() {
  return rc::gen::map(rc::gen::inRange<std::size_t>(0, kAlphabet.size()), [](std::size_t at) { return kAlphabet[at]; });
}

/// A well-formed code of a body registered in some county.
rc::Gen<std::string> any_code() {
  const auto division = rc::gen::element<std::string>("350582", "330482", "110105", "100000", "653024");
  return rc::gen::apply(
      [](char by, char kind, const std::string& where, const std::string& organisation) {
        std::string code{by, kind};
        code += where + organisation;
        return code + *uscc_check_character(code);
      },
      any_character(), any_character(), division, rc::gen::container<std::string>(9, any_character()));
}

bool holds(bool success) { return success; }

}  // namespace

TEST_CASE("Credit code: every code with its own check character is well formed", "[property]") {
  CHECK(holds(rc::check([] { RC_ASSERT(!find_uscc_fault(*any_code())); })));
}

TEST_CASE("Credit code: any one mistyped character is noticed", "[property]") {
  CHECK(holds(rc::check([] {
    std::string code = *any_code();
    const auto at = *rc::gen::inRange<std::size_t>(0, 18);
    const char wrong = *any_character();
    RC_PRE(code[at] != wrong);
    code[at] = wrong;
    RC_ASSERT(find_uscc_fault(code));
  })));
}

TEST_CASE("Credit code: two neighbouring characters swapped are noticed", "[property]") {
  CHECK(holds(rc::check([] {
    std::string code = *any_code();
    const auto at = *rc::gen::inRange<std::size_t>(0, 17);
    RC_PRE(code[at] != code[at + 1]);
    std::swap(code[at], code[at + 1]);
    RC_ASSERT(find_uscc_fault(code));
  })));
}

TEST_CASE("Credit code: the normal form is its own normal form, whatever the text", "[property]") {
  CHECK(holds(rc::check([](const std::string& text) {
    const std::string once = normalise_uscc(text);
    RC_ASSERT(normalise_uscc(once) == once);
    (void)find_uscc_fault(text);
  })));
}
