#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/queries/visit.hpp"
#include "app/state/visit.hpp"
#include "storage/model/record.hpp"

// What is being typed, as it lies in the store (Store::set_text). Bytes of a form that is unknown or cut short read as
// no draft at all.
namespace ruhu {

/// A visit under way.
struct VisitDraft {
  RecordId visit;  ///< The id under which it will be saved: saving the same draft twice makes one visit.
  VisitStart start;
  VisitInput input;
};
std::string encode_visit_draft(const VisitDraft& draft);
std::optional<VisitDraft> decode_visit_draft(std::string_view bytes);

/// The touched fields of a form.
struct FormDraft {
  std::string relation;
  std::vector<Cell> cells;
  std::string source;  ///< Code of `field_source`; empty: not known (drafts of older programs).
  std::string verified;
};
std::string encode_form_draft(const FormDraft& draft);
std::optional<FormDraft> decode_form_draft(std::string_view bytes);

}  // namespace ruhu
