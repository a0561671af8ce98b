#pragma once
#include "app/queries/query_context.hpp"
#include "storage/search/search_keys.hpp"

namespace ruhu {

/// What was typed, for telling why a record was found.
struct TypedSearch {
  explicit TypedSearch(std::string_view text) : folded(fold_for_search(text)), query(parse_query(text)) {}
  std::string folded;
  SearchQuery query;
};

/// Which of its fields the record was found by: "姓名", "拼音首字母", "统一代码", "电话尾号". Its address where no
/// field of its own says it: then a place around it was meant.
std::string matched_text(const QueryContext& ctx, const Record& record, const TypedSearch& typed);

}  // namespace ruhu
