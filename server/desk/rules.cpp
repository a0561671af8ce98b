#include "server/desk/rules.hpp"

#include <algorithm>
#include <iterator>

#include "storage/dictionary/partial_date.hpp"
#include "storage/model/life_cycle/plan.hpp"

namespace ruhu::server {
namespace {
constexpr std::size_t kKnownMax = 4'000;  ///< Records kept at a time: those of one batch.
}

std::string RuleContext::today() const {
  const CivilDate day = civil_date(now_);
  return to_string(PartialDate{day.year, day.month, day.day});
}

void RuleContext::forget() {
  known_.clear();
  keys_.clear();
}

const std::vector<MatchKey>& RuleContext::keys_of(const Record& record) {
  const auto at = keys_.find(record.ref.id);
  return at != keys_.end() ? at->second : keys_.emplace(record.ref.id, match_keys(record)).first->second;
}

Result<RecordPtr> RuleContext::find(KindNo kind, const RecordId& id) {
  if (id.is_nil()) return RecordPtr{};
  if (const auto at = known_.find(id); at != known_.end() && (!at->second || at->second->ref.kind == kind))
    return at->second;
  RUHU_TRY(auto record, tx_.find_record({kind, id}));
  RecordPtr kept = record ? std::make_shared<const Record>(std::move(*record)) : RecordPtr{};
  if (known_.size() >= kKnownMax) forget();
  known_.insert_or_assign(id, kept);
  return kept;
}

Result<std::vector<Record>> RuleContext::all(KindNo kind, ColumnNo column, const RecordId& id) {
  if (id.is_nil()) return std::vector<Record>{};
  return tx_.list_records(kind, {.where = {{column, id}}, .after = {}});
}

Result<std::vector<Record>> RuleContext::open(KindNo kind, ColumnNo column, const RecordId& id) {
  RUHU_TRY(auto records, all(kind, column, id));
  std::erase_if(records, [](const Record& record) { return !is_open_record(record); });
  return records;
}

Result<bool> RuleContext::is_own(const Stamp& stamp) {
  if (stamp.op.tablet.value != 0 || stamp.version.value < 2) return false;
  RUHU_TRY(const auto account, tx_.find_account(stamp.actor));
  return account && account->role == kRulesRole;
}

Status RuleContext::write(const std::vector<RecordEdit>& edits) {
  const Status written = writer_.write(edits, {Source::derived, Verified::declared, 0});
  forget();
  return !written.ok() && written.error().code == Errc::invalid_value ? Status{} : written;
}

CaseSide side_of(const Record& record, const std::vector<ColumnNo>& columns) {
  CaseSide side{record.ref, {}};
  for (const ColumnNo column : columns)
    if (!is_empty(record.get(column)))
      side.fields.push_back({column, record.get(column), record.meta.stamp_of(column)});
  return side;
}

std::string subject_of(const RecordRef& one) { return to_string(one.id); }

std::string subject_of(const RecordRef& one, const RecordRef& other) {
  return to_string(std::min(one, other).id) + ' ' + to_string(std::max(one, other).id);
}

std::span<const Rule> rules() {
  static const std::vector<Rule> kRules = [] {
    std::vector<Rule> all;
    for (auto& some :
         {rules_of_people(), rules_of_households(), rules_of_places(), rules_of_services(), rules_of_duplicates()})
      all.insert(all.end(), some.begin(), some.end());
    return all;
  }();
  return kRules;
}

const Rule* find_rule(std::string_view name) {
  const auto all = rules();
  const auto at = std::find_if(all.begin(), all.end(), [&](const Rule& rule) { return rule.name == name; });
  return at == all.end() ? nullptr : &*at;
}

}  // namespace ruhu::server
