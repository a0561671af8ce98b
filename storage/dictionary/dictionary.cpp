#include "storage/dictionary/dictionary.hpp"

#include <algorithm>
#include <numeric>

#include "storage/dictionary/dictionary_parser.hpp"

namespace ruhu {
namespace {

template <class Range, class Predicate>
auto find_where(const Range& range, Predicate predicate) -> decltype(&*range.begin()) {
  const auto at = std::find_if(range.begin(), range.end(), predicate);
  return at == range.end() ? nullptr : &*at;
}

}  // namespace

const CodeDef* CodeList::find(std::string_view code) const {
  return find_where(codes, [code](const CodeDef& c) { return c.code == code; });
}

bool FieldDef::allows_step(std::string_view from, std::string_view to) const {
  return find_where(steps, [&](const FlowStep& step) { return step.from == from && step.to == to; }) != nullptr;
}

const FieldDef* KindDef::find(std::string_view field) const {
  const auto at =
      std::lower_bound(by_name_.begin(), by_name_.end(), field,
                       [&](std::uint16_t place, std::string_view wanted) { return fields[place].name < wanted; });
  return at == by_name_.end() || fields[*at].name != field ? nullptr : &fields[*at];
}

const FieldDef* KindDef::find(ColumnNo column) const {
  if (column.value >= by_column_.size() || by_column_[column.value] == 0) return nullptr;
  return &fields[by_column_[column.value] - 1U];
}

void KindDef::index_fields() {
  by_name_.resize(fields.size());
  std::iota(by_name_.begin(), by_name_.end(), std::uint16_t{0});
  std::sort(by_name_.begin(), by_name_.end(),
            [&](std::uint16_t a, std::uint16_t b) { return fields[a].name < fields[b].name; });
  by_column_.clear();
  for (std::size_t place = 0; place < fields.size(); ++place) {
    const std::size_t column = fields[place].no.value;
    if (column >= by_column_.size()) by_column_.resize(column + 1);
    by_column_[column] = static_cast<std::uint16_t>(place + 1);
  }
}

Result<Dictionary> Dictionary::parse(std::string_view json) {
  RUHU_TRY(ParsedDictionary parsed, parse_dictionary(json));
  Dictionary dictionary;
  dictionary.version_ = parsed.version;
  dictionary.kinds_ = std::move(parsed.kinds);
  dictionary.lists_ = std::move(parsed.lists);
  dictionary.not_collected_ = std::move(parsed.not_collected);
  return dictionary;
}

Result<Dictionary> Dictionary::built_in() { return parse(built_in_dictionary_json()); }

const KindDef* Dictionary::find_kind(std::string_view name) const {
  return find_where(kinds_, [name](const KindDef& k) { return k.name == name; });
}

const KindDef* Dictionary::find_kind(KindNo no) const {
  return find_where(kinds_, [no](const KindDef& k) { return k.no == no; });
}

const KindDef& Dictionary::get_kind(KindNo no) const {
  const KindDef* kind = find_kind(no);
  RUHU_ASSERT(kind != nullptr);
  return *kind;
}

const CodeList* Dictionary::find_list(std::string_view name) const {
  const auto at = std::lower_bound(lists_.begin(), lists_.end(), name,
                                   [](const CodeList& list, std::string_view n) { return list.name < n; });
  return at != lists_.end() && at->name == name ? &*at : nullptr;
}

const NotCollected* Dictionary::find_not_collected(std::string_view column) const {
  return ruhu::find_not_collected(not_collected_, column);
}

std::string Dictionary::code_label(std::string_view list, std::string_view code, Lang lang) const {
  const CodeList* codes = find_list(list);
  const CodeDef* found = codes == nullptr ? nullptr : codes->find(code);
  return found == nullptr ? std::string(code) : found->label.in(lang);
}

}  // namespace ruhu
