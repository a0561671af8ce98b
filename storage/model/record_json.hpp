#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/result.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "storage/model/record.hpp"

namespace ruhu {

/// One save as given in a line of JSON.
struct ParsedEdit {
  RecordEdit edit;                ///< Cells sorted by column; provenance only when the line states any of it.
  std::string group;              ///< Lines with the same group stand or fall together; empty: by itself.
  std::optional<RecordId> visit;  ///< The visit at which it was recorded.
  std::vector<std::string> not_collected;  ///< Fields of the line that were left out: such things are never collected.
};

inline constexpr std::size_t kEditLineBytesMax = std::size_t{256} << 10U;
inline constexpr std::size_t kEditLineDepthMax = 64;

/// Reads {"kind","id"?,"fields":{…},"source"?,"as_of"?,"verified"?,"group"?,"visit_id"?}; "version" and "pending" of an
/// exported record are passed over. Refused: unknown
/// keys, kinds and fields, keys that stand twice, more than 256 KB (too_large), more than 64 levels. The
/// detail names the key.
Result<ParsedEdit> parse_edit_line(const Dictionary& dictionary, std::string_view line);

/// {"kind","id","fields":{…},"version"}; fields in the dictionary's order, empty ones left out. A column that
/// this dictionary does not know appears as "column_57".
nlohmann::ordered_json record_to_json(const KindDef& kind, const Record& record);

}  // namespace ruhu
