#include "storage/model/life_cycle/plan.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"

namespace ruhu {

SaveRequest LifeCyclePlan::request(const Provenance& provenance, std::optional<RecordId> visit) const {
  return {edits, provenance, visit};
}

bool is_open_record(const Record& record) {
  const std::string_view status = record.text(kinds::person::status);
  return status != "closed" && status != "void";
}

const Record* find_by_id(const std::vector<Record>& records, const RecordId& id) {
  const auto at = std::find_if(records.begin(), records.end(), [&](const Record& r) { return r.ref.id == id; });
  return at == records.end() ? nullptr : &*at;
}

}  // namespace ruhu
