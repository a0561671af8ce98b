#include "platform/keys/crypto.hpp"

#include <sodium.h>

#include "platform/base/assert.hpp"

namespace ruhu {
namespace {

constexpr std::string_view kCodeCharacters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCodeGroup = 4;

const unsigned char* in(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* out(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

/// Safe from any thread and any number of times.
void need_sodium() { RUHU_ASSERT(sodium_init() >= 0); }

std::string encode_base64(std::string_view bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), in(bytes), bytes.size(), variant);
  text.pop_back();  // its end mark
  return text;
}

/// The character that somebody meant; 0 when there is none.
char meant_character(char typed) {
  const char c = typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return kCodeCharacters.find(c) == std::string_view::npos ? '\0' : c;
}

void append_to_code(std::string& code, char c) {
  if (code.size() % (kCodeGroup + 1) == kCodeGroup) code += '-';
  code += c;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(out(hash), in(bytes), bytes.size());
  return hash;
}

std::string random_bytes(std::size_t count) {
  need_sodium();
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string to_hex(std::string_view bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), in(bytes), bytes.size());
  text.pop_back();
  return text;
}

std::optional<std::string> from_hex(std::string_view text) {
  std::string bytes(text.size() / 2, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  const int failed = sodium_hex2bin(out(bytes), bytes.size(), text.data(), text.size(), nullptr, &length, &end);
  if (failed != 0 || end != text.data() + text.size() || length * 2 != text.size()) return std::nullopt;
  return bytes;
}

std::string to_base64(std::string_view bytes) { return encode_base64(bytes, sodium_base64_VARIANT_ORIGINAL); }

std::string to_base64url(std::string_view bytes) {
  return encode_base64(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  const int failed = sodium_base642bin(out(bytes), bytes.size(), text.data(), text.size(), nullptr, &length, &end,
                                       sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
  bytes.resize(length);
  return bytes;
}

std::string make_readable_code(std::size_t characters) {
  std::string code;
  for (const char byte : random_bytes(characters)) {
    append_to_code(code, kCodeCharacters[static_cast<unsigned char>(byte) % kCodeCharacters.size()]);
  }
  return code;
}

std::optional<std::string> normalise_readable_code(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == ' ' || c == '-' || c == '\t') continue;
    const char meant = meant_character(c);
    if (meant == '\0') return std::nullopt;
    append_to_code(code, meant);
  }
  if (code.empty()) return std::nullopt;
  return code;
}

SigningKey SigningKey::generate() {
  const Secret seed{random_bytes(kSeedBytes)};
  return from_seed(seed.view());
}

SigningKey SigningKey::from_seed(std::string_view seed) {
  static_assert(kSeedBytes == crypto_sign_SEEDBYTES && kPublicKeyBytes == crypto_sign_PUBLICKEYBYTES);
  RUHU_ASSERT(seed.size() == kSeedBytes);
  need_sodium();
  SigningKey key;
  key.public_key_.resize(kPublicKeyBytes);
  unsigned char secret[crypto_sign_SECRETKEYBYTES];
  crypto_sign_seed_keypair(out(key.public_key_), secret, in(seed));
  key.secret_key_ = Secret{{reinterpret_cast<const char*>(secret), sizeof secret}};
  sodium_memzero(secret, sizeof secret);
  return key;
}

std::string SigningKey::sign(std::string_view bytes) const {
  static_assert(kSignatureBytes == crypto_sign_BYTES);
  std::string signature(kSignatureBytes, '\0');
  crypto_sign_detached(out(signature), nullptr, in(bytes), bytes.size(), in(secret_key_.view()));
  return signature;
}

Result<std::string> seal_box(std::string_view public_key, std::string_view bytes) {
  static_assert(kBoxBytes == crypto_box_SEALBYTES);
  need_sodium();
  unsigned char key[crypto_box_PUBLICKEYBYTES];
  if (public_key.size() != SigningKey::kPublicKeyBytes ||
      crypto_sign_ed25519_pk_to_curve25519(key, in(public_key)) != 0)
    return make_error(Errc::malformed_message, "public key");
  std::string box(bytes.size() + kBoxBytes, '\0');
  if (crypto_box_seal(out(box), in(bytes), bytes.size(), key) != 0) return make_error(Errc::internal, "box");
  return box;
}

Result<std::string> SigningKey::open_box(std::string_view box) const {
  if (box.size() < kBoxBytes) return make_error(Errc::malformed_message, "box");
  need_sodium();
  unsigned char public_half[crypto_box_PUBLICKEYBYTES];
  unsigned char secret_half[crypto_box_SECRETKEYBYTES];
  const bool ready = crypto_sign_ed25519_pk_to_curve25519(public_half, in(public_key_)) == 0 &&
                     crypto_sign_ed25519_sk_to_curve25519(secret_half, in(secret_key_.view())) == 0;
  std::string bytes(box.size() - kBoxBytes, '\0');
  const bool opened = ready && crypto_box_seal_open(out(bytes), in(box), box.size(), public_half, secret_half) == 0;
  sodium_memzero(secret_half, sizeof secret_half);
  if (!opened) return make_error(Errc::malformed_message, "box");
  return bytes;
}

bool verify_signature(std::string_view public_key, std::string_view bytes, std::string_view signature) {
  if (public_key.size() != SigningKey::kPublicKeyBytes) return false;
  if (signature.size() != SigningKey::kSignatureBytes) return false;
  need_sodium();
  return crypto_sign_verify_detached(in(signature), in(bytes), bytes.size(), in(public_key)) == 0;
}

}  // namespace ruhu
