#include "storage/model/record_csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "platform/base/text.hpp"
#include "storage/model/value_json.hpp"

namespace ruhu {
namespace {

/// Characters at which a spreadsheet takes a cell for a formula.
bool begins_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

/// Backslashes and the characters that mean something get a backslash in front.
std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string text_cell(std::string_view text) {
  const std::string plain = escaped(text, "");
  return begins_formula(text) ? "\\" + plain : plain;
}

std::string set_cell(const TextSet& set) {
  std::string out;
  for (const std::string& item : set.items) out += (out.empty() ? "" : ";") + escaped(item, ";");
  return begins_formula(out) ? "\\" + out : out;
}

std::string number_cell(double number) {
  std::array<char, 32> digits{};
  const auto done = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  return {digits.data(), done.ptr};
}

struct CellWriter {
  const FieldDef& field;
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(Gap gap) const { return "\\" + std::string(name_of(gap)); }
  std::string operator()(bool b) const { return b ? "true" : "false"; }
  std::string operator()(std::int64_t n) const {
    return field.type == FieldType::time ? format_time(n) : std::to_string(n);
  }
  std::string operator()(double d) const { return number_cell(d); }
  std::string operator()(const std::string& s) const { return text_cell(s); }
  std::string operator()(const Uuid& id) const { return to_string(id); }
  std::string operator()(const TextSet& set) const { return set_cell(set); }
  std::string operator()(const SetDelta&) const { return {}; }
};

/// Takes the backslashes out; at each character that stands bare and equals `end`, a piece ends.
std::vector<std::string> unescaped_pieces(std::string_view text, char end) {
  std::vector<std::string> pieces(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      pieces.back() += text[++i];
    } else if (text[i] == end && end != 0) {
      pieces.emplace_back();
    } else {
      pieces.back() += text[i];
    }
  }
  return pieces;
}

Result<Value> set_from_cell(const FieldDef& field, std::string_view text) {
  std::vector<std::string> items;
  for (std::string& piece : unescaped_pieces(text, ';')) {
    if (piece.empty()) continue;
    if (field.type == FieldType::refs) {
      const auto id = parse_uuid(trim(piece));
      if (!id) return make_error(Errc::invalid_value, field.name + ": must be UUIDs separated by ;");
      piece = to_string(*id);
    }
    items.push_back(std::move(piece));
  }
  return Value{TextSet::of(std::move(items))};
}

bool is_text(FieldType type) {
  switch (type) {
    case FieldType::text:
    case FieldType::note:
    case FieldType::digits:
    case FieldType::phone:
    case FieldType::date:
    case FieldType::code: return true;
    default: return false;
  }
}

}  // namespace

CsvRow csv_header(const KindDef& kind) {
  CsvRow header{"id"};
  for (const FieldDef& field : kind.fields) header.push_back(field.name);
  return header;
}

CsvRow to_csv_row(const KindDef& kind, const Record& record) {
  CsvRow row{to_string(record.ref.id)};
  for (const FieldDef& field : kind.fields) row.push_back(to_csv_cell(field, record.get(field.no)));
  return row;
}

std::string to_csv_cell(const FieldDef& field, const Value& value) { return std::visit(CellWriter{field}, value); }

Result<Value> from_csv_cell(const FieldDef& field, std::string_view text) {
  if (!is_valid_utf8(text)) return make_error(Errc::invalid_utf8, field.name);
  if (text.empty()) return Value{};
  if (text.front() == '\\')
    if (const auto gap = parse_gap(text.substr(1))) return Value{*gap};
  if (is_set_type(field.type)) return set_from_cell(field, text);
  if (is_text(field.type)) return Value{unescaped_pieces(text, 0).front()};
  return value_from_text(field, trim(text));
}

Result<CsvColumns::Column> CsvColumns::understand(const Dictionary& dictionary, std::string_view name) {
  if (name == "id") return Column{Column::Is::id, nullptr};
  for (const FieldDef& field : kind_->fields)
    if (name == field.name || name == field.label.zh || name == field.label.en)
      return Column{Column::Is::field, &field};
  if (dictionary.find_not_collected(name) == nullptr)
    return make_error(Errc::unknown_field, kind_->name + "." + std::string(name));
  dropped_.emplace_back(name);
  return Column{Column::Is::dropped, nullptr};
}

Result<CsvColumns> CsvColumns::read(const Dictionary& dictionary, const KindDef& kind, const CsvRow& header) {
  CsvColumns columns(kind);
  for (const std::string& name : header) {
    RUHU_TRY(const Column column, columns.understand(dictionary, trim(name)));
    const bool twice = std::any_of(columns.columns_.begin(), columns.columns_.end(), [&](const Column& other) {
      return other.is == column.is && other.field == column.field && column.is != Column::Is::dropped;
    });
    if (twice) return make_error(Errc::usage, "column stands twice: " + name);
    columns.columns_.push_back(column);
  }
  return columns;
}

Result<RecordEdit> CsvColumns::to_edit(const CsvRow& row) const {
  if (row.size() > columns_.size()) return make_error(Errc::usage, "more cells than columns");
  RecordEdit edit;
  edit.kind = kind_->no;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const Column& column = columns_[i];
    if (column.is == Column::Is::dropped || row[i].empty()) continue;
    if (column.is == Column::Is::id) {
      edit.id = parse_uuid(row[i]);
      if (!edit.id) return make_error(Errc::invalid_value, "id");
      continue;
    }
    RUHU_TRY(Value value, from_csv_cell(*column.field, row[i]));
    edit.cells.push_back({column.field->no, std::move(value)});
  }
  std::sort(edit.cells.begin(), edit.cells.end(), [](const Cell& a, const Cell& b) { return a.column < b.column; });
  return edit;
}

}  // namespace ruhu
