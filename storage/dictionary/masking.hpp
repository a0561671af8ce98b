#pragma once
#include <string>
#include <string_view>

#include "storage/dictionary/field_types.hpp"
#include "storage/model/value.hpp"

namespace ruhu {

/// What may be shown of a text before somebody asks for all of it (domain.md §3.0): name 张*, document number
/// 350599********0017, phone 138****8000, address up to the building. Empty stays empty.
std::string mask_text(Mask mask, std::string_view text);

/// The same for every text of a set; values that are no texts stay as they are.
Value mask_value(Mask mask, const Value& value);

}  // namespace ruhu
