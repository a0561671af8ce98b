#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/result.hpp"
#include "storage/model/record.hpp"

// What an operation on people, households and places comes to: one atomic group of edits, and what somebody has to
// do beside it. What each operation changes, closes, reminds of and refuses: README.md of this folder.
namespace ruhu {

enum class Audience : unsigned char {
  resident,      ///< Told at the door: what they themselves must report, and by when.
  worker,        ///< Something left to ask or do.
  other_worker,  ///< The worker of another grid, whose records this touches.
  lead,
};

/// Something to do that no record does by itself.
struct Reminder {
  std::string text_key;  ///< "life.register_birth", in assets/i18n.
  Audience audience = Audience::worker;
  std::string by;    ///< ISO date of the last day for it; empty: there is none.
  RecordRef about;   ///< Person, household, dwelling …
  std::string grid;  ///< `other_worker`: code of that worker's grid.
  auto operator<=>(const Reminder&) const = default;
};

struct LifeCyclePlan {
  std::vector<RecordEdit> edits;  ///< One per record; all or none are saved.
  std::vector<Reminder> reminders;

  /// As one save. Edits with evidence of their own keep it.
  SaveRequest request(const Provenance& provenance, std::optional<RecordId> visit = {}) const;
};

/// When and for whom an operation is worked out.
struct Occasion {
  std::string day;                 ///< Today, ISO.
  Instant now{};                   ///< The same moment, for times.
  std::string home_grid;           ///< Grid of who does it; other grids touched are told. Empty: not known.
  std::vector<std::string> grids;  ///< Grids in which may be written; empty: in all.
  bool city = true;                ///< Town or countryside: how many days a move of the hukou has to be reported in.
};

/// True unless the record has ended or was made by mistake.
bool is_open_record(const Record& record);
const Record* find_by_id(const std::vector<Record>& records, const RecordId& id);  ///< nullptr: not there.

}  // namespace ruhu
