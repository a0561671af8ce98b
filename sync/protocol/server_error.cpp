#include "sync/protocol/server_error.hpp"

namespace ruhu {

Errc server_error(std::string_view key) {
  for (const ErrorTraits& traits : error_table())
    if (traits.key == key) return traits.code;
  return Errc::server_failed;
}

}  // namespace ruhu
