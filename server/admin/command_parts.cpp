#include "server/admin/command_parts.hpp"

#include <iostream>
#include <nlohmann/json.hpp>

namespace ruhu::server {

SystemClock& command_clock() {
  static SystemClock clock;
  return clock;
}

SystemRandom& command_random() {
  static SystemRandom random;
  return random;
}

Result<std::unique_ptr<Platform>> open_platform(const ServerArgs& args) {
  return Platform::open(args.data, command_clock(), command_random());
}

Result<PlatformStore*> store_of(Platform& platform, const ServerArgs& args) {
  const auto realm = parse_realm(args.realm);
  if (!realm) return make_error(Errc::usage, "realm");
  return &platform.store(*realm);
}

void print(const ServerArgs& args, const nlohmann::ordered_json& json, const std::string& words) {
  std::cout << (args.json ? json.dump() : words) << std::endl;
}

}  // namespace ruhu::server
