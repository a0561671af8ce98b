#pragma once
#include <filesystem>
#include <memory>
#include <optional>

#include "platform/base/clock.hpp"
#include "platform/base/random.hpp"
#include "platform/keys/crypto.hpp"
#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// One data folder of the server: keys, and a database for each realm.
///   keys/         device secret, database key, signing seed (0600)
///   live.db       the platform's data
///   practice.db   the trainers' data
class Platform {
 public:
  /// Makes a new folder or completes an empty one. already_enrolled when there is a platform in it.
  static Result<std::unique_ptr<Platform>> create(const std::filesystem::path& folder, Clock& clock, Random& random);
  enum class Use : unsigned char {
    shared,
    alone,  ///< database_busy while anybody else has it open.
  };
  /// file_missing when there is no platform in the folder.
  static Result<std::unique_ptr<Platform>> open(const std::filesystem::path& folder, Clock& clock, Random& random,
                                                Use use = Use::shared);
  static std::string file_of(Realm realm);  ///< Of the realm's database in the folder.

  const Dictionary& dictionary() const { return dictionary_; }
  const SigningKey& signing_key() const { return signing_key_; }
  Clock& clock() { return clock_; }
  Random& random() { return random_; }

  PlatformStore& store(Realm realm) { return realm == Realm::live ? *live_ : *practice_; }
  std::vector<PlatformStore*> stores() { return {live_.get(), practice_.get()}; }

 private:
  Platform(std::filesystem::path folder, Clock& clock, Random& random, Dictionary dictionary, SigningKey key)
      : folder_(std::move(folder)),
        clock_(clock),
        random_(random),
        dictionary_(std::move(dictionary)),
        signing_key_(std::move(key)) {}
  static Result<std::unique_ptr<Platform>> open_with(const std::filesystem::path& folder, Clock& clock, Random& random,
                                                     bool create, Use use);
  Result<std::unique_ptr<PlatformStore>> open_store(Realm realm, bool create, Use use);

  std::filesystem::path folder_;
  Clock& clock_;
  Random& random_;
  Dictionary dictionary_;
  SigningKey signing_key_;
  std::string database_key_;
  std::unique_ptr<PlatformStore> live_;
  std::unique_ptr<PlatformStore> practice_;
};

}  // namespace ruhu::server
