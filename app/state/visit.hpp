#pragma once
#include "app/state/common.hpp"
#include "storage/dictionary/validation.hpp"

namespace ruhu {

/// The answer to "is this still right?" for one member.
enum class RosterAnswer : std::uint8_t { unasked, unchanged, changed, left };

struct RosterInput {
  RecordId person;
  RosterAnswer answer = RosterAnswer::unasked;
  bool operator==(const RosterInput&) const = default;
};

struct NeedInput {
  std::string category;  ///< Code of `need_category`.
  std::string text;      ///< Empty: the category alone; the handler writes its label.
  bool operator==(const NeedInput&) const = default;
};

/// Written by the visit form; sent whole with SaveVisit and KeepVisitDraft.
struct VisitInput {
  std::uint64_t revision = 0;  ///< Revision of the form state that it was loaded from.
  RecordId household;
  std::string purpose;            ///< Code of `visit_purpose`.
  std::string outcome;            ///< Code of `visit_outcome`; empty: not chosen yet, the rest stays closed.
  bool notice_given = false;      ///< Before this no survey field opens.
  RecordId respondent;            ///< The member who answered; nil: nobody chosen, or someone else.
  bool respondent_other = false;  ///< Someone who is not on the roster: `respondent_name`.
  std::string respondent_name;
  std::vector<RosterInput> roster;
  std::vector<NeedInput> needs;
  std::string note;
  std::string next_action;  ///< Code of `next_action`.
  std::string next_on;      ///< ISO date; empty: none.
  bool operator==(const VisitInput&) const = default;
};

struct RosterRow {
  RecordId person;
  std::string name;
  std::string about;      ///< "户主 · 男 · 78岁"
  std::string confirmed;  ///< "3 天前由李晓核实"; empty: never.
  bool recent = false;    ///< Confirmed within 90 days: already counts, need not be asked.
  bool edited = false;    ///< Changed during this visit.
};

struct DateChoice {
  std::string label;  ///< "一周后"
  std::string iso;
};

/// One knock at one door being written down.
struct VisitState {
  Load load;
  std::uint64_t revision = 0;  ///< Raised when `initial` is loaded anew; the screen then takes it over.
  RecordId household;
  std::string title;
  std::string address;
  std::string started;       ///< "10:20 开始"
  std::string quiet_hours;   ///< Warning outside 08:00-21:00; empty: fine.
  std::string recent_visit;  ///< Warning: another uninvited visit within 7 days; empty: fine.
  std::string notice;        ///< The text to be read out before the first question.
  std::vector<RosterRow> roster;
  std::vector<DateChoice> next_dates;
  VisitInput initial;
  bool draft_restored = false;
  std::vector<Finding> findings;  ///< From the last SaveVisit that was refused; field names of `visit`.
  bool saving = false;
};

/// Outcomes after which people were spoken to: notice, roster and needs apply.
bool is_contact(const std::string& outcome);

}  // namespace ruhu
