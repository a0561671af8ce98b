#include "server/admin/commands.hpp"

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "server/admin/audit.hpp"
#include "server/admin/backup.hpp"
#include "server/admin/command_parts.hpp"
#include "server/admin/demo/demo_community.hpp"
#include "server/admin/import.hpp"
#include "server/admin/platform.hpp"
#include "server/attachments/content_json.hpp"
#include "server/auth/enrolment.hpp"
#include "server/desk/desk_list.hpp"
#include "storage/dictionary/validation.hpp"
#include "storage/model/record_csv.hpp"
#include "storage/model/record_json.hpp"
#include "storage/model/value_json.hpp"

namespace ruhu::server {
namespace {

using Json = nlohmann::ordered_json;

/// Runs `use` on the named file, or on standard output for "-".
Status with_output(const std::string& path, const std::function<Status(std::ostream&)>& use) {
  if (path == "-") return use(std::cout);
  std::ofstream file(path, std::ios::binary);
  if (!file) return make_error(Errc::io_failed, "output file");
  RUHU_TRY_DONE(use(file));
  file.flush();
  return file ? Status{} : Status{make_error(Errc::disk_full, "output file")};
}

Result<Instant> day_of(const ServerArgs& args) {
  const auto ms = parse_time(args.today + "T04:00:00Z");
  if (!ms) return make_error(Errc::usage, "today");
  return from_ms(*ms);
}

}  // namespace

Result<bool> run_init(const ServerArgs& args) {
  RUHU_TRY(const auto platform, Platform::create(args.data, command_clock(), command_random()));
  RUHU_TRY(auto* store, store_of(*platform, args));
  const std::string key = to_hex(platform->signing_key().public_key());
  Json json{{"data", args.data}, {"server_key", key}, {"epoch", std::to_string(store->epoch().value)}};
  print(args, json, "平台已建立 / Platform created: " + args.data);
  return true;
}

namespace {

struct DemoFill {
  DemoCounts counts;
  std::vector<std::string> grids;  ///< In the order in which they were made.
};

/// Everything in one transaction: a demo that was cut short leaves nothing.
Result<DemoFill> fill_demo(Platform& platform, Realm realm, const DemoOptions& options) {
  RUHU_TRY(const auto tx, platform.store(realm).begin());
  Importer importer(*tx, platform.dictionary(), platform.clock());
  DemoFill fill;
  Status imported;
  const auto sink = [&](DemoRecord&& record) {
    if (!imported.ok()) return;
    if (record.ref.kind == kinds::grid::kKind)
      for (const Cell& cell : record.cells)
        if (cell.column == kinds::grid::code) fill.grids.emplace_back(text_of(cell.value));
    const auto result = importer.add({record.ref, std::move(record.cells), record.provenance});
    if (!result.ok()) imported = result.error();
    if (result.ok() && result->outcome != OpOutcome::applied) imported = make_error(Errc::internal, result->reason);
  };
  RUHU_TRY(fill.counts, generate_demo(platform.dictionary(), options, sink));
  RUHU_TRY_DONE(imported);
  RUHU_TRY_DONE(importer.finish());
  RUHU_TRY_DONE(tx->commit());
  return fill;
}

}  // namespace

Result<bool> run_demo(const ServerArgs& args) {
  RUHU_TRY(const Instant today, day_of(args));
  RUHU_TRY(const auto platform, Platform::create(args.data, command_clock(), command_random()));
  RUHU_TRY(const DemoFill live,
           fill_demo(*platform, Realm::live, {.seed = args.seed, .size = args.size, .today = today}));
  // Trainers get a small community of their own in the practice realm.
  RUHU_TRY(const DemoFill practice,
           fill_demo(*platform, Realm::practice, {.seed = args.seed + 1, .size = "tiny", .today = today}));
  const DemoCounts& counts = live.counts;
  const Json json{{"grids", live.grids},
                  {"practice_grids", practice.grids},
                  {"micro_grids", counts.micro_grids},
                  {"compounds", counts.compounds},
                  {"households", counts.households},
                  {"persons", counts.persons},
                  {"registered", counts.registered},
                  {"dwellings", counts.dwellings},
                  {"shops", counts.shops},
                  {"visits", counts.visits},
                  {"needs", counts.needs}};
  print(args, json,
        "演示社区已建立 / Demo community created: " + std::to_string(counts.grids) + " 网格 grids, " +
            std::to_string(counts.households) + " 户 households, " + std::to_string(counts.persons) + " 人 people");
  return true;
}

Result<bool> run_enrol(const ServerArgs& args) {
  RUHU_TRY(const auto platform, open_platform(args));
  RUHU_TRY(auto* store, store_of(*platform, args));
  EnrolmentOffer offer{.role = args.role, .name = args.name, .grids = {}};
  for (const auto& code : args.grids) {
    const auto grid = parse_scope_code(code);
    if (!grid) return make_error(Errc::usage, "grid");
    offer.grids.push_back(*grid);
  }
  RUHU_TRY(const auto tx, store->begin());
  RUHU_TRY(const IssuedCode issued, issue_code(*tx, offer, command_clock().now()));
  RUHU_TRY_DONE(tx->commit());
  const std::string until = format_time(to_ms(issued.expires_at));
  print(args, {{"code", issued.code}, {"expires_at", until}},
        "登记码 / Enrolment code: " + issued.code + "  (" + until + ")");
  return true;
}

Result<bool> run_audit(const ServerArgs& args) {
  RUHU_TRY(const auto platform, open_platform(args));
  Json findings = Json::array();
  for (PlatformStore* store : platform->stores()) {
    RUHU_TRY(const auto tx, store->begin());
    RUHU_TRY(const auto found, audit_platform(*tx, platform->dictionary()));
    for (const auto& line : found) findings.push_back(std::string(name_of(store->realm())) + ": " + line);
  }
  std::string words = findings.empty() ? "账目相符 / Every op is accounted for." : "账目不符 / Not accounted for:";
  for (const auto& line : findings) words += "\n  " + line.get<std::string>();
  print(args, {{"ok", findings.empty()}, {"findings", findings}}, words);
  return findings.empty();
}

namespace {

Result<ImportReport> import_table(const ServerArgs& args, PlatformStore& store, const Dictionary& dictionary,
                                  std::istream& in) {
  const KindDef* kind = dictionary.find_kind(args.kind);
  if (kind == nullptr) return make_error(Errc::unknown_kind, args.kind);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return import_csv(store, dictionary, command_clock(), command_random(), *kind, text, args.dry_run);
}

std::string words_of(const ImportReport& report) {
  std::string words = "接收 / accepted: " + std::to_string(report.accepted) + " / " + std::to_string(report.lines);
  for (const std::string& column : report.not_collected)
    words += "\n  未导入的栏目(按规定不采集) / left out, never collected: " + column;
  for (const auto& line : report.refused)
    words += "\n  " + std::to_string(line.line) + ": " + error_text_both(line.code) + " [" + line.detail + "]";
  return words;
}

}  // namespace

Result<bool> run_backup(const ServerArgs& args) {
  RUHU_TRY_DONE(back_up_platform(args.data, args.backup, command_clock(), command_random()));
  print(args, {{"data", args.data}, {"backup", args.backup}},
        "已备份(含密钥,请妥善保管)/ Backed up, keys included, keep it safe: " + args.backup);
  return true;
}

Result<bool> run_restore(const ServerArgs& args) {
  RUHU_TRY_DONE(restore_platform(args.data, args.backup, command_clock(), command_random()));
  RUHU_TRY(const auto platform, open_platform(args));
  print(args,
        {{"data", args.data},
         {"backup", args.backup},
         {"epoch", std::to_string(platform->store(Realm::live).epoch().value)}},
        "已恢复。平板下次同步会补回备份之后的修改,原数据保留在旁边的 .before-… 目录。\n"
        "Restored. On their next sync tablets send again what came after the backup; the data that stood here are "
        "kept beside, in .before-…");
  return true;
}

Result<bool> run_import(const ServerArgs& args) {
  if (args.ndjson.empty() == args.csv.empty()) return make_error(Errc::usage, "--ndjson or --csv");
  RUHU_TRY(const auto platform, open_platform(args));
  RUHU_TRY(auto* store, store_of(*platform, args));
  const std::string& name = args.csv.empty() ? args.ndjson : args.csv;
  std::ifstream file;
  if (name != "-") {
    file.open(name, std::ios::binary);
    if (!file) return make_error(Errc::file_missing, "import file");
  }
  std::istream& in = name == "-" ? std::cin : file;
  RUHU_TRY(const ImportReport report, args.csv.empty() ? import_lines(*store, platform->dictionary(), command_clock(),
                                                                      command_random(), in, args.dry_run)
                                                       : import_table(args, *store, platform->dictionary(), in));
  Json refused = Json::array();
  for (const auto& line : report.refused)
    refused.push_back({{"line", line.line}, {"error", std::string(traits_of(line.code).key)}, {"detail", line.detail}});
  print(args,
        {{"lines", report.lines},
         {"accepted", report.accepted},
         {"dry_run", args.dry_run},
         {"not_collected", report.not_collected},
         {"refused", refused}},
        words_of(report));
  return report.accepted == report.lines;
}

namespace {

Status export_records(PlatformTx& tx, const Dictionary& dictionary, const std::string& only_kind, std::ostream& out) {
  for (const KindDef& kind : dictionary.kinds()) {
    if (!only_kind.empty() && kind.name != only_kind) continue;
    ListOptions page{.where = {}, .after = {}, .limit = 1'000};
    for (;;) {
      RUHU_TRY(const auto records, tx.list_records(kind.no, page));
      if (records.empty()) break;
      for (const Record& record : records) out << record_to_json(kind, record).dump() << '\n';
      page.after = records.back().ref.id;
    }
  }
  return {};
}

Status export_table(PlatformTx& tx, const KindDef& kind, std::ostream& out) {
  out << "\xEF\xBB\xBF" << to_csv(csv_header(kind));  // spreadsheets take a file without the mark for another encoding
  ListOptions page{.where = {}, .after = {}, .limit = 1'000};
  for (;;) {
    RUHU_TRY(const auto records, tx.list_records(kind.no, page));
    if (records.empty()) return {};
    for (const Record& record : records) out << to_csv(to_csv_row(kind, record));
    page.after = records.back().ref.id;
  }
}

Json op_to_json(const Dictionary& dictionary, const StoredOp& op) {
  const KindDef* kind = dictionary.find_kind(op.change.record.kind);
  Json json;
  json["op"] = to_string(op.change.id);
  json["kind"] = kind == nullptr ? std::to_string(op.change.record.kind.value) : kind->name;
  json["id"] = to_string(op.change.record.id);
  json["made_at"] = format_time(to_ms(op.change.made_at.instant()));
  json["received_at"] = format_time(to_ms(op.received_at));
  json["actor"] = op.change.actor.value;
  json["outcome"] = std::string(name_of(op.result.outcome));
  if (!op.result.reason.empty()) json["reason"] = op.result.reason;
  json["version"] = op.result.version.value;
  json["fields"] = Json::object();
  for (const FieldEdit& edit : op.change.fields) {
    const FieldDef* field = kind == nullptr ? nullptr : kind->find(edit.column);
    if (field != nullptr) json["fields"][field->name] = value_to_json(*field, edit.value);
  }
  return json;
}

}  // namespace

Result<bool> run_export(const ServerArgs& args) {
  if (args.ndjson.empty() == args.csv.empty()) return make_error(Errc::usage, "--ndjson or --csv");
  RUHU_TRY(const auto platform, open_platform(args));
  RUHU_TRY(auto* store, store_of(*platform, args));
  const Dictionary& dictionary = platform->dictionary();
  if (!args.kind.empty() && dictionary.find_kind(args.kind) == nullptr)
    return make_error(Errc::unknown_kind, args.kind);
  RUHU_TRY(const auto tx, store->begin());
  if (!args.csv.empty()) {
    const KindDef* kind = dictionary.find_kind(args.kind);
    if (kind == nullptr || args.what != "records") return make_error(Errc::usage, "--csv --what records --kind KIND");
    RUHU_TRY_DONE(with_output(args.csv, [&](std::ostream& out) { return export_table(*tx, *kind, out); }));
    return true;
  }
  RUHU_TRY_DONE(with_output(args.ndjson, [&](std::ostream& out) -> Status {
    if (args.what == "records") return export_records(*tx, dictionary, args.kind, out);
    if (args.what == "ops")
      return tx->each_op([&](const StoredOp& op) -> Status {
        out << op_to_json(dictionary, op).dump() << '\n';
        return {};
      });
    if (args.what == "attachments") return export_contents(*tx, dictionary, out);
    if (args.what != "conflicts") return make_error(Errc::usage, "what");
    RUHU_TRY(const auto all, desk_list(*tx, dictionary, true));
    for (const auto& one : all) out << one.dump() << '\n';
    return {};
  }));
  return true;
}

}  // namespace ruhu::server
