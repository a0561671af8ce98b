#pragma once
#include <functional>
#include <string>

#include "app/cli/cli.hpp"

namespace ruhu::cli {

/// How the window is to be run.
struct WindowArgs {
  std::string data;
  std::string lang;   ///< Empty: as last chosen on this tablet.
  float scale = 0;    ///< 0: as last chosen on this tablet.
  std::string drive;  ///< Steps file; empty: a person drives.
  std::string shots;  ///< Folder for the driver's pictures.
  std::string size = "1280x800";
};

struct Parsed {
  Args args;
  WindowArgs window;
  std::function<Result<int>(const Args&, Tablet::World)> command;  ///< Empty: the window.
  int exit_code = -1;  ///< Not negative: everything was said already (help, wrong usage).
};

Parsed parse(int argc, char** argv);

}  // namespace ruhu::cli
