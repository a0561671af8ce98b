#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "server/desk/case_decision.hpp"
#include "tests/server/platform_world.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::test {

/// Two workers' tablets, a lead's, and what the desk has come to.
struct DeskWorld : TwoTablets {
  server::Tablet lead = add_tablet('l', {kGrid, kOtherGrid, kCommunity}, "lead");
  OpMaker of_lead{*this, lead.no};

  std::vector<server::DeskCase> cases();
  /// The open ones of a rule.
  std::vector<server::DeskCase> open(std::string_view rule);
  Status decide(server::CaseDecision decision);
  Status undo(std::uint64_t no);
  static server::CaseDecision say(std::uint64_t no, std::string take, std::optional<RecordId> keep = {}) {
    return {no, std::move(take), keep, "刘专员", "看了户口簿"};
  }

  /// A new record of any kind in the grid, made on that tablet.
  Change make(OpMaker& by, KindNo kind, std::vector<FieldEdit> fields, ScopeCode grid = kGrid);
  RecordRef made(OpMaker& by, KindNo kind, std::vector<FieldEdit> fields, ScopeCode grid = kGrid);
  RecordRef person(OpMaker& by, const std::string& name, std::vector<FieldEdit> more = {}, ScopeCode grid = kGrid);
  RecordRef dwelling(OpMaker& by, const RecordRef& building, const std::string& room_no);
  RecordRef building(OpMaker& by);
  RecordRef household(OpMaker& by, const RecordRef& dwelling, const RecordRef& head);
  RecordRef member(OpMaker& by, const RecordRef& household, const RecordRef& person, const std::string& relation);
  /// A visit at which that person answered, unless it is nil.
  Change visit(OpMaker& by, const RecordRef& dwelling, const RecordRef& respondent, Instant when,
               std::vector<FieldEdit> more = {});
  /// A stay that is the person's main home.
  Change stay(OpMaker& by, const RecordRef& person, const RecordRef& dwelling, const std::string& since,
              std::vector<FieldEdit> more = {}, ScopeCode grid = kGrid);
  void take_both(const Change& a, const Change& b, bool swapped);

  std::string value(const RecordRef& ref, ColumnNo column) { return std::string(record(ref).text(column)); }
};

/// Takes one op after the other in an order, and says what then stands. What stands must not depend on the order.
template <class World, class Play, class Read>
auto in_both_orders(Play play, Read read) {
  const auto outcome = [&](bool swapped) {
    World world;
    play(world, swapped);
    CHECK(world.audit().empty());
    return read(world);
  };
  const auto forward = outcome(false);
  CHECK(forward == outcome(true));
  return forward;
}

FieldEdit text_says(ColumnNo column, const std::string& value, Base base = {});

}  // namespace ruhu::test
