#include "app/queries/search_match.hpp"

#include <algorithm>

#include "platform/base/text.hpp"

namespace ruhu {
namespace {

bool asks_for(const SearchQuery& query, SearchUse use) {
  const KeyClass wanted = use == SearchUse::name   ? KeyClass::name
                          : use == SearchUse::tail ? KeyClass::tail
                                                   : KeyClass::address;
  for (const SearchWord& word : query.all_of)
    for (const SearchTerm& term : word.any_of)
      if (term.key_class == wanted) return true;
  return false;
}

/// The key that the query begins, or nothing.
std::optional<SearchKey> matched_key(const FieldDef& field, std::string_view text, const SearchQuery& query) {
  if (text.empty() || !asks_for(query, field.search)) return std::nullopt;
  for (SearchKey& key : search_keys(field.search, text)) {
    for (const SearchWord& word : query.all_of)
      for (const SearchTerm& term : word.any_of) {
        const std::string_view first = std::string_view(term.prefix).substr(0, term.prefix.find(' '));
        if (term.key_class == key.key_class && !first.empty() && key.text.starts_with(first)) return std::move(key);
      }
  }
  return std::nullopt;
}

std::string number_label(const QueryContext& ctx, const FieldDef& field) {
  if (field.check == Check::uscc) return ctx.tr("app.match.uscc");
  if (field.mask == Mask::phone || field.type == FieldType::phone) return ctx.tr("app.match.phone");
  if (field.mask == Mask::id_no) return ctx.tr("app.match.id_no");
  return ctx.tr("app.match.number");
}

/// A name's keys are itself in Chinese, its pinyin and its initials: one letter for each character.
std::string name_label(const QueryContext& ctx, const FieldDef& field, std::string_view name, const SearchKey& key,
                       const TypedSearch& typed) {
  const bool latin = !typed.folded.empty() && static_cast<unsigned char>(typed.folded.front()) < 0x80;
  if (!latin || static_cast<unsigned char>(name.front()) < 0x80)
    return ctx.tr(field.mask == Mask::name ? "app.match.name" : "app.match.title");
  return ctx.tr(key.text.size() > length_utf8(name) ? "app.match.pinyin" : "app.match.initials");
}

std::string matched_in(const QueryContext& ctx, const FieldDef& field, std::string_view text,
                       const TypedSearch& typed) {
  const auto key = matched_key(field, text, typed.query);
  if (!key) return {};
  if (key->key_class == KeyClass::name) return name_label(ctx, field, text, *key, typed);
  return key->key_class == KeyClass::tail ? number_label(ctx, field) : ctx.tr("app.match.address");
}

}  // namespace

std::string matched_text(const QueryContext& ctx, const Record& record, const TypedSearch& typed) {
  for (const FieldDef& field : ctx.dictionary.get_kind(record.ref.kind).fields) {
    if (field.search == SearchUse::none || field.search == SearchUse::within) continue;
    const Value& value = record.get(field.no);
    if (const auto* set = std::get_if<TextSet>(&value)) {
      for (const std::string& item : set->items)
        if (std::string label = matched_in(ctx, field, item, typed); !label.empty()) return label;
    } else if (std::string label = matched_in(ctx, field, text_of(value), typed); !label.empty()) {
      return label;
    }
  }
  return ctx.tr("app.match.address");
}

}  // namespace ruhu
