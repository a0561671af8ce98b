#include "storage/model/outcome.hpp"

namespace ruhu {

std::string_view name_of(FieldOutcome outcome) {
  switch (outcome) {
    case FieldOutcome::applied: return "applied";
    case FieldOutcome::equal: return "equal";
    case FieldOutcome::merged: return "merged";
    case FieldOutcome::superseded: return "superseded";
    case FieldOutcome::conflict: return "conflict";
  }
  return "";
}

std::string_view name_of(OpOutcome outcome) {
  switch (outcome) {
    case OpOutcome::applied: return "applied";
    case OpOutcome::merged: return "merged";
    case OpOutcome::superseded: return "superseded";
    case OpOutcome::conflict: return "conflict";
    case OpOutcome::waiting: return "waiting";
    case OpOutcome::quarantined: return "quarantined";
  }
  return "";
}

}  // namespace ruhu
