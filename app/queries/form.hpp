#pragma once
#include <set>

#include "app/queries/household_people.hpp"
#include "app/queries/query_context.hpp"
#include "app/state/form.hpp"
#include "storage/store.hpp"

namespace ruhu {

/// A form and what it does not show: the stored values behind its masks, for validation only.
struct FormAnswer {
  FormState state;
  std::vector<Cell> hidden;
  RecordId dwelling;  ///< Person forms: where the household lives.
  FormSurroundings around;
};

/// Fields of the open record that were shown on demand and logged.
using Revealed = std::set<ColumnNo>;

/// A household or a dwelling.
Result<FormAnswer> query_record_form(Store& store, const QueryContext& ctx, const RecordRef& record,
                                     const Revealed& revealed = {});
/// A person, with the relation in the household where one is given.
Result<FormAnswer> query_person_form(Store& store, const QueryContext& ctx, const RecordId& person,
                                     std::optional<RecordId> household, const Revealed& revealed = {});

/// A person who is not known yet. Without a household, the dwelling's first.
struct NewPerson {
  RecordId household;  ///< Nil: a household is founded.
  RecordId dwelling;   ///< Nil: the household's.
  bool newborn = false;
};
Result<FormAnswer> query_new_person(Store& store, const QueryContext& ctx, const NewPerson& wanted);

}  // namespace ruhu
