#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>

#include "platform/base/log.hpp"
#include "platform/base/texts.hpp"
#include "server/admin/commands.hpp"

namespace {

using ruhu::server::ServerArgs;
using Run = std::function<ruhu::Result<bool>(const ServerArgs&)>;

CLI::App* add_command(CLI::App& app, ServerArgs& args, const char* name, const char* help) {
  CLI::App* command = app.add_subcommand(name, help);
  command->add_option("--data", args.data, "数据目录 data folder")->required();
  command->add_flag("--json", args.json, "输出 JSON / print JSON");
  return command;
}

void add_realm(CLI::App* command, ServerArgs& args) {
  command->add_option("--realm", args.realm, "live | practice")->capture_default_str();
}

/// What a data clerk works with.
void add_desk_commands(CLI::App& app, ServerArgs& args, Run& run) {
  using namespace ruhu::server;
  auto* conflicts = add_command(app, args, "conflicts", "列出冲突 list conflicts with both values");
  add_realm(conflicts, args);
  conflicts->add_flag("--all", args.all, "含已处理的 the decided ones, too");
  conflicts->final_callback([&] { run = run_conflicts; });

  auto* resolve = add_command(app, args, "resolve", "处理冲突 decide a conflict or case");
  resolve->add_option("conflict", args.conflict, "编号 number of the conflict or case")->required();
  auto* take = resolve->add_option("--take", args.take,
                                   "冲突 of a conflict: mine | theirs; 其他见列表 of a case: as the list says");
  auto* value = resolve->add_option("--value", args.value, "采用另一个值 another value")->excludes(take);
  resolve->add_option("--keep", args.keep, "保留的记录 id of the record that stays");
  resolve->add_flag("--undo", args.undo, "撤销决定 take the decision back")->excludes(take)->excludes(value);
  resolve->add_option("--by", args.by, "处理人 who decides")->required();
  resolve->add_option("--reason", args.reason, "理由 why")->required();
  add_realm(resolve, args);
  resolve->final_callback([&] { run = run_resolve; });

  auto* quarantine =
      add_command(app, args, "quarantine", "列出暂未并入的修改 list changes that were set aside, and why");
  add_realm(quarantine, args);
  quarantine->add_flag("--retry", args.retry, "现在全部重试 try them all now");
  quarantine->final_callback([&] { run = run_quarantine; });
}

void add_tablet_commands(CLI::App& app, ServerArgs& args, Run& run) {
  using namespace ruhu::server;
  auto* tablets = add_command(app, args, "tablets", "列出平板 list tablets and what they may have");
  add_realm(tablets, args);
  tablets->final_callback([&] { run = run_tablets; });

  auto* assign = add_command(app, args, "assign", "调整平板的网格 give a tablet other grids, or none");
  assign->add_option("--tablet", args.tablet, "编号 its number")->required();
  assign->add_option("--grid", args.grids, "网格编码 grid code, own grid first, repeatable");
  assign->add_flag("--nothing", args.nothing, "收回全部网格 take every grid from it");
  add_realm(assign, args);
  assign->final_callback([&] { run = run_assign; });
}

void add_commands(CLI::App& app, ServerArgs& args, Run& run) {
  using namespace ruhu::server;
  add_command(app, args, "init", "建立平台 make an empty platform")->final_callback([&] { run = run_init; });

  auto* demo = add_command(app, args, "demo", "建立演示社区 make a platform with an invented community");
  demo->add_option("--seed", args.seed, "同一种子,同样数据 same seed, same data")->capture_default_str();
  demo->add_option("--size", args.size, "tiny | xilinsi | city")->capture_default_str();
  demo->add_option("--today", args.today, "故事里的今天 the day of the story, YYYY-MM-DD")->capture_default_str();
  demo->final_callback([&] { run = run_demo; });

  auto* enrol = add_command(app, args, "enrol", "发登记码 issue a one-time code for a tablet");
  enrol->add_option("--role", args.role, "worker | clerk | lead | trainer | …")->capture_default_str();
  enrol->add_option("--grid", args.grids, "网格编码 grid code, repeatable");
  enrol->add_option("--name", args.name, "姓名 name of the account");
  add_realm(enrol, args);
  enrol->final_callback([&] { run = run_enrol; });

  auto* serve = add_command(app, args, "serve", "运行平台服务 serve tablets");
  serve->add_option("--listen", args.listen, "HOST:PORT")->capture_default_str();
  serve->add_option("--tls-cert", args.tls_cert, "PEM");
  serve->add_option("--tls-key", args.tls_key, "PEM");
  serve->add_flag("--insecure", args.insecure, "允许非本机明文 allow plain HTTP beyond this machine");
  serve->final_callback([&] { run = run_serve; });

  add_command(app, args, "audit", "核对账目 prove that every op is accounted for")->final_callback([&] {
    run = run_audit;
  });

  auto* backup = add_command(app, args, "backup", "备份平台 copy everything, keys included, into an empty folder");
  backup->add_option("folder", args.backup, "备份目录 folder of the backup")->required();
  backup->final_callback([&] { run = run_backup; });

  auto* restore = add_command(app, args, "restore", "恢复备份 put a backup in the place of the data");
  restore->add_option("folder", args.backup, "备份目录 folder of the backup")->required();
  restore->final_callback([&] { run = run_restore; });

  auto* import = add_command(app, args, "import", "导入 NDJSON 或 CSV import records");
  import->add_option("--ndjson", args.ndjson, "FILE | -");
  import->add_option("--csv", args.csv, "FILE | -, with --kind");
  import->add_option("--kind", args.kind, "CSV 中记录的类别 what the rows of the CSV are");
  import->add_flag("--dry-run", args.dry_run, "只检查不保存 check only");
  add_realm(import, args);
  import->final_callback([&] { run = run_import;
});

auto* export_ = add_command(app, args, "export", "导出 NDJSON 或 CSV export");
export_->add_option("--what", args.what, "records | ops | conflicts | attachments")->capture_default_str();
export_->add_option("--kind", args.kind, "只导出该类 only this kind");
export_->add_option("--ndjson", args.ndjson, "FILE | -");
export_->add_option("--csv", args.csv, "FILE | -: records of one kind as a table");
add_realm(export_, args);
export_->final_callback([&] { run = run_export; });
}  // namespace

int complain(const ruhu::Error& error, const ServerArgs& args) {
  std::cerr << "ruhu-server: " << ruhu::error_text_both(error.code);
  if (!error.detail.empty()) std::cerr << " [" << error.detail << "]";
  std::cerr << std::endl;
  if (args.json) std::cout << R"({"error":")" << ruhu::traits_of(error.code).key << "\"}" << std::endl;
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"入户 Ruhu 平台服务 — reference grid information platform", "ruhu-server"};
  app.require_subcommand(1);
  ServerArgs args;
  Run run;
  add_commands(app, args, run);
  add_desk_commands(app, args, run);
  add_tablet_commands(app, args, run);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const auto done = run(args);
  if (!done.ok()) return complain(done.error(), args);
  return *done ? 0 : 1;
}
