#include "storage/model/record_json.hpp"

#include <simdjson.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "platform/base/text.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "storage/model/value_json.hpp"

namespace ruhu {
namespace {

using nlohmann::ordered_json;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t kGroupBytesMax = 200;

/// The beginning of a name that somebody else chose, cut between two characters.
std::string shortened(std::string_view name) {
  constexpr std::size_t kBytesMax = 48;
  std::size_t end = std::min(name.size(), kBytesMax);
  while (end > 0 && end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return std::string(name.substr(0, end));
}

Error bad_line(std::string_view what) { return make_error(Errc::invalid_json, std::string(what)); }

/// Two keys of the same name would let two readers see two different records. Depth is bounded by the parser.
Status refuse_repeated_keys(const element& json) {
  array items;
  if (json.get(items) == simdjson::SUCCESS) {
    for (const element item : items) RUHU_TRY_DONE(refuse_repeated_keys(item));
    return {};
  }
  object fields;
  if (json.get(fields) != simdjson::SUCCESS) return {};
  std::vector<std::string_view> keys;
  for (const auto& field : fields) {
    keys.push_back(field.key);
    RUHU_TRY_DONE(refuse_repeated_keys(field.value));
  }
  std::sort(keys.begin(), keys.end());
  const auto twice = std::adjacent_find(keys.begin(), keys.end());
  if (twice != keys.end()) return bad_line("key stands twice: " + shortened(*twice));
  return {};
}

Result<std::string_view> text_at(std::string_view key, const element& json) {
  std::string_view text;
  if (json.get(text) != simdjson::SUCCESS) return make_error(Errc::invalid_value, std::string(key) + ": must be text");
  if (!is_valid_utf8(text)) return make_error(Errc::invalid_utf8, std::string(key));
  return text;
}

/// Reads one line into a ParsedEdit, key by key.
class LineReader {
 public:
  explicit LineReader(const Dictionary& dictionary) : dictionary_(dictionary) {}

  Result<ParsedEdit> read(const element& root) {
    object line;
    if (root.get(line) != simdjson::SUCCESS) return bad_line("a line must be an object");
    RUHU_TRY_DONE(read_kind(line));
    for (const auto& [key, value] : line) RUHU_TRY_DONE(read_key(key, value));
    if (!has_fields_) return bad_line("fields is missing");
    if (provenance_ != Provenance{}) parsed_.edit.provenance = provenance_;
    return std::move(parsed_);
  }

 private:
  Status read_kind(const object& line) {
    element json;
    if (line["kind"].get(json) != simdjson::SUCCESS) return bad_line("kind is missing");
    RUHU_TRY(const std::string_view name, text_at("kind", json));
    kind_ = dictionary_.find_kind(name);
    if (kind_ == nullptr) return make_error(Errc::unknown_kind, shortened(name));
    parsed_.edit.kind = kind_->no;
    return {};
  }

  Status read_key(std::string_view key, const element& json) {
    const bool says_where_it_stood = key == "version" || key == "pending";  // of an exported record; no save heeds it
    if (key == "kind" || says_where_it_stood) return {};
    if (key == "fields") return read_fields(json);
    if (json.is_null()) return {};  // as if absent
    RUHU_TRY(const std::string_view text, known_text(key, json));
    if (key == "group") return read_group(text);
    if (key == "id") return read_id(key, text, parsed_.edit.id);
    if (key == "visit_id") return read_id(key, text, parsed_.visit);
    return read_provenance(key, text);
  }

  Result<std::string_view> known_text(std::string_view key, const element& json) {
    static constexpr std::string_view kKnown[] = {"id", "source", "as_of", "verified", "group", "visit_id"};
    if (std::find(std::begin(kKnown), std::end(kKnown), key) == std::end(kKnown))
      return bad_line("unknown key: " + shortened(key));
    return text_at(key, json);
  }

  Status read_group(std::string_view text) {
    if (text.size() > kGroupBytesMax) return make_error(Errc::too_large, "group");
    parsed_.group = text;
    return {};
  }

  static Status read_id(std::string_view key, std::string_view text, std::optional<RecordId>& out) {
    const auto id = parse_uuid(text);
    if (!id || id->is_nil()) return make_error(Errc::invalid_value, std::string(key) + ": must be a UUID");
    out = *id;
    return {};
  }

  Status read_provenance(std::string_view key, std::string_view text) {
    const auto refuse = [&](std::string_view what) {
      return make_error(Errc::invalid_value, std::string(key) + ": " + std::string(what));
    };
    if (key == "source") {
      const auto source = parse_source(text);
      if (!source || *source == Source::none) return refuse("is no code of field_source");
      provenance_.source = *source;
    } else if (key == "verified") {
      const auto verified = parse_verified(text);
      if (!verified || *verified == Verified::none) return refuse("is no code of verified");
      provenance_.verified = *verified;
    } else {
      const auto date = parse_partial_date(text);
      if (!date || !date->is_complete()) return refuse("must be a date like 2026-03-05");
      provenance_.as_of_day = to_day_number(first_day(*date));
    }
    return {};
  }

  Status read_fields(const element& json) {
    object fields;
    if (json.get(fields) != simdjson::SUCCESS) return bad_line("fields must be an object");
    has_fields_ = true;
    for (const auto& [name, value] : fields) {
      const FieldDef* field = kind_->find(name);
      if (field == nullptr && dictionary_.find_not_collected(name) != nullptr) {
        parsed_.not_collected.push_back(shortened(name));
        continue;
      }
      if (field == nullptr) return make_error(Errc::unknown_field, kind_->name + "." + shortened(name));
      RUHU_TRY(Value read, value_from_json(*field, value));
      parsed_.edit.cells.push_back({field->no, std::move(read)});
    }
    std::sort(parsed_.edit.cells.begin(), parsed_.edit.cells.end(),
              [](const Cell& a, const Cell& b) { return a.column < b.column; });
    return {};
  }

  const Dictionary& dictionary_;
  const KindDef* kind_ = nullptr;
  ParsedEdit parsed_;
  Provenance provenance_;
  bool has_fields_ = false;
};

Error parse_failure(simdjson::error_code error) {
  if (error == simdjson::UTF8_ERROR) return make_error(Errc::invalid_utf8);
  if (error == simdjson::DEPTH_ERROR) return bad_line("nested too deeply");
  return bad_line(simdjson::error_message(error));
}

}  // namespace

Result<ParsedEdit> parse_edit_line(const Dictionary& dictionary, std::string_view line) {
  if (line.size() > kEditLineBytesMax) return make_error(Errc::too_large, "a line holds at most 256 KB");
  simdjson::dom::parser parser(kEditLineBytesMax + simdjson::SIMDJSON_PADDING);
  if (parser.allocate(line.size() + simdjson::SIMDJSON_PADDING, kEditLineDepthMax) != simdjson::SUCCESS)
    return make_error(Errc::internal, "no memory");
  element root;
  const auto error = parser.parse(line.data(), line.size()).get(root);
  if (error != simdjson::SUCCESS) return parse_failure(error);
  RUHU_TRY_DONE(refuse_repeated_keys(root));
  return LineReader(dictionary).read(root);
}

ordered_json record_to_json(const KindDef& kind, const Record& record) {
  ordered_json fields = ordered_json::object();
  for (const FieldDef& field : kind.fields) {
    const Value& value = record.get(field.no);
    if (!is_empty(value)) fields[field.name] = value_to_json(field, value);
  }
  for (const Cell& cell : record.cells) {
    if (kind.find(cell.column) != nullptr) continue;
    FieldDef unknown;
    fields["column_" + std::to_string(cell.column.value)] = value_to_json(unknown, cell.value);
  }
  ordered_json out = ordered_json::object();
  out["kind"] = kind.name;
  out["id"] = to_string(record.ref.id);
  out["fields"] = std::move(fields);
  out["version"] = record.meta.seen.value;
  return out;
}

}  // namespace ruhu
