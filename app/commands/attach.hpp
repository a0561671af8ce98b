#pragma once
#include <string_view>

#include "storage/store.hpp"

namespace ruhu {

/// A photo that a draft keeps now.
struct AttachedPhoto {
  AttachmentId id;
  std::size_t bytes = 0;
  std::size_t thumbnail_bytes = 0;
  int width = 0;
  int height = 0;
};

/// Makes a photo out of a JPEG or PNG file and keeps it for that draft (kept_texts.hpp) until a record refers to it.
/// photo_unreadable, attachment_too_large, attachment_quota.
Result<AttachedPhoto> attach_photo(Store& store, std::string_view file, std::string_view draft);

/// Attachments among those cells.
std::vector<AttachmentId> attachments_in(const KindDef& kind, const std::vector<Cell>& cells);

}  // namespace ruhu
