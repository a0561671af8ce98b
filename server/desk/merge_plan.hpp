#pragma once
#include <vector>

#include "server/desk/platform_source.hpp"
#include "storage/model/record.hpp"

namespace ruhu::server {

/// Two records of one home, household, firm, volunteer or case become one: what the kept one does not tell it takes
/// from the other; whatever named the other names the kept one; what is then there twice (a member of the same
/// household, a stay behind the same door) counts once; the other is void and says into which it went. People have an
/// operation of their own (storage/model/life_cycle/person_merge). already_ended: one of them is void; invalid_value:
/// records of this kind are not merged.
Result<std::vector<RecordEdit>> plan_records_merged(PlatformSource& source, const Record& kept, const Record& other);

}  // namespace ruhu::server
