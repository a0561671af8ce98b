#pragma once
#include <string>
#include <vector>

#include "storage/dictionary/dictionary.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu {

/// Proves that no reference dangles and no content is left over. Each line names what is wrong; none: all is well.
///  1. The list of uses says exactly what stands in the rows.
///  2. Every use and every draft names content that is here or marked to be fetched.
///  3. Every content and every wanted mark has a use or a draft, or the server is owed it.
///  4. Content is whole and is what its id says.
/// Reads every byte of every attachment.
Result<std::vector<std::string>> audit_attachments(Database& db, const Dictionary& dictionary);

}  // namespace ruhu
