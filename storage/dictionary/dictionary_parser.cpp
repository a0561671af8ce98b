#include "storage/dictionary/dictionary_parser.hpp"

#include <simdjson.h>

#include <algorithm>
#include <set>

#include "platform/base/text.hpp"

namespace ruhu {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

constexpr std::size_t kJsonBytesMax = std::size_t{8} << 20U;
constexpr std::size_t kJsonDepthMax = 64;
constexpr std::size_t kKindsMax = 500;
constexpr std::size_t kFieldsMax = 500;
constexpr std::size_t kListsMax = 1000;
constexpr std::size_t kCodesMax = 20'000;
constexpr std::size_t kSectionsMax = 100;
constexpr std::size_t kNotCollectedMax = 200;
constexpr std::size_t kNameMax = 48;
constexpr std::size_t kTextMax = 1000;
constexpr std::uint64_t kNumberMax = 0xFFFF;

Error refuse(const std::string& where, std::string_view what) {
  return make_error(Errc::invalid_json, "dictionary: " + where + ": " + std::string(what));
}

/// Lower case words that can stand as a column, a namespace and a JSON key.
bool is_plain_word(std::string_view name) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.size() <= kNameMax && name[0] >= 'a' && name[0] <= 'z' &&
         std::all_of(name.begin(), name.end(), fits);
}

/// The rule fits the type: sets grow and shrink by items, only what has an order has a greatest.
bool is_fitting(MergeRule rule, FieldType type) {
  switch (rule) {
    case MergeRule::set:
    case MergeRule::append: return is_set_type(type);
    case MergeRule::max:
    case MergeRule::min:
      return type == FieldType::integer || type == FieldType::number || type == FieldType::date ||
             type == FieldType::time;
    case MergeRule::flow: return type == FieldType::code;
    case MergeRule::latest:
    case MergeRule::ask:
    case MergeRule::source: return !is_set_type(type);
  }
  return false;
}

/// One JSON object, read key by key. The first trouble is kept; readers after it give harmless values.
class ObjectReader {
 public:
  ObjectReader(element object, std::string where) : object_(object), where_(std::move(where)) {
    if (!object_.is_object()) fail("is not an object");
  }

  std::string text(std::string_view key, bool required = false) {
    std::string_view found;
    if (!read(key, found, required)) return {};
    if (found.size() > kTextMax) return fail(key, "is too long"), std::string{};
    return std::string(found);
  }
  std::string word(std::string_view key) {
    std::string name = text(key, true);
    if (ok() && !is_plain_word(name)) fail(key, "must be a plain word of a-z, 0-9 and _");
    return name;
  }
  bool flag(std::string_view key) {
    bool found = false;
    read(key, found, false);
    return found;
  }
  std::optional<double> number(std::string_view key) {
    double found = 0;
    return read(key, found, false) ? std::optional<double>(found) : std::nullopt;
  }
  std::uint64_t count(std::string_view key, std::uint64_t max) {
    std::uint64_t found = 0;
    if (read(key, found, true) && (found == 0 || found > max)) fail(key, "is out of range");
    return found;
  }
  Label label(std::string_view zh, std::string_view en, bool required) {
    return {text(zh, required), text(en, required)};
  }
  std::vector<element> items(std::string_view key, std::size_t max) {
    array found;
    std::vector<element> out;
    if (!read(key, found, false)) return out;
    for (const element item : found) {
      if (out.size() == max) return fail(key, "has too many items"), std::vector<element>{};
      out.push_back(item);
    }
    return out;
  }
  std::vector<std::string> texts(std::string_view key, std::size_t max) {
    std::vector<std::string> out;
    for (const element item : items(key, max)) {
      std::string_view found;
      if (item.get(found) != simdjson::SUCCESS || found.size() > kTextMax)
        return fail(key, "has the wrong type"), std::vector<std::string>{};
      out.emplace_back(found);
    }
    return out;
  }
  /// A word that `parse` knows; absent gives the fallback.
  template <class T>
  T known(std::string_view key, std::optional<T> (*parse)(std::string_view), T fallback) {
    const std::string name = text(key);
    if (name.empty()) return fallback;
    const std::optional<T> found = parse(name);
    if (!found) fail(key, "has the unknown value " + name);
    return found.value_or(fallback);
  }

  void fail(std::string_view key, std::string_view what) { fail(std::string(key) + " " + std::string(what)); }
  void fail(std::string_view what) {
    if (!error_) error_ = refuse(where_, what);
  }
  bool ok() const { return !error_; }
  const Error& error() const { return *error_; }

 private:
  template <class T>
  bool read(std::string_view key, T& out, bool required) {
    if (error_) return false;
    element found;
    if (object_[key].get(found) != simdjson::SUCCESS || found.is_null()) {
      if (required) fail(key, "is missing");
      return false;
    }
    if (found.get(out) == simdjson::SUCCESS) return true;
    fail(key, "has the wrong type");
    return false;
  }

  element object_;
  std::string where_;
  std::optional<Error> error_;
};

Result<CodeList> read_list(element json) {
  ObjectReader in(json, "code list");
  CodeList list;
  list.name = in.word("list");
  list.domain = in.text("domain");
  list.groups = in.text("groups");
  list.label = in.label("zh", "en", true);
  std::set<std::string> seen;
  for (const element item : in.items("codes", kCodesMax)) {
    ObjectReader code(item, "code list " + list.name);
    CodeDef def{code.text("code", true), code.label("zh", "en", true), code.texts("next", kCodesMax),
                code.text("group")};
    if (!code.ok()) return code.error();
    if (def.code.empty() || !seen.insert(def.code).second) return refuse("code list " + list.name, "repeats a code");
    list.codes.push_back(std::move(def));
  }
  if (!in.ok()) return in.error();
  if (list.codes.empty()) return refuse("code list " + list.name, "has no codes");
  return list;
}

Result<FieldDef> read_field(element json, const std::string& kind) {
  ObjectReader name_in(json, kind);
  const std::string name = name_in.word("name");
  if (!name_in.ok()) return name_in.error();
  ObjectReader in(json, kind + "." + name);
  FieldDef field;
  field.name = name;
  if (name == "id" || name == "meta" || name == "raw") in.fail("name", "belongs to every record");
  field.no = ColumnNo{static_cast<std::uint16_t>(in.count("no", kNumberMax))};
  if (in.text("type", true).empty()) in.fail("type", "is missing");
  field.type = in.known("type", parse_field_type, FieldType::text);
  field.required = in.flag("required");
  field.min = in.number("min");
  field.max = in.number("max");
  field.partial = in.flag("partial");
  field.indexed = in.flag("index") || (field.required && field.type == FieldType::ref);
  field.list = in.text("list");
  field.target = in.text("target");
  field.check = in.known("check", parse_check, Check::none);
  field.sensitivity = in.known("sensitivity", parse_sensitivity, Sensitivity::s1);
  field.mask = in.known("mask", parse_mask, Mask::none);
  field.search = in.known("search", parse_search_use, SearchUse::none);
  field.merge = in.known("merge", parse_merge_rule, is_set_type(field.type) ? MergeRule::set : MergeRule::latest);
  field.section = in.text("section");
  field.label = in.label("zh", "en", true);
  field.hint = in.label("hint_zh", "hint_en", false);
  field.unit = in.text("unit");
  field.preset = in.text("default");
  if (field.min && field.max && *field.min > *field.max) in.fail("min", "is above max");
  if (!is_fitting(field.merge, field.type)) in.fail("merge", "does not fit the type");
  if (!in.ok()) return in.error();
  return field;
}

std::string fold_heading(std::string_view heading) {
  std::string folded = fold_for_comparison(heading);
  std::replace_if(
      folded.begin(), folded.end(), [](char c) { return c == '_' || c == '-'; }, ' ');
  return folded;
}

Result<NotCollected> read_not_collected(element json) {
  ObjectReader in(json, "not collected");
  NotCollected item;
  item.key = in.word("key");
  item.label = in.label("zh", "en", true);
  for (const std::string& column : in.texts("columns", kNotCollectedMax)) {
    item.columns.push_back(fold_heading(column));
    if (item.columns.back().empty()) in.fail("columns", "has an empty heading");
  }
  if (!in.ok()) return in.error();
  return item;
}

Status read_sections(ObjectReader& in, const std::string& kind, std::vector<SectionDef>& out) {
  for (const element item : in.items("sections", kSectionsMax)) {
    ObjectReader section(item, kind + " section");
    out.push_back({section.word("key"), section.label("zh", "en", true)});
    if (!section.ok()) return section.error();
  }
  return {};
}

Status read_fields(ObjectReader& in, const std::string& kind, std::vector<FieldDef>& out) {
  for (const element item : in.items("fields", kFieldsMax)) {
    RUHU_TRY(FieldDef field, read_field(item, kind));
    for (const FieldDef& other : out) {
      if (other.no == field.no) return refuse(kind + "." + field.name, "has the number of " + other.name);
      if (other.name == field.name) return refuse(kind + "." + field.name, "stands twice");
    }
    out.push_back(std::move(field));
  }
  return {};
}

/// Sections and fields that every kind has.
struct Common {
  std::vector<SectionDef> sections;
  std::vector<FieldDef> fields;
};

Result<Common> read_common(element json) {
  Common common;
  element object;
  if (json["common"].get(object) != simdjson::SUCCESS) return common;
  ObjectReader in(object, "common");
  RUHU_TRY_DONE(read_sections(in, "common", common.sections));
  RUHU_TRY_DONE(read_fields(in, "common", common.fields));
  if (!in.ok()) return in.error();
  return common;
}

Result<KindDef> read_kind(element json, const Common& common) {
  ObjectReader in(json, "kind");
  KindDef kind;
  kind.name = in.word("kind");
  if (!in.ok()) return in.error();
  kind.no = KindNo{static_cast<std::uint16_t>(in.count("no", kNumberMax))};
  kind.label = in.label("zh", "en", true);
  kind.title = in.texts("title", kFieldsMax);
  kind.fields = common.fields;
  RUHU_TRY_DONE(read_sections(in, kind.name, kind.sections));
  RUHU_TRY_DONE(read_fields(in, kind.name, kind.fields));
  kind.sections.insert(kind.sections.end(), common.sections.begin(), common.sections.end());
  if (!in.ok()) return refuse(kind.name, in.error().detail);
  kind.index_fields();
  return kind;
}

Status check_field_names(const ParsedDictionary& all, const KindDef& kind, const FieldDef& field) {
  const std::string where = kind.name + "." + field.name;
  const auto list =
      std::find_if(all.lists.begin(), all.lists.end(), [&](const auto& l) { return l.name == field.list; });
  const bool coded = field.type == FieldType::code || field.type == FieldType::codes;
  if (coded && list == all.lists.end()) return refuse(where, "names the unknown list " + field.list);
  if (!coded && !field.list.empty()) return refuse(where, "has a list but is no code");
  if (coded && !field.preset.empty() && list->find(field.preset) == nullptr)
    return refuse(where, "has a default outside its list");
  if (field.merge == MergeRule::flow && field.steps.empty())
    return refuse(where, "merges as flow, but its list says of no code what may follow");
  const auto is_target = [&](const auto& k) { return k.name == field.target; };
  if (!field.target.empty() && std::none_of(all.kinds.begin(), all.kinds.end(), is_target))
    return refuse(where, "names the unknown target " + field.target);
  for (const std::string* heading : {&field.name, &field.label.zh, &field.label.en})
    if (const NotCollected* never = find_not_collected(all.not_collected, *heading))
      return refuse(where, "would hold what is never collected: " + never->key);
  const auto is_section = [&](const auto& s) { return s.key == field.section; };
  if (!field.section.empty() && std::none_of(kind.sections.begin(), kind.sections.end(), is_section))
    return refuse(where, "names the unknown section " + field.section);
  return {};
}

/// Codes name codes: what may follow them in their own list, their group in another.
Status check_codes(const ParsedDictionary& all, const CodeList& list) {
  const auto groups =
      std::find_if(all.lists.begin(), all.lists.end(), [&](const auto& l) { return l.name == list.groups; });
  for (const CodeDef& code : list.codes) {
    const std::string where = "code list " + list.name + "." + code.code;
    for (const std::string& next : code.next)
      if (next == code.code || list.find(next) == nullptr)
        return refuse(where, "is followed by the unknown code " + next);
    if (code.group.empty()) continue;
    if (groups == all.lists.end() || groups->find(code.group) == nullptr)
      return refuse(where, "names the unknown group " + code.group);
  }
  return {};
}

/// Writes the steps that a list allows into the fields that follow it, so that a merge needs no list.
void fill_steps(ParsedDictionary& all) {
  for (KindDef& kind : all.kinds) {
    for (FieldDef& field : kind.fields) {
      if (field.merge != MergeRule::flow) continue;
      for (const CodeList& list : all.lists) {
        if (list.name != field.list) continue;
        for (const CodeDef& code : list.codes)
          for (const std::string& next : code.next) field.steps.push_back({code.code, next});
      }
    }
  }
}

/// What can only be told when everything is read: names that point elsewhere, numbers used twice.
Status check_names(const ParsedDictionary& all) {
  std::set<std::string_view> names;
  std::set<KindNo> numbers;
  for (const KindDef& kind : all.kinds) {
    if (!names.insert(kind.name).second) return refuse(kind.name, "stands twice");
    if (!numbers.insert(kind.no).second) return refuse(kind.name, "has the number of another kind");
    for (const std::string& field : kind.title)
      if (kind.find(field) == nullptr) return refuse(kind.name, "title names the unknown field " + field);
    for (const FieldDef& field : kind.fields) RUHU_TRY_DONE(check_field_names(all, kind, field));
  }
  for (std::size_t i = 1; i < all.lists.size(); ++i)
    if (all.lists[i - 1].name == all.lists[i].name) return refuse("code list " + all.lists[i].name, "stands twice");
  for (const CodeList& list : all.lists) RUHU_TRY_DONE(check_codes(all, list));
  return {};
}

Result<ParsedDictionary> read_dictionary(element json) {
  ObjectReader in(json, "top level");
  ParsedDictionary all;
  all.version = static_cast<std::uint32_t>(in.count("version", 0xFFFFFFFFU));
  if (!in.ok()) return in.error();
  RUHU_TRY(const Common common, read_common(json));
  for (const element item : in.items("lists", kListsMax)) {
    RUHU_TRY(CodeList list, read_list(item));
    all.lists.push_back(std::move(list));
  }
  for (const element item : in.items("kinds", kKindsMax)) {
    RUHU_TRY(KindDef kind, read_kind(item, common));
    all.kinds.push_back(std::move(kind));
  }
  for (const element item : in.items("not_collected", kNotCollectedMax)) {
    RUHU_TRY(NotCollected never, read_not_collected(item));
    all.not_collected.push_back(std::move(never));
  }
  if (!in.ok()) return in.error();
  std::sort(all.lists.begin(), all.lists.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  std::sort(all.kinds.begin(), all.kinds.end(), [](const auto& a, const auto& b) { return a.no < b.no; });
  fill_steps(all);
  RUHU_TRY_DONE(check_names(all));
  return all;
}

}  // namespace

const NotCollected* find_not_collected(const std::vector<NotCollected>& never, std::string_view heading) {
  const std::string folded = fold_heading(heading);
  std::string solid = folded;
  std::erase(solid, ' ');
  const auto hits = [&](const std::string& column) {
    const bool ascii =
        std::all_of(column.begin(), column.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
    return ascii ? column == folded : solid.find(column) != std::string::npos;
  };
  for (const NotCollected& item : never)
    if (std::any_of(item.columns.begin(), item.columns.end(), hits)) return &item;
  return nullptr;
}

Result<ParsedDictionary> parse_dictionary(std::string_view json) {
  if (json.size() > kJsonBytesMax) return make_error(Errc::too_large, "dictionary");
  simdjson::dom::parser parser(kJsonBytesMax);
  if (parser.allocate(json.size() + simdjson::SIMDJSON_PADDING, kJsonDepthMax) != simdjson::SUCCESS)
    return make_error(Errc::too_large, "dictionary: no memory");
  element root;
  const auto error = parser.parse(json.data(), json.size()).get(root);
  if (error != simdjson::SUCCESS) return refuse("top level", simdjson::error_message(error));
  return read_dictionary(root);
}

}  // namespace ruhu
