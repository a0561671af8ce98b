#pragma once
#include <string>
#include <string_view>

#include "platform/base/result.hpp"
#include "storage/model/identity.hpp"

namespace ruhu {

std::string encode_identity(const Identity& identity);
Result<Identity> decode_identity(std::string_view bytes);

}  // namespace ruhu
