#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>

#include "platform/keys/key_store.hpp"

namespace ruhu {

/// Price of one try at the PIN (Argon2id); written into the file, so that a store opens whatever the
/// program's default.
struct PinCost {
  std::uint32_t memory_kib = 64 * 1024;
  std::uint32_t passes = 3;
};
inline constexpr PinCost kTestPinCost{8, 1};  ///< For tests only.

/// The key store of a machine without a better one. The folder (mode 0700) holds two files (mode 0600):
///   device.secret  32 random bytes, made once; mixed into every wrapping key, so that a copied keys.bin
///   alone cannot be
///                  searched for its PIN.
///   keys.bin       header, wrong-PIN counter, wrapped keys, checksum keyed by the device secret.
/// Every write is a new file that replaces the old one in one step and has reached the disk before the call
/// returns.
std::unique_ptr<KeyStore> make_file_key_store(std::filesystem::path folder, PinCost cost = {});

}  // namespace ruhu
