#pragma once
#include "app/queries/form.hpp"
#include "app/queries/record_cache.hpp"
#include "app/queries/words.hpp"

// Fields of any record as facts on a page. The dictionary says which there are, in which order, and how they are
// masked.
namespace ruhu {

/// What facts are made with.
struct FactReader {
  const QueryContext& ctx;
  RecordCache& records;
  ActorNames& names;
};

/// A value for reading: codes by their labels, other records by their names. Empty when it was not asked.
std::string shown_value(const FactReader& reader, const FieldDef& field, const Value& value);

/// The field of the record as a fact behind the given mask.
Fact fact_of(const FactReader& reader, const Record& record, const FieldDef& field, Mask mask);

/// The record whose facts are wanted, and what decides about their masks.
struct FactsWanted {
  const Record& record;
  const Record& owner;  ///< The record as it is today: its grid decides who sees names.
  const Revealed& revealed;
};
/// Everything that is filled in, by section.
std::vector<FactSection> fact_sections(const FactReader& reader, const FactsWanted& wanted);

}  // namespace ruhu
