#pragma once
#include <string_view>

#include "platform/base/error.hpp"

namespace ruhu {

/// The code that the key of an answer's error names; server_failed for one that this program does not know.
Errc server_error(std::string_view key);

}  // namespace ruhu
