#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/base/result.hpp"
#include "server/store/types.hpp"

namespace ruhu::server {

inline constexpr std::string_view kGone = "gone";  ///< What was found no longer holds.

/// One field of a record that a case is about, as it stands.
struct CaseField {
  ColumnNo column;
  Value value;
  Stamp stamp;
  bool operator==(const CaseField&) const = default;
};

/// One record that a case is about.
struct CaseSide {
  RecordRef record;
  std::vector<CaseField> fields;
  bool operator==(const CaseSide&) const = default;
};

/// Something that a rule found across fields or records and that a person has to decide. A conflict is about two values
/// of one field; a case is about values that all stand and do not go together. Both have numbers of one sequence.
struct DeskCase {
  std::uint64_t no = 0;
  std::string rule;     ///< Name of the rule, server/desk/rules.hpp.
  int situation = 0;    ///< Of the thirty in "duplicates and conflicts"; 0: none of them.
  std::string subject;  ///< What it is about, within its rule. One case of a subject is open at a time.
  std::vector<CaseSide> sides;
  int score = 0;                     ///< Duplicates: 0-100.
  std::vector<std::string> reasons;  ///< Text keys.
  Instant opened_at{};               ///< Server clock.
  std::string state{kOpen};          ///< kOpen, kDecided or kGone.
  std::optional<Conflict::Decided> decided;
  std::string note;   ///< Of kGone: what made it go, a text key.
  std::string moves;  ///< What the decision wrote over (`text_of_moves`): the way back. Empty: nothing.
};

/// Stored body of a case: everything that has no column of its own.
std::string encode_case_body(const DeskCase& one);
Status decode_case_body(std::string_view bytes, DeskCase& one);

}  // namespace ruhu::server
