#pragma once
#include <stop_token>
#include <string>
#include <string_view>

#include "platform/base/result.hpp"

namespace ruhu {

/// Carries one sealed message to the server and brings back whatever came: the caller checks that it is ours.
class Transport {
 public:
  virtual ~Transport() = default;
  /// offline, timed_out, not_our_server (a status or type that our server never sends), cancelled.
  virtual Result<std::string> exchange(std::string_view sealed_request, std::stop_token stop = {}) = 0;
};

}  // namespace ruhu
