#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/admin/demo/household_cast.hpp"
#include "server/admin/demo/visit_writer.hpp"

namespace ruhu::demo {

/// Hands out whole households: people, household, memberships, residencies, visits and needs, in this order.
class HouseholdWriter {
 public:
  explicit HouseholdWriter(Stage& stage) : stage_(stage), cast_(stage), persons_(stage), visits_(stage) {}
  /// A new community; homes of another one are forgotten, since nobody has two homes across communities.
  void begin_community(int households, int needs);
  void move_in(const Home& home, const HouseholdShape& shape);
  /// For a dwelling or shop where nobody lives.
  void find_nobody(const Home& home) { visits_.write_for_empty(home); }

 private:
  Day moving_day(const Home& home, Living living);
  RecordId write_household(const Home& home, const Household& household);
  void write_membership(const Home& home, RecordId household, const Resident& person, Day since);
  void write_residencies(const Home& home, const Household& household, const Resident& person, Day moved);
  void add_arrival(RecordDraft& draft, const Home& home, const Household& household, const Resident& person, Day since);
  void write_registered_home(const Resident& person);
  void write_weekend_home(const Home& home, const Resident& person);
  void write_former_home(const Home& home, const Resident& person, Day moved);
  void write_residency(const Home& home, RecordDraft&& draft, Provenance provenance, std::string_view status);
  void remember(const Home& home, Living living);
  std::string since_text(Day since);

  Stage& stage_;
  HouseholdCast cast_;
  PersonWriter persons_;
  VisitWriter visits_;
  std::vector<Home> own_homes_;          ///< The latest that families from here own and live in …
  std::vector<Home> let_homes_;          ///< … and the latest that are let.
  const Home* registered_at_ = nullptr;  ///< Of the household at hand, when not where it lives.
};

}  // namespace ruhu::demo
