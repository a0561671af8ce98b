#pragma once
#include <filesystem>

#include "platform/base/clock.hpp"
#include "platform/base/random.hpp"
#include "platform/base/result.hpp"

// A platform's data in a folder of their own, and back. A backup holds keys and both realms: who has it has everything.
namespace ruhu::server {

/// Copies the platform into a folder that is empty or not there, while it is in use. already_enrolled: the folder has
/// a platform or backup in it.
Status back_up_platform(const std::filesystem::path& data, const std::filesystem::path& backup, Clock& clock,
                        Random& random);

/// Puts a backup in the place of the platform's data, or into an empty folder. What stood there stays beside it under
/// another name. Every realm begins a new epoch: tablets then send again what the backup does not have.
/// database_busy: a server is running on it. file_missing: no backup there. backup_unfit: damaged, or of
/// another platform. Until everything has been
/// checked nothing is changed.
Status restore_platform(const std::filesystem::path& data, const std::filesystem::path& backup, Clock& clock,
                        Random& random);

}  // namespace ruhu::server
