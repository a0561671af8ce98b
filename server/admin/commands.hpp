#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/result.hpp"

namespace ruhu::server {

/// What `ruhu-server COMMAND …` was asked to do. Each command reads the fields that it names in its help.
struct ServerArgs {
  std::string data;
  bool json = false;
  std::string listen = "127.0.0.1:8443";
  std::string tls_cert;
  std::string tls_key;
  bool insecure = false;  ///< serve: plain HTTP on an address that others can reach.
  std::string role = "worker";
  std::string name;
  std::vector<std::string> grids;
  std::string realm = "live";
  std::string what = "records";
  std::string kind;
  std::string ndjson;
  std::string csv;
  bool dry_run = false;
  std::uint64_t conflict = 0;  ///< resolve: of a conflict or a case.
  std::string take;            ///< resolve: "mine" or "theirs", or what may be said of a case; empty: `value`.
  std::string keep;            ///< resolve: id of the record of a case that stays.
  bool undo = false;           ///< resolve: take the decision back.
  std::string value;
  std::string by;
  std::string reason;
  bool all = false;          ///< conflicts: the decided ones, too.
  std::string backup;        ///< backup, restore: the other folder.
  bool retry = false;        ///< quarantine: try everything now.
  std::uint32_t tablet = 0;  ///< assign.
  bool nothing = false;      ///< assign: no grid at all.
  std::uint64_t seed = 1;
  std::string size = "xilinsi";
  std::string today =
      "2026-03-02";  ///< demo: the day on which its story stands; fixed, so that a seed means one community.
};

// Each prints its result on standard output and gives an error for main to print. True: exit 0; false: exit 1.
Result<bool> run_init(const ServerArgs& args);
Result<bool> run_demo(const ServerArgs& args);
Result<bool> run_enrol(const ServerArgs& args);
Result<bool> run_tablets(const ServerArgs& args);
Result<bool> run_assign(const ServerArgs& args);
Result<bool> run_serve(const ServerArgs& args);
Result<bool> run_conflicts(const ServerArgs& args);
Result<bool> run_resolve(const ServerArgs& args);
Result<bool> run_quarantine(const ServerArgs& args);
Result<bool> run_audit(const ServerArgs& args);
Result<bool> run_backup(const ServerArgs& args);
Result<bool> run_restore(const ServerArgs& args);
Result<bool> run_import(const ServerArgs& args);
Result<bool> run_export(const ServerArgs& args);

}  // namespace ruhu::server
