#pragma once
#include <string>
#include <vector>

#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// Proves that the list of uses says what stands in the rows, and that every whole content is what its id says. Reads
/// every byte of every content. Content that a record refers to and that no tablet has brought yet is no finding.
Result<std::vector<std::string>> audit_contents(PlatformTx& tx, const Dictionary& dictionary);

/// All parts together, as far as they are here.
Result<std::string> assembled_content(PlatformTx& tx, const StoredContent& content);
/// The bytes are as many as were announced, and what the id says.
bool is_sound(const StoredContent& content, std::string_view bytes);

}  // namespace ruhu::server
