#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/texts.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "storage/model/value.hpp"

namespace ruhu {

/// How strongly a finding speaks: an error stops the save, a warning asks "are you sure?", a hint only informs.
enum class Strength : unsigned char { error, warning, hint };

/// A word that a finding's text needs.
struct FindingArg {
  std::string name;                   ///< Stands as {name} in the text.
  std::string value = {};             ///< Ready to be shown; not used where `day` is given.
  std::optional<CivilDate> day = {};  ///< A solar day, told in the reader's language.
  bool lunar = false;                 ///< That day is told by the traditional calendar.
  std::string tells_of = {};          ///< Field whose value it gives away.
};

struct Finding {
  Strength strength = Strength::error;
  std::string field;                  ///< Field name the finding belongs to.
  std::string text_key;               ///< Text key, e.g. "check.citizen_id.check_digit".
  std::vector<FindingArg> args = {};  ///< Besides {label}.
};

/// The finding in words; {label} is the field's.
std::string finding_text(Lang lang, const Finding& finding, std::string_view label);
/// Puts dots where the text would give away the field's value: for forms that show a mask there.
void hide_in_texts(std::vector<Finding>& findings, std::string_view field);

/// The value in the form in which it is stored: trimmed, x→X in ID numbers, +86 stripped … Invalid stays as given.
Value normalise(const FieldDef& field, Value value);

/// Findings about one value. Empty and gap values are always well-formed here; `required` is a matter of the record.
std::vector<Finding> check_value(const Dictionary& dictionary, const FieldDef& field, const Value& value, Instant now);

/// Findings about a whole record: required fields (new records only) and the cross checks inside one record,
/// e.g. gender against digit 17 and birth date against digits 7-14 of the citizen number. `values` in any order.
std::vector<Finding> check_record(const Dictionary& dictionary, const KindDef& kind, const std::vector<Cell>& values,
                                  Instant now);

/// A record that is there already may lack what a new one must have: then missing fields are only warnings.
/// `check_record` without it is for new records. Neither repeats what `check_value` says about one value alone.
enum class RecordAge : unsigned char { fresh, existing };
std::vector<Finding> check_record(const Dictionary& dictionary, const KindDef& kind, const std::vector<Cell>& values,
                                  Instant now, RecordAge age);

bool has_error(const std::vector<Finding>& findings);
/// A finding across the records of a household: any of several fields may be the wrong one.
bool is_about_household(const Finding& finding);

}  // namespace ruhu
