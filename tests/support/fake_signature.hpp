#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "sync/protocol/envelope.hpp"

namespace ruhu::test {

/// Key and checksum stand for a signature where delivery is tested, not cryptography.
inline std::string fake_signature(std::string_view key, std::string_view bytes) {
  std::string signature(key);
  signature += std::to_string(std::hash<std::string_view>{}(bytes));
  signature.resize(kSignatureBytes, '.');
  return signature;
}
inline const std::string kFakeServerKey(32, 'S');

}  // namespace ruhu::test
