#pragma once
#include <cstdint>
#include <string_view>

#include "platform/base/clock.hpp"
#include "platform/base/result.hpp"
#include "platform/keys/secret.hpp"

namespace ruhu {

/// What the tablet must keep to itself.
struct Keys {
  Secret database_key;  ///< 32 bytes, raw key of the tablet's database.
  Secret signing_seed;  ///< 32 bytes, seed of the tablet's `SigningKey`.
};

/// What is known about the store without any PIN.
struct KeyStoreState {
  bool exists = false;
  bool has_pin = false;          ///< False: `unlock("")` opens it.
  std::uint32_t wrong_pins = 0;  ///< Wrong PINs since the last right one; survives a restart.
};

/// Keeps the keys wrapped by the worker's PIN. A store that cannot be read is never replaced by a fresh one:
/// the database behind it would be lost.
class KeyStore {
 public:
  virtual ~KeyStore() = default;

  /// Errors: key_store_failed (damaged or unreadable).
  virtual Result<KeyStoreState> state() const = 0;

  /// Makes new keys. An empty PIN means none. Errors: key_store_failed when a store, even a damaged one, is
  /// there or its folder cannot be written; disk_full.
  virtual Result<Keys> create(std::string_view pin) = 0;

  /// Errors: file_missing (no store yet), pin_wrong (counted), key_store_failed (damaged).
  virtual Result<Keys> unlock(std::string_view pin) = 0;

  /// Wraps the same keys anew. An empty new PIN takes the PIN away. Errors as `unlock`, also disk_full; after
  /// an error the old PIN still holds.
  virtual Status change_pin(std::string_view old_pin, std::string_view new_pin) = 0;
};

/// How long the screen waits before it takes the next PIN: nothing for the first three wrong ones, then
/// doubling from 30 s up to one hour. The caller starts this wait at the wrong PIN and again when the app
/// starts.
Millis retry_after(std::uint32_t wrong_pins);

}  // namespace ruhu
