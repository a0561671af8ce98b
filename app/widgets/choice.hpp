#pragma once
#include "app/widgets/field.hpp"

namespace ruhu {

/// One thing that can be chosen. Its widget id is the id of the whole + "." + code.
struct Choice {
  std::string code;
  std::string label;
  const char* icon = nullptr;
  std::string alias = {};  ///< A second name for scripts where the code changes from day to day.
};
std::vector<Choice> choices_of(const Ui& ui, const CodeList& list);

/// Few short choices in one bar. Falls back to chips where they do not fit. True when `chosen` has changed.
bool segmented(Ui& ui, const std::string& id, const std::vector<Choice>& choices, std::string& chosen,
               bool enabled = true);
/// Chips of which one (or none, when tapped again and `may_clear`) is chosen.
bool chips_single(Ui& ui, const std::string& id, const std::vector<Choice>& choices, std::string& chosen,
                  bool may_clear = false);
/// Chips of which any number are chosen.
bool chips_multi(Ui& ui, const std::string& id, const std::vector<Choice>& choices, std::vector<std::string>& chosen);
/// A line with a switch at its end. True when it has changed.
bool switch_row(Ui& ui, const std::string& id, const std::string& label, const std::string& text, bool& on);

/// One code of a list, drawn as suits its length: a bar, chips, or a button that opens a sheet to search in.
bool code_field(Ui& ui, const std::string& id, const FieldLook& look, const std::vector<Choice>& choices,
                std::string& chosen);
/// Several codes, as chips.
bool codes_field(Ui& ui, const std::string& id, const FieldLook& look, const std::vector<Choice>& choices,
                 std::vector<std::string>& chosen);

}  // namespace ruhu
