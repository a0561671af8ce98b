#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/commands/tablet.hpp"
#include "platform/base/result.hpp"
#include "platform/base/texts.hpp"

namespace ruhu::cli {

/// What `ruhu COMMAND …` was asked to do. Each command reads the fields that it names in its help.
struct Args {
  std::string data;
  bool json = false;
  Lang lang = Lang::zh_cn;
  std::string pin;  ///< From --pin or RUHU_PIN.
  std::string server;
  std::string code;
  std::string ndjson = "-";
  std::string kind;
  std::string id;
  std::vector<std::string> where;  ///< "field=value"
  std::string text;
  std::string file;                       ///< Read or written by the command.
  std::string on;                         ///< ISO date; empty: today.
  bool thumbnail = false;                 ///< attachment: the small picture.
  std::optional<std::int64_t> quota_mib;  ///< attachments: the new quota.
  bool forget = false;                    ///< attachments: drop what attach has kept.
  std::string address;                    ///< handover: HOST:PORT to listen on or to send to.
  bool metered = false;                   ///< sync: leave originals of photos for another network.
};

// Each prints its result on standard output and gives an error for main to print. The number is the exit code.
Result<int> run_enrol(const Args& args, Tablet::World world);
Result<int> run_sync(const Args& args, Tablet::World world);
Result<int> run_edit(const Args& args, Tablet::World world);
Result<int> run_get(const Args& args, Tablet::World world);
Result<int> run_list(const Args& args, Tablet::World world);
Result<int> run_search(const Args& args, Tablet::World world);
Result<int> run_attach(const Args& args, Tablet::World world);
Result<int> run_attachment(const Args& args, Tablet::World world);
Result<int> run_attachments(const Args& args, Tablet::World world);
Result<int> run_handover_export(const Args& args, Tablet::World world);
Result<int> run_handover_import(const Args& args, Tablet::World world);
Result<int> run_handover_listen(const Args& args, Tablet::World world);
Result<int> run_handover_send(const Args& args, Tablet::World world);
Result<int> run_status(const Args& args, Tablet::World world);
Result<int> run_audit(const Args& args, Tablet::World world);
Result<int> run_history(const Args& args, Tablet::World world);
Result<int> run_doctor(const Args& args, Tablet::World world);
Result<int> run_backup(const Args& args, Tablet::World world);
Result<int> run_restore(const Args& args, Tablet::World world);

/// On one line with --json, else spread out for people.
void print(const Args& args, const nlohmann::ordered_json& json);
/// One line on standard output, flushed. Text from outside that is not UTF-8 comes out with replacement characters.
void print_line(const nlohmann::ordered_json& json);

/// Prints an error for people (both languages, standard error) and, with --json, for programs (standard output).
void complain(const Args& args, const Error& error);

}  // namespace ruhu::cli
