#include "storage/model/attachment_refs.hpp"

namespace ruhu {

std::vector<AttachmentId> attachments_in(const Value& value) {
  std::vector<AttachmentId> ids;
  const auto* set = std::get_if<TextSet>(&value);
  if (set == nullptr) return ids;
  for (const std::string& item : set->items)
    if (const auto id = parse_attachment_id(item)) ids.push_back(*id);
  return ids;
}

}  // namespace ruhu
