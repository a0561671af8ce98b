#pragma once
#include <string_view>

#include "platform/base/error.hpp"

namespace ruhu {

enum class LogLevel : unsigned char { debug, info, warning, error };

/// One line to standard error. Never personal data: ids and codes only.
void log_line(LogLevel level, std::string_view message);
void log_error(std::string_view what, const Error& error);
/// Lines below the level are dropped. Default: warning.
void set_log_level(LogLevel level);

}  // namespace ruhu
