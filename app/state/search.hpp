#pragma once
#include "app/state/common.hpp"

namespace ruhu {

struct SearchRow {
  RecordRef record;      ///< Of any kind.
  std::string title;     ///< Masked as lists are.
  std::string subtitle;  ///< Address.
  std::string matched;   ///< Why it was found: "姓名", "拼音首字母", "电话尾号".
  std::vector<Tag> tags;
  RecordSync sync = RecordSync::synced;
  bool ended = false;  ///< Closed, dead, merged into another: stands last, and a tag says why.
};

struct SearchState {
  Load load;
  std::string text;  ///< The text that `rows` answer.
  std::vector<SearchRow> rows;
  int total = 0;                  ///< May exceed rows.size(): "only the first n are shown".
  std::vector<SearchRow> recent;  ///< Opened lately; shown while nothing is typed.
};

struct SearchInput {
  std::string text;
};

}  // namespace ruhu
