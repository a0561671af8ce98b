#pragma once
#include <optional>
#include <string_view>

#include "server/admin/demo/household_cast.hpp"

namespace ruhu::demo {

/// A household that has been handed out, as visits and needs see it.
struct VisitedHousehold {
  const Home& home;
  RecordId id;
  const Household& household;
  Day moved = 0;  ///< In; nobody visited them here before.
};

/// Invents a round of visits over the last 60 days and the needs voiced at the doors.
class VisitWriter {
 public:
  explicit VisitWriter(Stage& stage) : stage_(stage) {}
  void begin_community(int households, int needs);
  /// None to three visits, and every so often a need, so that the community's number of needs comes out
  /// exactly.
  void write_for(const VisitedHousehold& visited);
  void write_for_empty(const Home& home);

 private:
  std::optional<RecordId> write_visits(const VisitedHousehold& visited);
  RecordId write_visit(const VisitedHousehold& visited, Day day, std::string_view outcome, bool first);
  void add_respondent(RecordDraft& draft, const VisitedHousehold& visited, std::string_view outcome);
  void add_result(RecordDraft& draft, std::string_view outcome, Day day);
  std::string_view purpose_of(const VisitedHousehold& visited, bool first);
  void write_need(const VisitedHousehold& visited, const std::optional<RecordId>& visit);
  int minute_for(Day day);

  Stage& stage_;
  int households_left_ = 0;
  int needs_left_ = 0;
};

}  // namespace ruhu::demo
