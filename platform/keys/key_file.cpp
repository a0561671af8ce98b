#include "platform/keys/key_file.hpp"

#include <sodium.h>

#include "platform/base/assert.hpp"
#include "platform/keys/crypto.hpp"

namespace ruhu {
namespace {

constexpr std::string_view kMagic = "RUHUKEY1";
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kChecksumBytes = 32;
constexpr std::size_t kFileBytes =
    kMagic.size() + 1 + 3 * 4 + KeyFile::kSaltBytes + KeyFile::kNonceBytes + KeyFile::kWrappedBytes + kChecksumBytes;
// More than any version writes; a larger number in a file would only stall the tablet.
constexpr PinCost kCostMax{1024 * 1024, 64};

// One word for each use of the device secret, so that no two uses share a key.
constexpr std::string_view kForChecksum = "ruhu key file checksum";
constexpr std::string_view kForWrapWithoutPin = "ruhu wrap without pin";
constexpr std::string_view kForWrapWithPin = "ruhu wrap with pin";

const unsigned char* in(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* out(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

void append_u32(std::string& to, std::uint32_t value) {
  for (unsigned shift = 0; shift < 32; shift += 8) to += static_cast<char>((value >> shift) & 0xFFU);
}

/// Takes the fields off the front of a file whose whole length was checked.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}
  std::string_view take(std::size_t count) {
    const auto taken = left_.substr(0, count);
    left_.remove_prefix(count);
    return taken;
  }
  std::uint32_t take_u32() {
    const auto bytes = take(4);
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) value = (value << 8U) | static_cast<unsigned char>(bytes[i]);
    return value;
  }

 private:
  std::string_view left_;
};

/// BLAKE2b, 32 bytes, keyed by the device secret.
std::string keyed_hash(std::string_view device_secret, std::string_view use, std::string_view bytes) {
  RUHU_ASSERT(device_secret.size() == kDeviceSecretBytes);
  crypto_generichash_state state;
  std::string hash(kKeyBytes, '\0');
  crypto_generichash_init(&state, in(device_secret), device_secret.size(), hash.size());
  crypto_generichash_update(&state, in(use), use.size());
  crypto_generichash_update(&state, in(bytes), bytes.size());
  crypto_generichash_final(&state, out(hash), hash.size());
  sodium_memzero(&state, sizeof state);
  return hash;
}

Secret as_secret(std::string&& bytes) {
  Secret secret{bytes};
  sodium_memzero(bytes.data(), bytes.size());
  return secret;
}

Result<Secret> wrapping_key(const KeyFile& file, std::string_view pin, std::string_view device_secret) {
  if (file.with == WrapWith::device_secret) return as_secret(keyed_hash(device_secret, kForWrapWithoutPin, file.salt));
  static_assert(KeyFile::kSaltBytes == crypto_pwhash_SALTBYTES);
  std::string stretched(kKeyBytes, '\0');
  const int failed =
      crypto_pwhash(out(stretched), stretched.size(), pin.data(), pin.size(), in(file.salt), file.cost.passes,
                    std::size_t{file.cost.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) return make_error(Errc::key_store_failed, "no memory to check the PIN");
  const Secret from_pin = as_secret(std::move(stretched));
  return as_secret(keyed_hash(device_secret, kForWrapWithPin, from_pin.view()));
}

std::string encode_without_checksum(const KeyFile& file) {
  std::string bytes{kMagic};
  bytes += static_cast<char>(file.with);
  append_u32(bytes, file.cost.memory_kib);
  append_u32(bytes, file.cost.passes);
  append_u32(bytes, file.wrong_pins);
  return bytes + file.salt + file.nonce + file.wrapped;
}

}  // namespace

std::string encode_key_file(const KeyFile& file, std::string_view device_secret) {
  std::string bytes = encode_without_checksum(file);
  bytes += keyed_hash(device_secret, kForChecksum, bytes);
  RUHU_ASSERT(bytes.size() == kFileBytes);
  return bytes;
}

Result<KeyFile> decode_key_file(std::string_view bytes, std::string_view device_secret) {
  const auto damaged = [](const char* why) { return make_error(Errc::key_store_failed, why); };
  if (device_secret.size() != kDeviceSecretBytes) return damaged("device secret has a wrong length");
  if (bytes.size() != kFileBytes) return damaged("key file has a wrong length");
  const auto body = bytes.substr(0, kFileBytes - kChecksumBytes);
  const auto checksum = keyed_hash(device_secret, kForChecksum, body);
  if (!equal_constant_time(checksum, bytes.substr(body.size()))) return damaged("key file fails its checksum");

  Reader reader(body);
  if (reader.take(kMagic.size()) != kMagic) return damaged("not a key file of this version");
  KeyFile file;
  file.with = static_cast<WrapWith>(reader.take(1).front());
  file.cost.memory_kib = reader.take_u32();
  file.cost.passes = reader.take_u32();
  file.wrong_pins = reader.take_u32();
  file.salt = reader.take(KeyFile::kSaltBytes);
  file.nonce = reader.take(KeyFile::kNonceBytes);
  file.wrapped = reader.take(KeyFile::kWrappedBytes);
  if (file.with != WrapWith::device_secret && file.with != WrapWith::pin) return damaged("unknown way of wrapping");
  const bool cost_sane = file.cost.memory_kib <= kCostMax.memory_kib && file.cost.passes <= kCostMax.passes;
  if (!cost_sane) return damaged("PIN cost out of bounds");
  return file;
}

Result<KeyFile> wrap_keys(const Keys& keys, std::string_view pin, PinCost cost, std::string_view device_secret) {
  static_assert(KeyFile::kNonceBytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  static_assert(KeyFile::kWrappedBytes == 2 * kKeyBytes + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  RUHU_ASSERT(keys.database_key.view().size() == kKeyBytes && keys.signing_seed.view().size() == kKeyBytes);
  KeyFile file;
  file.with = pin.empty() ? WrapWith::device_secret : WrapWith::pin;
  file.cost = cost;
  file.salt = random_bytes(KeyFile::kSaltBytes);
  file.nonce = random_bytes(KeyFile::kNonceBytes);
  file.wrapped.resize(KeyFile::kWrappedBytes);
  RUHU_TRY(const Secret key, wrapping_key(file, pin, device_secret));

  std::string plain;
  plain.reserve(2 * kKeyBytes);
  plain.append(keys.database_key.view()).append(keys.signing_seed.view());
  crypto_aead_xchacha20poly1305_ietf_encrypt(out(file.wrapped), nullptr, in(plain), plain.size(), nullptr, 0, nullptr,
                                             in(file.nonce), in(key.view()));
  sodium_memzero(plain.data(), plain.size());
  return file;
}

Result<Keys> unwrap_keys(const KeyFile& file, std::string_view pin, std::string_view device_secret) {
  const bool pin_given = !pin.empty();
  if (pin_given != (file.with == WrapWith::pin)) return make_error(Errc::pin_wrong);
  RUHU_TRY(const Secret key, wrapping_key(file, pin, device_secret));
  std::string plain(2 * kKeyBytes, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      out(plain), nullptr, nullptr, in(file.wrapped), file.wrapped.size(), nullptr, 0, in(file.nonce), in(key.view()));
  if (failed != 0) return make_error(Errc::pin_wrong);
  const Secret both = as_secret(std::move(plain));
  return Keys{Secret{both.view().substr(0, kKeyBytes)}, Secret{both.view().substr(kKeyBytes)}};
}

}  // namespace ruhu
