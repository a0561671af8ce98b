#include "app/commands/session.hpp"
#include "tests/app/session_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using test::SessionWorld;
namespace p = kinds::person;

namespace {

const std::vector<SessionWorld::Member> kZhang = {{"张建国", "02", "1", "1991-05-01"}};

/// Somebody new in a household of another room, typed by hand.
struct Typing : SessionWorld {
  Family zhang = family("501", kZhang);
  Family other = family("301", {{"李芳", "02", "2", "1990-01-01"}});

  void save_new(const char* name, const char* born) {
    handle(OpenHousehold{other.household});
    handle(AddPerson{other.household});
    handle(SavePerson{std::nullopt,
                      other.household,
                      "11",
                      {{p::name, name},
                       {p::gender, "1"},
                       {p::birth_date, born},
                       {p::category, "01"},
                       {p::hukou_division, "350582"},
                       {p::id_no_reason, "refused"}},
                      {Source::self, Verified::declared, 0}});
  }
  std::size_t people() { return all(p::kKind).size(); }
  std::string dialog_text() const {
    std::string lines;
    for (const std::string& line : state().dialog ? state().dialog->lines : std::vector<std::string>{})
      lines += line + "\n";
    return lines;
  }
};

}  // namespace

TEST_CASE("New person: who may be recorded already is named with the address, and the worker may save anyway",
          "[app]") {
  Typing world;
  const std::size_t before = world.people();
  world.save_new("張建國", "1991-05-01");
  REQUIRE(world.state().dialog);
  INFO(world.dialog_text());
  CHECK(world.dialog_text().find("可能已登记") != std::string::npos);
  CHECK(world.dialog_text().find("501") != std::string::npos);
  CHECK(world.people() == before);
  world.handle(AnswerDialog{world.state().dialog->key, true});
  CHECK(world.people() == before + 1);
}

TEST_CASE("New person: a stranger is saved without a question about others", "[app]") {
  Typing world;
  world.save_new("赵六", "1988-02-03");
  CHECK(world.dialog_text().find("可能已登记") == std::string::npos);
}
