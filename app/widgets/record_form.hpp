#pragma once
#include "app/state/form.hpp"
#include "app/widgets/choice.hpp"

namespace ruhu {

/// One record being written, drawn from the dictionary: a new field there is a new field here.
struct RecordForm {
  const KindDef& kind;
  const FormState& state;
  FormInput& input;
  std::string prefix;  ///< Widget ids are prefix + "." + field.
};

struct FormEvents {
  bool changed = false;
  std::optional<ColumnNo> reveal;   ///< "Show" was tapped on this masked field.
  std::optional<ColumnNo> history;  ///< Where this field comes from is wanted.
};

/// Takes over `state.values` when they were loaded anew since the input was filled. Called at the start of a page.
void load_form(const KindDef& kind, const FormState& state, FormInput& input);

/// All fields of a section that a worker fills in, in one or two columns. Nothing is drawn for a section without any.
void form_section(Ui& ui, const RecordForm& form, const SectionDef& section, FormEvents& events);
/// True when the section has a field for the worker.
bool has_fields(const RecordForm& form, const SectionDef& section);
/// How many fields of the section hold something.
int filled_fields(const RecordForm& form, const SectionDef& section);

}  // namespace ruhu
