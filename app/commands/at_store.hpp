#pragma once
#include "app/queries/query_context.hpp"
#include "platform/base/random.hpp"
#include "storage/store.hpp"

namespace ruhu {

/// What a task on the store's thread works with.
struct AtStore {
  Store& store;
  const QueryContext& ctx;
  Clock& clock;
  Random& random;

  RecordId new_id() const { return make_uuid_v7(clock, random); }
};

}  // namespace ruhu
