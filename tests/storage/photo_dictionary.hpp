#pragma once
#include "storage/attachments/attachment_table.hpp"
#include "tests/storage/store_world.hpp"

namespace ruhu::test {

/// The built-in dictionary one version on: person has the field `pictures`, a set of
/// attachments that may lose items, number kPictures.
const Dictionary& photo_dictionary();
inline constexpr ColumnNo kPictures{61};

NewAttachment picture(std::string_view content);
/// The set of those attachments, as a field holds it.
TextSet pictures(const std::vector<AttachmentId>& ids);
/// The content repeated up to that many bytes, with no two parts the same.
std::string many_bytes(std::size_t count);

}  // namespace ruhu::test
