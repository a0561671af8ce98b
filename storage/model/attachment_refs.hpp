#pragma once
#include <vector>

#include "storage/dictionary/dictionary.hpp"
#include "storage/model/attachment.hpp"
#include "storage/model/value.hpp"

namespace ruhu {

/// Whether the field holds ids of attachments.
inline bool holds_attachments(const FieldDef& field) {
  return field.type == FieldType::texts && field.check == Check::attachment;
}

/// Ids among the items of a set; nothing for any other value. What is no id is left out.
std::vector<AttachmentId> attachments_in(const Value& value);

}  // namespace ruhu
