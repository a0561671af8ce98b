#pragma once
#include <vector>

#include "app/queries/query_context.hpp"
#include "storage/dictionary/validation.hpp"
#include "storage/model/duplicates/likeness.hpp"
#include "storage/store.hpp"

namespace ruhu {

/// "Maybe already recorded: 张三, 3栋502": one warning for each record that may be what is typed.
Result<std::vector<Finding>> query_likely_same(Store& store, const QueryContext& ctx, const Record& typed,
                                               const Homes& homes);

}  // namespace ruhu
