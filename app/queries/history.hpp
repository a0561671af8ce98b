#pragma once
#include "app/queries/form.hpp"
#include "app/state/history.hpp"

namespace ruhu {

struct HistoryWanted {
  RecordRef record;
  ColumnNo column;
  std::string day;    ///< ISO date as typed; empty: none.
  Revealed revealed;  ///< Columns that were shown on demand and logged.
};

/// What one field holds and held, and the record as it was at the end of a day. not_found when the tablet does not have
/// the record, unknown_field when the dictionary does not have the field.
Result<HistoryState> query_history(Store& store, const QueryContext& ctx, const HistoryWanted& wanted);

}  // namespace ruhu
