#include "app/cli/options.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>

namespace ruhu::cli {
namespace {

CLI::App* add_command(CLI::App& app, Parsed& parsed, const char* name, const char* help) {
  CLI::App* command = app.add_subcommand(name, help);
  command->add_option("--data", parsed.args.data, "数据目录 data folder")->required();
  command->add_flag("--json", parsed.args.json, "输出 JSON / print JSON");
  return command;
}

void add_commands(CLI::App& app, Parsed& parsed) {
  Args& args = parsed.args;
  auto* enrol = add_command(app, parsed, "enrol", "登记这台平板 enrol this tablet with a one-time code");
  enrol->add_option("--server", args.server, "平台地址 address of the platform")->required();
  enrol->add_option("--code", args.code, "登记码 one-time code")->required();
  enrol->add_option("--pin", args.pin, "口令(建议用环境变量 RUHU_PIN) PIN, better given as RUHU_PIN");
  enrol->final_callback([&] { parsed.command = run_enrol; });

  auto* sync = add_command(app, parsed, "sync", "同步到完成 sync to the end");
  sync->add_flag("--metered", args.metered, "按流量计费:不传照片原图 costly network: no originals of photos");
  sync->final_callback([&] { parsed.command = run_sync; });

  auto* edit = add_command(app, parsed, "edit", "按行保存 save NDJSON lines");
  edit->add_option("--ndjson", args.ndjson, "FILE | -")->required();
  edit->final_callback([&] { parsed.command = run_edit; });

  auto* get = add_command(app, parsed, "get", "读取一条记录 show one record");
  get->add_option("KIND", args.kind)->required();
  get->add_option("ID", args.id)->required();
  get->final_callback([&] { parsed.command = run_get; });

  auto* list = add_command(app, parsed, "list", "列出记录 list records");
  list->add_option("KIND", args.kind)->required();
  list->add_option("--where", args.where, "FIELD=VALUE, repeatable");
  list->final_callback([&] { parsed.command = run_list; });

  auto* search = add_command(app, parsed, "search", "查找 search by name, pinyin, initials, address, last digits");
  search->add_option("TEXT", args.text)->required();
  search->final_callback([&] { parsed.command = run_search; });

  add_command(app, parsed, "status", "待传、结果、冲突、进度 queue, results, conflicts, cursors")->final_callback([&] {
    parsed.command = run_status;
  });
  auto* history = add_command(app, parsed, "history", "一条记录的来龙去脉 what a record holds and held");
  history->add_option("KIND", args.kind)->required();
  history->add_option("ID", args.id)->required();
  history->add_option("--on", args.on, "YYYY-MM-DD: 当天结束时的样子 as it was at the end of that day");
  history->final_callback([&] { parsed.command = run_history; });

  add_command(app, parsed, "doctor", "检查数据是否完好 is the data sound, and what is safe")->final_callback([&] {
    parsed.command = run_doctor;
  });
  auto* backup = add_command(app, parsed, "backup", "备份 copy the records to a file, under this tablet's key");
  backup->add_option("FILE", args.file)->required();
  backup->final_callback([&] { parsed.command = run_backup; });
  auto* restore = add_command(app, parsed, "restore", "恢复损坏的数据 put a backup in the place of damaged records");
  restore->add_option("FILE", args.file)->required();
  restore->final_callback([&] { parsed.command = run_restore; });

  add_command(app, parsed, "audit", "核对账目 prove that every change is accounted for")->final_callback([&] {
    parsed.command = run_audit;
  });
}

void add_attachment_commands(CLI::App& app, Parsed& parsed) {
  Args& args = parsed.args;
  auto* attach = add_command(app, parsed, "attach", "保存一张照片,供记录引用 keep a photo for a record to refer to");
  attach->add_option("FILE", args.file, "JPEG | PNG")->required();
  attach->final_callback([&] { parsed.command = run_attach; });

  auto* attachment = add_command(app, parsed, "attachment", "取出一张照片 write one photo to a file");
  attachment->add_option("ID", args.id)->required();
  attachment->add_option("--out", args.file, "FILE")->required();
  attachment->add_flag("--thumbnail", args.thumbnail, "缩略图 the small one");
  attachment->final_callback([&] { parsed.command = run_attachment; });

  auto* attachments = add_command(app, parsed, "attachments", "照片用量和上限 what photos take, and their quota");
  attachments->add_option("--quota", args.quota_mib, "MiB")->check(CLI::Range(0, 1 << 20));
  attachments->add_flag("--forget", args.forget, "不要未被引用的照片 drop photos kept by attach that no record uses");
  attachments->final_callback([&] { parsed.command = run_attachments; });
}

void add_handover_commands(CLI::App& app, Parsed& parsed) {
  Args& args = parsed.args;
  auto* handover = app.add_subcommand("handover", "没有网络时交接 hand changes over without a network");
  handover->require_subcommand(1);
  auto* out = add_command(*handover, parsed, "export", "把未上传的改动写成交接文件 write what is unsent to a file");
  out->add_option("FILE", args.file)->required();
  out->final_callback([&] { parsed.command = run_handover_export; });
  auto* in =
      add_command(*handover, parsed, "import", "收下交接文件 take a file of another tablet along, or its answers");
  in->add_option("FILE", args.file)->required();
  in->final_callback([&] { parsed.command = run_handover_import; });
  auto* listen = add_command(*handover, parsed, "listen", "在局域网上收取 take over the local network, until stopped");
  listen->add_option("--listen", args.address, "HOST:PORT")->required();
  listen->final_callback([&] { parsed.command = run_handover_listen; });
  auto* send = add_command(*handover, parsed, "send", "在局域网上交给另一台平板 give over the local network");
  send->add_option("--to", args.address, "HOST:PORT")->required();
  send->final_callback([&] { parsed.command = run_handover_send; });
}

void add_window_options(CLI::App& app, WindowArgs& window) {
  app.add_option("--data", window.data, "数据目录 data folder");
  app.add_option("--lang", window.lang, "zh-CN | en");
  app.add_option("--scale", window.scale, "文字大小 text scale, 1.0 to 2.0");
  app.add_option("--drive", window.drive, "STEPS.jsonl");
  app.add_option("--shots", window.shots, "DIR");
  app.add_option("--size", window.size, "WIDTHxHEIGHT")->capture_default_str();
}

}  // namespace

Parsed parse(int argc, char** argv) {
  Parsed parsed;
  CLI::App app{"入户 Ruhu — 入户走访 door-to-door visits, with or without a connection", "ruhu"};
  add_window_options(app, parsed.window);
  add_commands(app, parsed);
  add_attachment_commands(app, parsed);
  add_handover_commands(app, parsed);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    parsed.exit_code = app.exit(error) == 0 ? 0 : 2;
    return parsed;
  }
  if (const char* pin = std::getenv("RUHU_PIN"); pin != nullptr && parsed.args.pin.empty()) parsed.args.pin = pin;
  if (!parsed.window.lang.empty()) parsed.args.lang = parse_lang(parsed.window.lang);
  return parsed;
}

}  // namespace ruhu::cli
