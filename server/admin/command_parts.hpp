#pragma once
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "platform/base/clock.hpp"
#include "platform/base/random.hpp"
#include "server/admin/commands.hpp"
#include "server/admin/platform.hpp"

// What the commands of `ruhu-server` share.
namespace ruhu::server {

SystemClock& command_clock();
SystemRandom& command_random();

Result<std::unique_ptr<Platform>> open_platform(const ServerArgs& args);
Result<PlatformStore*> store_of(Platform& platform, const ServerArgs& args);
/// The JSON, or the words where no JSON was asked for.
void print(const ServerArgs& args, const nlohmann::ordered_json& json, const std::string& words);

}  // namespace ruhu::server
