#pragma once
#include <ostream>

#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// One JSON object a line for everything that the platform has, has begun to receive or waits for: id, media, size,
/// whether it is whole, and the fields that refer to it. The bytes themselves are not written.
Status export_contents(PlatformTx& tx, const Dictionary& dictionary, std::ostream& out);

}  // namespace ruhu::server
