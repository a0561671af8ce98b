#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/base/result.hpp"

// A script of what a finger does, one JSON object a line. Widgets are named by id or alias.
namespace ruhu {

struct TapStep {
  std::string widget;
};  ///< {"tap":"visit.save"}
struct TypeStep {
  std::string text;
  std::string widget;
};  ///< {"type":"张三","into":"person.name"}: replaces what is there.
struct DragStep {
  std::string widget;
  float dx = 0;
  float dy = 0;
};  ///< {"drag":"list.households","dy":-400}, in pixels.
struct WaitStep {
  std::string widget;
};  ///< {"wait":"toast.saved"}
struct ExpectStep {
  std::string widget;
  std::string text;
};  ///< {"expect":"household.title","text":"…"}: label or value holds it.
struct AbsentStep {
  std::string widget;
};  ///< {"expect_absent":"…"}
struct ShotStep {
  std::string name;
};  ///< {"shot":"01-today"}
struct OfflineStep {
  bool offline = true;
};  ///< {"offline":true}
struct KeyStep {
  std::string key;
};  ///< {"key":"Back"}, also Enter, Tab

using DriveAction =
    std::variant<TapStep, TypeStep, DragStep, WaitStep, ExpectStep, AbsentStep, ShotStep, OfflineStep, KeyStep>;

struct DriveStep {
  int line = 0;      ///< In the script, from 1.
  std::string json;  ///< As written.
  DriveAction action;
};

/// Empty lines and lines that begin with # are skipped. Errors name the line.
Result<std::vector<DriveStep>> parse_drive_steps(std::string_view script);

}  // namespace ruhu
