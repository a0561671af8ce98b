#include "app/commands/attach.hpp"

#include "platform/photos/photo.hpp"
#include "storage/attachments/attachment_uses.hpp"

namespace ruhu {

Result<AttachedPhoto> attach_photo(Store& store, std::string_view file, std::string_view draft) {
  RUHU_TRY(Photo photo, normalise_photo(file));
  AttachedPhoto attached{{}, photo.jpeg.size(), photo.thumbnail.size(), photo.width, photo.height};
  const NewAttachment content{std::move(photo.jpeg), Media::jpeg, std::move(photo.thumbnail)};
  RUHU_TRY(attached.id, store.attachments().add(content, draft));
  return attached;
}

std::vector<AttachmentId> attachments_in(const KindDef& kind, const std::vector<Cell>& cells) {
  std::vector<AttachmentId> ids;
  for (const Cell& cell : cells) {
    const FieldDef* field = kind.find(cell.column);
    if (field == nullptr || !holds_attachments(*field)) continue;
    for (const AttachmentId& id : attachments_in(cell.value)) ids.push_back(id);
  }
  return ids;
}

}  // namespace ruhu
