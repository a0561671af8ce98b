#include "app/state/gate.hpp"

#include "platform/base/text.hpp"

namespace ruhu {

std::vector<Finding> check_welcome(const WelcomeInput& input) {
  std::vector<Finding> found;
  const auto add = [&](const char* field, const char* key) { found.push_back({Strength::error, field, key}); };
  if (trim(input.server).empty()) add("server", "welcome.finding.server");
  if (trim(input.code).empty()) add("code", "welcome.finding.code");
  if (!input.pin.empty() && input.pin.size() < kPinDigitsMin)
    add("pin", "welcome.finding.pin_short");
  else if (input.pin.size() > kPinDigitsMax)
    add("pin", "welcome.finding.pin_long");
  else if (input.pin != input.pin_again)
    add("pin_again", "welcome.finding.pin_again");
  return found;
}

std::string server_address(std::string_view typed) {
  const std::string address(trim(typed));
  return address.empty() || address.find("://") != std::string::npos ? address : "https://" + address;
}

}  // namespace ruhu
