#include "platform/base/log.hpp"

#include <atomic>
#include <cstdio>
#include <string>

namespace ruhu {
namespace {
std::atomic<LogLevel> threshold{LogLevel::warning};
constexpr const char* kNames[] = {"debug", "info", "warning", "error"};
}  // namespace

void set_log_level(LogLevel level) { threshold = level; }

void log_line(LogLevel level, std::string_view message) {
  if (level < threshold.load()) return;
  std::fprintf(stderr, "ruhu %s: %.*s\n", kNames[static_cast<unsigned>(level)], static_cast<int>(message.size()),
               message.data());
}

void log_error(std::string_view what, const Error& error) {
  log_line(LogLevel::error, std::string(what) + ": " + to_log_line(error));
}

}  // namespace ruhu
