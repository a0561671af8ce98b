#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"
#include "storage/model/record.hpp"

namespace ruhu {

/// One field that a merge of two records wrote, with what stood there before: the way back.
struct MergeMove {
  RecordRef record;
  ColumnNo column;
  Value before;
  Provenance evidence;  ///< On which the value before stood.
  Value after;
  auto operator<=>(const MergeMove&) const = default;
};

/// One line a move: kind, id, column, source, verified, day, and both values in stored form as hex digits.
/// Kept for 90 days in `merge_case.moves`.
std::string text_of_moves(const std::vector<MergeMove>& moves);
/// invalid_value: not such a text.
Result<std::vector<MergeMove>> moves_of_text(std::string_view text);

}  // namespace ruhu
