#include "app/queries/facts.hpp"

#include <algorithm>

#include "app/queries/places.hpp"
#include "platform/base/text.hpp"
#include "storage/dictionary/masking.hpp"

namespace ruhu {
namespace {

/// The record by its name; what it is where it is not known which record of which kind is meant.
std::string name_of_ref(const FactReader& reader, const FieldDef& field, const Uuid& id) {
  const KindDef* target = reader.ctx.dictionary.find_kind(field.target);
  return target == nullptr ? reader.ctx.tr("app.card.some_record")
                           : record_title(reader.ctx, reader.records, {target->no, id});
}

std::string names_of_refs(const FactReader& reader, const FieldDef& field, const TextSet& ids) {
  if (field.target.empty()) return reader.ctx.tr("app.card.some_records", {{"n", std::to_string(ids.items.size())}});
  std::vector<std::string> names;
  for (const std::string& item : ids.items)
    if (const auto id = parse_uuid(item)) names.push_back(name_of_ref(reader, field, *id));
  return join(names, reader.ctx.tr("app.list_comma"));
}

}  // namespace

std::string shown_value(const FactReader& reader, const FieldDef& field, const Value& value) {
  if (const auto* id = std::get_if<Uuid>(&value)) return name_of_ref(reader, field, *id);
  if (const auto* set = std::get_if<TextSet>(&value)) {
    if (field.type == FieldType::refs) return names_of_refs(reader, field, *set);
    if (field.check == Check::attachment)
      return reader.ctx.tr("app.card.files", {{"n", std::to_string(set->items.size())}});
  }
  return value_text(reader.ctx, field, value);
}

Fact fact_of(const FactReader& reader, const Record& record, const FieldDef& field, Mask mask) {
  const Value& value = record.get(field.no);
  Fact fact{.record = record.ref,
            .column = field.no,
            .field = field.name,
            .label = field.label.in(reader.ctx.lang),
            .text = {},
            .masked = mask != Mask::none && !is_empty(value) && !is_gap(value),
            .provenance = {}};
  fact.text = shown_value(reader, field, fact.masked ? mask_value(mask, value) : value);
  if (!is_empty(value)) fact.provenance = provenance_line(reader.ctx, reader.names, record.meta.stamp_of(field.no));
  return fact;
}

std::vector<FactSection> fact_sections(const FactReader& reader, const FactsWanted& wanted) {
  const KindDef& kind = reader.ctx.dictionary.get_kind(wanted.record.ref.kind);
  std::vector<FactSection> sections;
  for (const SectionDef& section : kind.sections) {
    FactSection shown{section.key, section.label.in(reader.ctx.lang), {}};
    for (const FieldDef& field : kind.fields) {
      if (field.section != section.key || is_empty(wanted.record.get(field.no))) continue;
      const bool open = wanted.revealed.contains(field.no);
      shown.facts.push_back(
          fact_of(reader, wanted.record, field, open ? Mask::none : reader.ctx.mask_for(field, wanted.owner)));
    }
    if (!shown.facts.empty()) sections.push_back(std::move(shown));
  }
  return sections;
}

}  // namespace ruhu
