#pragma once
#include "app/state/common.hpp"

namespace ruhu {

struct MemberRow {
  RecordId person;
  std::string name;
  std::string relation;  ///< "户主", "长子"
  std::string about;     ///< "男 · 78岁"
  std::vector<Tag> tags;
  RecordSync sync = RecordSync::synced;
};

struct PastVisitRow {
  RecordId visit;
  std::string when;  ///< "2026-01-29 10:20"
  std::string who;
  std::string outcome;
  Tone tone = Tone::neutral;
  std::string note;  ///< Empty: none.
};

struct NeedRow {
  RecordId need;
  std::string text;
  std::string about;  ///< "家政维修 · 7天内"
  Tag state;
};

/// The page of one household in its dwelling.
struct HouseholdState {
  Load load;
  RecordId household;
  RecordId dwelling;
  KindNo household_kind;
  KindNo dwelling_kind;
  std::string title;
  std::string address;
  std::vector<Tag> tags;
  std::string due;  ///< Why a visit is due; empty: none is.
  Tone due_tone = Tone::neutral;
  std::string access_note;  ///< "门铃坏,请敲门": shown on top, before anything else.
  std::vector<MemberRow> members;
  std::vector<Fact> household_facts;
  std::vector<Fact> dwelling_facts;
  std::vector<PastVisitRow> visits;    ///< Newest first, a handful.
  std::vector<NeedRow> needs;          ///< Open ones.
  ProvenanceLine provenance;           ///< Last full verification of the page.
  std::vector<std::string> conflicts;  ///< One line per field that a clerk has to settle; shown as a notice.
  std::vector<std::string> doubts;     ///< What hardly fits together among the members, one line each.
  RecordSync sync = RecordSync::synced;
  bool visit_open = false;  ///< A draft of today's visit exists: the button says "continue".
};

}  // namespace ruhu
