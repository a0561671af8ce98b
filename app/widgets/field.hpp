#pragma once
#include <span>

#include "app/widgets/display.hpp"
#include "storage/dictionary/validation.hpp"

namespace ruhu {

/// What surrounds every field: its label above, help or findings below.
struct FieldLook {
  std::string label;
  std::string hint;  ///< Shown below while there is no finding.
  bool required = false;
  bool enabled = true;
  std::vector<Finding> findings;  ///< Of this field only.
};

void field_label(Ui& ui, const FieldLook& look);
void field_messages(Ui& ui, const FieldLook& look);
/// Colour of a field's edge: calm, being edited, or in error.
ImU32 field_edge(const FieldLook& look, bool active);

enum class TextKind : std::uint8_t {
  line,
  note,    ///< Grows with its text.
  digits,  ///< 0-9 only.
  pin,     ///< 0-9, shown as stars, here and in the registry.
  id_no,   ///< 0-9 and X; small gaps are not stored.
  phone,   ///< 0-9, + and -.
  decimal,
  date,  ///< 0-9; the dashes come by themselves.
};

struct TextOptions {
  TextKind kind = TextKind::line;
  std::string placeholder;
  std::string unit;
  const char* icon = nullptr;
  bool focus = false;      ///< Takes the keyboard in this frame.
  bool clearable = false;  ///< Shows a cross while there is text; its id is id + ".clear".
};

/// Label, box, messages. True when the text has changed.
bool text_field(Ui& ui, const std::string& id, const FieldLook& look, std::string& text,
                const TextOptions& options = {});
/// The box alone.
bool text_box(Ui& ui, const std::string& id, const FieldLook& look, std::string& text, const TextOptions& options);

/// "19470812" → "1947-08-12", as far as it goes; anything else but digits is dropped.
std::string with_dashes(const std::string& typed);

/// A value that is masked: mask and a button "show". True when tapped; its id is id + ".show".
bool masked_field(Ui& ui, const std::string& id, const FieldLook& look, const std::string& mask);

}  // namespace ruhu
