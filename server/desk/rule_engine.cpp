#include "server/desk/rule_engine.hpp"

#include <algorithm>
#include <unordered_map>

#include "storage/model/duplicates/likeness.hpp"

namespace ruhu::server {
namespace {

constexpr int kRoundsMax = 8;  ///< What one rule writes may concern another; no chain is longer.
constexpr std::string_view kNoLongerHolds = "desk.no_longer_holds";

struct Asked {
  const Rule* rule;
  const Trigger* trigger;
};

/// Rules by the kind that they are asked about.
const std::vector<Asked>& rules_of(KindNo kind) {
  static const std::unordered_map<KindNo, std::vector<Asked>> kByKind = [] {
    std::unordered_map<KindNo, std::vector<Asked>> all;
    for (const Rule& rule : rules())
      for (const Trigger& trigger : rule.triggers) all[trigger.kind].push_back({&rule, &trigger});
    return all;
  }();
  static const std::vector<Asked> kNone;
  const auto at = kByKind.find(kind);
  return at == kByKind.end() ? kNone : at->second;
}

bool share(const std::vector<ColumnNo>& one, const std::vector<ColumnNo>& other) {
  return std::any_of(one.begin(), one.end(),
                     [&](ColumnNo column) { return std::find(other.begin(), other.end(), column) != other.end(); });
}

bool is_asked(const Asked& asked, const Touched& touched) {
  const Trigger& trigger = *asked.trigger;
  if (trigger.when_ended && touched.was_ended) return true;
  return !trigger.columns.empty() && (touched.is_new || share(trigger.columns, touched.columns));
}

bool same_values(const std::vector<CaseSide>& one, const std::vector<CaseSide>& other) {
  const auto equal_fields = [](const CaseField& a, const CaseField& b) {
    return a.column == b.column && a.value == b.value;
  };
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [&](const CaseSide& a, const CaseSide& b) {
    return a.record == b.record &&
           std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(), equal_fields);
  });
}

void show(DeskCase& one, const Found& found) {
  one.situation = found.situation;
  one.sides = found.sides;
  one.reasons = found.reasons;
  one.score = found.score;
}

const Found* find_subject(const std::vector<Found>& all, std::string_view subject) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const Found& found) { return found.subject == subject; });
  return at == all.end() ? nullptr : &*at;
}

}  // namespace

Status RuleEngine::run(std::vector<Touched> touched) {
  ctx_.forget();
  TouchedRecords all;
  for (int round = 0; round < kRoundsMax && !touched.empty(); ++round) {
    RUHU_TRY_DONE(settle(touched));
    for (Touched& one : touched) {
      one.before.reset();
      all.add(std::move(one));
    }
    touched = ctx_.writer().take_touched();
  }
  for (const Touched& one : all.take()) RUHU_TRY_DONE(look_at(one));
  return {};
}

Status RuleEngine::keep_keys(const Touched& one, const Record& after) {
  const std::vector<MatchKey>& now = ctx_.keys_of(after);
  const std::vector<MatchKey> before = one.before ? match_keys(*one.before) : std::vector<MatchKey>{};
  for (const MatchKey& key : before)
    if (!std::binary_search(now.begin(), now.end(), key)) RUHU_TRY_DONE(tx_.remove_match_key(key.hash, one.record));
  for (const MatchKey& key : now)
    if (!std::binary_search(before.begin(), before.end(), key)) RUHU_TRY_DONE(tx_.add_match_key(key.hash, one.record));
  return {};
}

Status RuleEngine::settle(const std::vector<Touched>& touched) {
  for (const Touched& one : touched) {
    if (!one.is_new && !one.before) continue;  // no key can have changed
    if (!can_be_twice(one.record.kind)) continue;
    RUHU_TRY(const auto after, ctx_.find(one.record.kind, one.record.id));
    if (after) RUHU_TRY_DONE(keep_keys(one, *after));
  }
  for (const Touched& one : touched)
    for (const Asked& asked : rules_of(one.record.kind)) {
      if (asked.rule->settle == nullptr || !is_asked(asked, one)) continue;
      RUHU_TRY(const auto at, ctx_.find(one.record.kind, one.record.id));
      if (at) RUHU_TRY_DONE(asked.rule->settle(ctx_, *at, one));
    }
  return {};
}

Status RuleEngine::look_at(const Touched& one) {
  RecordPtr at;
  std::vector<DeskCase> open;
  for (const Asked& asked : rules_of(one.record.kind)) {
    if (asked.rule->find == nullptr || !is_asked(asked, one)) continue;
    if (!at) {
      RUHU_TRY(at, ctx_.find(one.record.kind, one.record.id));
      if (!at) return make_error(Errc::internal, "record of a placed op is missing");
      if (!one.is_new) {  // nothing names a record that was not here
        RUHU_TRY(open, tx_.open_cases_naming(one.record));
      }
    }
    RUHU_TRY(const auto found, asked.rule->find(ctx_, *at));
    RUHU_TRY_DONE(take(*asked.rule, *at, found, open));
  }
  return {};
}

Status RuleEngine::take(const Rule& rule, const Record& at, const std::vector<Found>& found,
                        std::vector<DeskCase>& open) {
  for (const Found& one : found) RUHU_TRY_DONE(upsert(rule, one));
  for (DeskCase& one : open)
    if (one.rule == rule.name && find_subject(found, one.subject) == nullptr) RUHU_TRY_DONE(recheck(rule, at.ref, one));
  return {};
}

Status RuleEngine::upsert(const Rule& rule, const Found& found) {
  RUHU_TRY(auto last, tx_.last_case(rule.name, found.subject));
  if (last && last->state == kOpen) {
    if (last->sides == found.sides && last->score == found.score && last->reasons == found.reasons) return {};
    show(*last, found);
    return tx_.update_case(*last);
  }
  const bool settled = last && last->state == kDecided && (found.for_good || same_values(last->sides, found.sides));
  if (settled) return {};
  DeskCase fresh;
  fresh.rule = rule.name;
  fresh.subject = found.subject;
  fresh.opened_at = ctx_.now();
  show(fresh, found);
  RUHU_TRY(fresh.no, tx_.add_case(fresh));
  return {};
}

/// It may still hold of the record that it was opened for, although this one has left it.
Status RuleEngine::recheck(const Rule& rule, const RecordRef& asked_at, DeskCase& open) {
  const RecordRef& about = open.sides.front().record;
  if (about != asked_at) {
    RUHU_TRY(const auto record, ctx_.find(about.kind, about.id));
    if (record) {
      RUHU_TRY(const auto found, rule.find(ctx_, *record));
      if (const Found* still = find_subject(found, open.subject)) return upsert(rule, *still);
    }
  }
  open.state = kGone;
  open.note = kNoLongerHolds;
  return tx_.update_case(open);
}

Status RuleEngine::look_again(std::uint64_t no) {
  ctx_.forget();
  RUHU_TRY(auto one, tx_.find_case(no));
  if (!one || one->state != kOpen) return {};
  const Rule* rule = find_rule(one->rule);
  return rule == nullptr || rule->find == nullptr ? Status{} : recheck(*rule, {}, *one);
}

}  // namespace ruhu::server
