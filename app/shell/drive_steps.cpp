#include "app/shell/drive_steps.hpp"

#include <optional>

#include <nlohmann/json.hpp>

#include "platform/base/text.hpp"

namespace ruhu {
namespace {

using Json = nlohmann::json;

std::string text_in(const Json& step, const char* key) {
  const auto at = step.find(key);
  return at != step.end() && at->is_string() ? at->get<std::string>() : std::string{};
}
float number_in(const Json& step, const char* key) {
  const auto at = step.find(key);
  return at != step.end() && at->is_number() ? at->get<float>() : 0.0F;
}

std::optional<DriveAction> action_of(const Json& step) {
  const auto is = [&](const char* key) { return !text_in(step, key).empty(); };
  if (is("tap")) return TapStep{text_in(step, "tap")};
  if (step.contains("type") && is("into")) return TypeStep{text_in(step, "type"), text_in(step, "into")};
  if (is("drag")) return DragStep{text_in(step, "drag"), number_in(step, "dx"), number_in(step, "dy")};
  if (is("wait")) return WaitStep{text_in(step, "wait")};
  if (is("expect")) return ExpectStep{text_in(step, "expect"), text_in(step, "text")};
  if (is("expect_absent")) return AbsentStep{text_in(step, "expect_absent")};
  if (is("shot")) return ShotStep{text_in(step, "shot")};
  if (is("key")) return KeyStep{text_in(step, "key")};
  const auto offline = step.find("offline");
  if (offline != step.end() && offline->is_boolean()) return OfflineStep{offline->get<bool>()};
  return std::nullopt;
}

}  // namespace

Result<std::vector<DriveStep>> parse_drive_steps(std::string_view script) {
  std::vector<DriveStep> steps;
  int line = 0;
  for (const std::string_view raw : split(script, '\n')) {
    ++line;
    const std::string_view text = trim(raw);
    if (text.empty() || text.front() == '#') continue;
    const Json step = Json::parse(text, nullptr, false);
    const auto action = step.is_object() ? action_of(step) : std::nullopt;
    if (!action) return make_error(Errc::invalid_json, "no such step in line " + std::to_string(line));
    steps.push_back({line, std::string(text), *action});
  }
  return steps;
}

}  // namespace ruhu
