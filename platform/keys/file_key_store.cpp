#include "platform/keys/file_key_store.hpp"

#include <algorithm>
#include <utility>

#include "platform/base/log.hpp"
#include "platform/keys/crypto.hpp"
#include "platform/keys/durable_file.hpp"
#include "platform/keys/key_file.hpp"

namespace ruhu {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReadLimit = 4096;

/// Whatever stands between us and an existing store is the store's failure; only a full disk says so itself.
Error store_error(Error error) {
  if (error.code == Errc::disk_full) return error;
  return make_error(Errc::key_store_failed, std::move(error.detail), error.at);
}

class FileKeyStore final : public KeyStore {
 public:
  FileKeyStore(fs::path folder, PinCost cost)
      : folder_(std::move(folder)),
        secret_path_(folder_ / "device.secret"),
        keys_path_(folder_ / "keys.bin"),
        cost_(cost) {}

  Result<KeyStoreState> state() const override;
  Result<Keys> create(std::string_view pin) override;
  Result<Keys> unlock(std::string_view pin) override;
  Status change_pin(std::string_view old_pin, std::string_view new_pin) override;

 private:
  struct Loaded {
    KeyFile file;
    Secret device_secret;
  };

  Result<Loaded> load() const;
  Result<Secret> load_or_make_device_secret();
  Status save(const KeyFile& file, const Secret& device_secret, IfPresent if_present);
  void count_wrong_pins(Loaded& loaded, std::uint32_t count);
  Result<Keys> unlock(Loaded& loaded, std::string_view pin);

  fs::path folder_;
  fs::path secret_path_;
  fs::path keys_path_;
  PinCost cost_;
};

Result<FileKeyStore::Loaded> FileKeyStore::load() const {
  auto bytes = read_small_file(keys_path_, kReadLimit);
  if (!bytes.ok() && bytes.error().code == Errc::file_missing) return make_error(Errc::file_missing, "no key file");
  if (!bytes.ok()) return store_error(std::move(bytes).error());
  auto secret = read_small_file(secret_path_, kDeviceSecretBytes);
  if (!secret.ok()) return store_error(std::move(secret).error());
  Loaded loaded;
  RUHU_TRY(loaded.file, decode_key_file(*bytes, *secret));
  loaded.device_secret = Secret{*secret};
  return loaded;
}

/// A secret without a key file is what a cut during `create` leaves; it has wrapped nothing yet.
Result<Secret> FileKeyStore::load_or_make_device_secret() {
  auto present = read_small_file(secret_path_, kDeviceSecretBytes);
  if (present.ok() && present->size() == kDeviceSecretBytes) return Secret{*present};
  if (present.ok()) return make_error(Errc::key_store_failed, "device secret has a wrong length");
  if (present.error().code != Errc::file_missing) return store_error(std::move(present).error());
  Secret fresh{random_bytes(kDeviceSecretBytes)};
  if (auto done = write_durable_file(secret_path_, fresh.view(), IfPresent::refuse); !done.ok()) {
    return store_error(std::move(done).error());
  }
  return fresh;
}

Status FileKeyStore::save(const KeyFile& file, const Secret& device_secret, IfPresent if_present) {
  auto done = write_durable_file(keys_path_, encode_key_file(file, device_secret.view()), if_present);
  return done.ok() ? Status{} : Status{store_error(std::move(done).error())};
}

Result<KeyStoreState> FileKeyStore::state() const {
  const auto loaded = load();
  if (loaded.ok()) return KeyStoreState{true, loaded->file.with == WrapWith::pin, loaded->file.wrong_pins};
  if (loaded.error().code == Errc::file_missing) return KeyStoreState{};
  return loaded.error();
}

Result<Keys> FileKeyStore::create(std::string_view pin) {
  std::error_code failed;
  const bool present = fs::symlink_status(keys_path_, failed).type() != fs::file_type::not_found;
  if (present) return make_error(Errc::key_store_failed, "a key file is there already");
  if (auto made = make_private_folder(folder_); !made.ok()) return store_error(std::move(made).error());
  RUHU_TRY(const Secret device_secret, load_or_make_device_secret());
  Keys keys{Secret{random_bytes(32)}, Secret{random_bytes(SigningKey::kSeedBytes)}};
  RUHU_TRY(const KeyFile file, wrap_keys(keys, pin, cost_, device_secret.view()));
  RUHU_TRY_DONE(save(file, device_secret, IfPresent::refuse));
  return keys;
}

/// Best effort: a full disk must neither lock out the right PIN nor turn a wrong one into another error.
void FileKeyStore::count_wrong_pins(Loaded& loaded, std::uint32_t count) {
  if (loaded.file.wrong_pins == count) return;
  loaded.file.wrong_pins = count;
  const auto saved = save(loaded.file, loaded.device_secret, IfPresent::replace);
  if (!saved.ok()) log_error("key store: wrong PINs not counted", saved.error());
}

Result<Keys> FileKeyStore::unlock(Loaded& loaded, std::string_view pin) {
  auto keys = unwrap_keys(loaded.file, pin, loaded.device_secret.view());
  if (keys.ok()) {
    count_wrong_pins(loaded, 0);
  } else if (keys.error().code == Errc::pin_wrong && !pin.empty()) {
    count_wrong_pins(loaded, std::max(loaded.file.wrong_pins, loaded.file.wrong_pins + 1));
  }
  return keys;
}

Result<Keys> FileKeyStore::unlock(std::string_view pin) {
  RUHU_TRY(Loaded loaded, load());
  return unlock(loaded, pin);
}

Status FileKeyStore::change_pin(std::string_view old_pin, std::string_view new_pin) {
  RUHU_TRY(Loaded loaded, load());
  RUHU_TRY(const Keys keys, unlock(loaded, old_pin));
  RUHU_TRY(const KeyFile file, wrap_keys(keys, new_pin, cost_, loaded.device_secret.view()));
  return save(file, loaded.device_secret, IfPresent::replace);
}

}  // namespace

Millis retry_after(std::uint32_t wrong_pins) {
  constexpr std::uint32_t kFree = 3;
  constexpr Millis kFirst = std::chrono::seconds{30};
  constexpr Millis kLongest = std::chrono::hours{1};
  if (wrong_pins <= kFree) return Millis{0};
  const std::uint32_t doublings = std::min(wrong_pins - kFree - 1, 10U);
  return std::min(kFirst * (1 << doublings), kLongest);
}

std::unique_ptr<KeyStore> make_file_key_store(fs::path folder, PinCost cost) {
  return std::make_unique<FileKeyStore>(std::move(folder), cost);
}

}  // namespace ruhu
