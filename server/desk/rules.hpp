#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/desk/desk_writer.hpp"
#include "storage/model/duplicates/likeness.hpp"
#include "storage/model/life_cycle/plan.hpp"

// What must hold across fields and across records (the situations of "duplicates and conflicts"). A rule is asked after
// ops were placed, about the records that they touched, and never refuses one.
namespace ruhu::server {

/// A record as it stood when it was read; nothing: it is not here.
using RecordPtr = std::shared_ptr<const Record>;

/// What a rule reads and writes with.
class RuleContext {
 public:
  RuleContext(PlatformTx& tx, const Dictionary& dictionary, Instant now)
      : tx_(tx), dictionary_(dictionary), now_(now), writer_(tx, dictionary, now) {}

  PlatformTx& tx() { return tx_; }
  const Dictionary& dictionary() const { return dictionary_; }
  Instant now() const { return now_; }
  std::string today() const;  ///< ISO date in China.
  DeskWriter& writer() { return writer_; }

  /// As it stands; read once until something is written.
  Result<RecordPtr> find(KindNo kind, const RecordId& id);
  void forget();  ///< After somebody else has written.
  /// Match keys of a record as it stands, worked out once like find().
  const std::vector<MatchKey>& keys_of(const Record& record);
  /// Open records of which the indexed column names that id.
  Result<std::vector<Record>> open(KindNo kind, ColumnNo column, const RecordId& id);
  /// Ended ones, too.
  Result<std::vector<Record>> all(KindNo kind, ColumnNo column, const RecordId& id);
  /// True when the rules wrote that value themselves.
  Result<bool> is_own(const Stamp& stamp);
  /// Changes records on the rules' own evidence: it follows from what others said. What cannot be written is left.
  Status write(const std::vector<RecordEdit>& edits);
  Status put(const Record& record, std::vector<Cell> cells) {
    return write({{record.ref.kind, record.ref.id, std::move(cells), {}}});
  }

 private:
  PlatformTx& tx_;
  const Dictionary& dictionary_;
  Instant now_;
  DeskWriter writer_;
  std::unordered_map<RecordId, RecordPtr> known_;
  std::unordered_map<RecordId, std::vector<MatchKey>> keys_;
};

/// Something that a rule found.
struct Found {
  std::string subject;  ///< The same for the same thing, in whatever order it came about.
  std::vector<CaseSide> sides;
  int situation = 0;
  std::vector<std::string> reasons;
  int score = 0;
  bool for_good = false;  ///< Once decided, it is not asked again, whatever becomes of the values.
};

/// Fields that make a rule be asked about a record of that kind.
struct Trigger {
  KindNo kind;
  std::vector<ColumnNo> columns;
  bool when_ended = false;  ///< Also whatever is written to a record that has ended, and the end itself.
};

struct Rule {
  std::string_view name;
  std::string_view text_key;  ///< What was found, for people.
  int risk = 5;               ///< 1: looked at first (deaths) … 9.
  std::vector<Trigger> triggers;
  /// Puts right what needs nobody. Follows from what stands, not from the order in which it came.
  Status (*settle)(RuleContext& ctx, const Record& at, const Touched& touched) = nullptr;
  /// Everything that the rule finds and that concerns this record.
  Result<std::vector<Found>> (*find)(RuleContext& ctx, const Record& at) = nullptr;
};

/// In the order in which they are asked.
std::span<const Rule> rules();
const Rule* find_rule(std::string_view name);  ///< nullptr: of a newer program.

/// One side of a case: the record's fields as they stand; empty ones are left out.
CaseSide side_of(const Record& record, const std::vector<ColumnNo>& columns);
std::string subject_of(const RecordRef& one);
std::string subject_of(const RecordRef& one, const RecordRef& other);  ///< The same for both orders.

// --- the rules, by what they are about ---
std::vector<Rule> rules_of_people();
std::vector<Rule> rules_of_households();
std::vector<Rule> rules_of_places();
std::vector<Rule> rules_of_services();
std::vector<Rule> rules_of_duplicates();

}  // namespace ruhu::server
