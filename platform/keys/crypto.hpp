#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/result.hpp"
#include "platform/keys/secret.hpp"

namespace ruhu {

// Bytes travel as std::string; their length stands beside each function.

std::string sha256(std::string_view bytes);   ///< 32 bytes.
std::string random_bytes(std::size_t count);  ///< From the operating system; good for keys.
/// True for equal bytes; takes the same time wherever they differ. Lengths are not secret.
bool equal_constant_time(std::string_view a, std::string_view b);

std::string to_hex(std::string_view bytes);                        ///< Lower case.
std::optional<std::string> from_hex(std::string_view text);        ///< Nothing for odd length or another character.
std::string to_base64(std::string_view bytes);                     ///< With padding, as pins are written.
std::string to_base64url(std::string_view bytes);                  ///< Without padding.
std::optional<std::string> from_base64url(std::string_view text);  ///< Nothing for padding, blanks, other characters.

/// A code for people to read out and type: digits and capitals without I, L, O and U, in groups of four
/// joined by dashes ("7KQ2-M0XD"). Five bits a character. `characters` counts without dashes.
std::string make_readable_code(std::size_t characters);
/// The code as made, from what somebody typed: any case, blanks or dashes anywhere, O for 0, I or L for 1.
/// Nothing when a character cannot be meant or there is none.
std::optional<std::string> normalise_readable_code(std::string_view typed);

/// The private half of an Ed25519 pair.
class SigningKey {
 public:
  static constexpr std::size_t kSeedBytes = 32;
  static constexpr std::size_t kPublicKeyBytes = 32;
  static constexpr std::size_t kSignatureBytes = 64;

  static SigningKey generate();
  static SigningKey from_seed(std::string_view seed);  ///< The same 32 bytes give the same pair.

  const std::string& public_key() const { return public_key_; }  ///< 32 bytes.
  std::string sign(std::string_view bytes) const;                ///< 64 bytes.
  /// What seal_box has closed for this key. malformed_message: it was closed for another, or was changed.
  Result<std::string> open_box(std::string_view box) const;

 private:
  SigningKey() = default;
  Secret secret_key_;
  std::string public_key_;
};

/// Closes bytes so that only who has the private half of this Ed25519 key can read them; nobody learns who closed them.
/// malformed_message: the key is none. A box is kBoxBytes longer than its content.
Result<std::string> seal_box(std::string_view public_key, std::string_view bytes);
inline constexpr std::size_t kBoxBytes = 48;

/// False also for a key or signature of the wrong length.
bool verify_signature(std::string_view public_key, std::string_view bytes, std::string_view signature);

}  // namespace ruhu
