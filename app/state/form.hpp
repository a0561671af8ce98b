#pragma once
#include <map>
#include <set>

#include "app/state/common.hpp"
#include "storage/dictionary/validation.hpp"
#include "storage/model/record.hpp"

namespace ruhu {

/// What was typed or picked for one field. Kept as typed, so that half a number is not lost while it is invalid.
struct FieldInput {
  std::string text;  ///< Texts, digits, phone, dates, numbers, one code, one ref (36 characters), "1"/"0".
  std::vector<std::string> picks;  ///< codes, texts, refs.
  std::optional<Gap> gap;          ///< Declined, unknown or does not apply: three different things, none is empty.
  bool touched = false;            ///< Changed by the worker since the form was loaded.
  bool operator==(const FieldInput&) const = default;
};

/// A field's value as the form shows it, and back. `to_value` gives text that is not a number as text, so that
/// validation can name it.
FieldInput to_input(const FieldDef& field, const Value& value);
Value to_value(const FieldDef& field, const FieldInput& input);

/// Written by the form; by column number.
struct FormInput {
  std::uint64_t revision = 0;  ///< Revision of the form state that it was loaded from.
  std::map<ColumnNo, FieldInput> fields;
  std::string source = "self";             ///< Code of `field_source`: who said it, for this save.
  std::string verified = "declared";       ///< Code of `verified`.
  std::string relation;                    ///< Person forms in a household: code of `relation`.
  std::vector<std::string> open_sections;  ///< Section keys that were unfolded or folded against the default.
  std::set<ColumnNo> open_gaps;            ///< Fields whose reasons for no answer are unfolded.
  bool all_findings = false;               ///< A save was tried: required fields speak up, too.

  bool is_touched() const;
  /// Only the touched fields, by column, as `SaveRecord` and `SavePerson` carry them.
  std::vector<Cell> touched_cells(const KindDef& kind) const;
  /// Every field that is not empty, as `CheckForm` carries them.
  std::vector<Cell> values(const KindDef& kind) const;
};

/// A field whose stored value this form has not been given: it shows a mask until RevealField is answered.
struct MaskedField {
  ColumnNo column;
  std::string text;
};

/// A record being written: a person, a household, a dwelling. Owner: the query that opened it.
struct FormState {
  Load load;
  std::uint64_t revision = 0;  ///< Raised whenever `values` are loaded anew; the screen then takes them over.
  KindNo kind;
  std::optional<RecordId> id;         ///< Nothing: a new record.
  std::optional<RecordId> household;  ///< Person forms: the household it belongs to or will belong to.
  std::string title;                  ///< "新增成员", or the record's name.
  std::string subtitle;               ///< Address or household.
  std::vector<Cell> values;           ///< Stored values, or presets of a new record, or the draft found.
  std::vector<ColumnNo> touched;      ///< Columns of `values` that come from a draft and count as typed already.
  std::string relation;               ///< Stored code of `relation` to the head, or a preset.
  std::string source;                 ///< Who said it and how sure, from a draft; empty: as a new form starts.
  std::string verified;
  bool newborn = false;             ///< Opened by AddNewborn: the form says what parents still have to report.
  bool draft_restored = false;      ///< A draft of an earlier try was found and loaded.
  std::vector<MaskedField> masked;  ///< Never listed in `values`.
  std::vector<RefChoice> choices;   ///< For `ref` fields, by kind.
  std::vector<std::pair<ColumnNo, ProvenanceLine>> provenance;
  std::vector<std::string> hidden_sections;  ///< Section keys that this role or situation does not fill in.
  std::vector<Finding> findings;             ///< Answer to the last CheckForm.
  RecordSync sync = RecordSync::synced;
  bool saving = false;
};

}  // namespace ruhu
