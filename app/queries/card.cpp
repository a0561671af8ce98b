#include "app/queries/card.hpp"

#include "app/queries/facts.hpp"
#include "app/queries/places.hpp"
#include "app/queries/record_sync.hpp"
#include "app/queries/standing.hpp"
#include "dictionary_constants.hpp"

namespace ruhu {
namespace {

std::vector<CardLink> links_of(const FactReader& reader, const Record& record) {
  const QueryContext& ctx = reader.ctx;
  std::vector<CardLink> links;
  for (const FieldDef& field : ctx.dictionary.get_kind(record.ref.kind).fields) {
    const KindDef* target = field.type == FieldType::ref ? ctx.dictionary.find_kind(field.target) : nullptr;
    if (target == nullptr || reader.records.find(target->no, record.uuid(field.no)) == nullptr) continue;
    const RecordRef ref{target->no, record.uuid(field.no)};
    links.push_back({.record = ref,
                     .field = field.name,
                     .label = field.label.in(ctx.lang),
                     .title = record_title(ctx, reader.records, ref),
                     .has_page = has_own_page(ref.kind)});
  }
  return links;
}

/// How many fields could still be filled in; empty: none.
std::string unfilled_text(const QueryContext& ctx, const Record& record) {
  int unfilled = 0;
  for (const FieldDef& field : ctx.dictionary.get_kind(record.ref.kind).fields)
    if (field.section != "record" && is_empty(record.get(field.no))) ++unfilled;
  return unfilled == 0 ? std::string() : ctx.tr("app.card.unfilled", {{"n", std::to_string(unfilled)}});
}

std::vector<std::string> conflicts_of(const QueryContext& ctx, const SyncLedger& ledger, const RecordRef& ref) {
  std::vector<std::string> labels;
  for (const OpenConflict& conflict : ledger.conflicts()) {
    const FieldDef* field = ctx.dictionary.get_kind(ref.kind).find(conflict.mine.column);
    if (conflict.change.record == ref && field != nullptr) labels.push_back(field->label.in(ctx.lang));
  }
  return labels;
}

}  // namespace

bool has_own_page(KindNo kind) {
  return kind == kinds::person::kKind || kind == kinds::household::kKind || kind == kinds::dwelling::kKind;
}

Result<CardState> query_card(Store& store, const QueryContext& ctx, const RecordRef& ref) {
  const KindDef* kind = ctx.dictionary.find_kind(ref.kind);
  if (kind == nullptr) return make_error(Errc::unknown_kind);
  RUHU_TRY(const auto moment, store.snapshot());
  RecordCache records(store);
  RUHU_TRY(const auto ledger, SyncLedger::read(store, records, ctx.identity));
  const Record* record = records.find(ref.kind, ref.id);
  RUHU_TRY_DONE(records.status());
  if (record == nullptr) return make_error(Errc::not_found, kind->name);
  ActorNames names(store);
  const FactReader reader{ctx, records, names};
  CardState card;
  card.record = ref;
  card.kind = kind->label.in(ctx.lang);
  card.title = record_title(ctx, records, ref);
  const std::string place = place_text(ctx, records, *record);
  card.subtitle = join_facts({card.kind, place == card.title ? std::string() : place});
  card.tags = standing_tags(ctx, *record);
  if (!card.tags.empty() && card.tags.front().text == card.kind) card.tags.erase(card.tags.begin());
  card.sync = ledger.of(*record);
  card.sections = fact_sections(reader, {*record, *record, {}});
  card.links = links_of(reader, *record);
  card.provenance = provenance_line(ctx, names, record->meta.created);
  card.unfilled = unfilled_text(ctx, *record);
  card.conflicts = conflicts_of(ctx, ledger, ref);
  RUHU_TRY_DONE(records.status());
  return card;
}

}  // namespace ruhu
