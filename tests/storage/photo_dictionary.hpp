#pragma once
#include "tests/storage/store_world.hpp"

namespace ruhu::test {

/// The built-in dictionary one version on: person has the field `pictures`, a set of attachments, number kPictures.
const Dictionary& photo_dictionary();
inline constexpr ColumnNo kPictures{61};

NewAttachment picture(std::string_view content);
/// The set of those attachments, as a field holds it.
TextSet pictures(const std::vector<AttachmentId>& ids);
AttachmentId id_of_content(std::string_view content);
/// The content repeated up to that many bytes, with no two parts the same.
std::string many_bytes(std::size_t count);

}  // namespace ruhu::test
