#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/base/result.hpp"
#include "platform/keys/file_key_store.hpp"
#include "platform/keys/key_store.hpp"

namespace ruhu {

/// How the key that wraps the others comes about.
enum class WrapWith : std::uint8_t {
  device_secret = 0,  ///< No PIN.
  pin = 1,            ///< Argon2id of the PIN, then mixed with the device secret.
};

/// keys.bin, unpacked. On disk: the fields in this order after the magic number, numbers little-endian, then
/// 32 bytes BLAKE2b over everything before, keyed by the device secret: it tells a damaged file from a wrong
/// PIN.
struct KeyFile {
  static constexpr std::size_t kSaltBytes = 16;
  static constexpr std::size_t kNonceBytes = 24;
  static constexpr std::size_t kWrappedBytes = 32 + 32 + 16;

  WrapWith with = WrapWith::device_secret;
  PinCost cost;
  std::uint32_t wrong_pins = 0;
  std::string salt;
  std::string nonce;
  std::string wrapped;  ///< Database key and signing seed under XChaCha20-Poly1305.
};

inline constexpr std::size_t kDeviceSecretBytes = 32;

std::string encode_key_file(const KeyFile& file, std::string_view device_secret);
/// Errors: key_store_failed for anything that `encode_key_file` did not write with this secret.
Result<KeyFile> decode_key_file(std::string_view bytes, std::string_view device_secret);

/// Fresh salt and nonce each time. An empty PIN wraps by the device secret alone. Errors: key_store_failed
/// (no memory for Argon2id).
Result<KeyFile> wrap_keys(const Keys& keys, std::string_view pin, PinCost cost, std::string_view device_secret);
/// Errors: pin_wrong, key_store_failed (no memory for Argon2id).
Result<Keys> unwrap_keys(const KeyFile& file, std::string_view pin, std::string_view device_secret);

}  // namespace ruhu
