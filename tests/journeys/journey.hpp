#pragma once
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace ruhu::journeys {

using Json = nlohmann::json;
using test::Ended;

/// The one object that a program printed with --json. Fails the test when it is not one.
Json parsed(const Ended& ended);
/// One object a line.
std::vector<Json> parsed_lines(std::string_view text);

/// Fails the test unless the program ended with exit code 1, complained in Chinese and in English, and gave the error's
/// key with --json.
void check_refused(const Ended& ended, std::string_view key);

/// A data folder of ruhu-server with the smallest demo community, and the process that serves it.
class PlatformFolder {
 public:
  explicit PlatformFolder(std::string data);

  /// Serves from now on: on a free port the first time, on the same port ever after.
  void start();
  void serve_on(std::uint16_t port) {
    port_ = port;
    start();
  }
  void stop();  ///< As an administrator does: asks it to end, and it ends cleanly.
  void kill() { process_->kill(); }

  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  const std::string& grid() const { return grid_; }  ///< The first grid's code.
  const std::string& data() const { return data_; }

  /// `ruhu-server COMMAND --data … …` to its end; serving or not.
  Ended run(const std::string& command, const std::vector<std::string>& more = {}, std::string_view input = {}) const;
  Json json(const std::string& command, const std::vector<std::string>& more = {}) const;
  /// A one-time code for the first grid.
  std::string new_code(const std::string& name, const std::vector<std::string>& more = {}) const;
  std::string exported(const std::string& what, const std::vector<std::string>& more = {}) const;
  std::vector<Json> records(const std::string& kind) const;
  /// Null when there is none; fails the test when there is more than one.
  Json record(const std::string& kind, const std::string& id) const;

 private:
  std::string data_;
  std::string grid_;
  std::uint16_t port_ = 0;
  std::unique_ptr<test::Process> process_;
};

/// A data folder of ruhu.
class TabletFolder {
 public:
  explicit TabletFolder(std::string data, std::string pin = "") : data_(std::move(data)), pin_(std::move(pin)) {}

  const std::string& data() const { return data_; }
  std::string file(std::string_view name) const { return data_ + "/" + std::string(name); }
  test::Launch launch(const std::string& command, const std::vector<std::string>& more = {}) const;
  Ended run(const std::string& command, const std::vector<std::string>& more = {}, std::string_view input = {}) const;
  /// With --json, and must end with exit code 0.
  Json json(const std::string& command, const std::vector<std::string>& more = {}) const;
  /// With --json, whatever becomes of it.
  Ended attempt(const std::string& command, std::vector<std::string> more = {}) const;

  Ended enrol(const std::string& url, const std::string& code) const;
  /// What it printed, line by line.
  std::vector<Json> edit(const std::vector<Json>& lines) const;
  Json get(const std::string& kind, const std::string& id) const;
  Json status() const;
  /// `ruhu handover export|import FILE`; the first must go well.
  Json handover(const std::string& what, const std::string& file) const;
  Ended attempt_handover(const std::string& what, const std::string& file) const;
  bool audit_ok() const { return attempt("audit").exit_code == 0; }

 private:
  std::string data_;
  std::string pin_;
};

/// A platform that serves, and tablets enrolled there that have everything.
struct Journey {
  test::TemporaryFolder folder;
  PlatformFolder platform{folder.file("server")};

  Journey() { platform.start(); }
  TabletFolder enrolled(const std::string& name, const std::vector<std::string>& more = {});
};

}  // namespace ruhu::journeys
