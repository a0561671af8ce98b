#include <iostream>
#include <nlohmann/json.hpp>

#include "app/cli/cli.hpp"
#include "storage/maintenance/backup.hpp"
#include "storage/maintenance/examination.hpp"

namespace ruhu::cli {
namespace {

using Json = nlohmann::ordered_json;
using Weight = DoctorFinding::Weight;

constexpr const char* name_of_weight(Weight weight) {
  return weight == Weight::good ? "good" : weight == Weight::note ? "note" : "trouble";
}

std::string text_of_finding(Lang lang, const DoctorFinding& finding) {
  return fill(text(lang, "doctor." + finding.key), {{"n", finding.amount}});
}

Json to_json(const DoctorFinding& finding, Lang lang) {
  Json json{{"finding", finding.key}, {"weight", name_of_weight(finding.weight)}};
  if (!finding.amount.empty()) json["n"] = finding.amount;
  json["text"] = text_of_finding(lang, finding);
  if (!finding.detail.empty()) json["detail"] = finding.detail;
  return json;
}

/// What keeps the database's key from being had is a finding too.
Result<std::vector<DoctorFinding>> examine(const Args& args, const Dictionary& dictionary) {
  const auto options = Tablet::database_of(args.data, args.pin);
  if (options.ok()) return examine_database(*options, dictionary);
  switch (options.error().code) {
    case Errc::pin_wrong: return options.error();
    case Errc::not_enrolled: return std::vector<DoctorFinding>{{Weight::trouble, "no_tablet", {}, {}}};
    default: return std::vector<DoctorFinding>{{Weight::trouble, "no_key", {}, {}}};
  }
}

}  // namespace

Result<int> run_doctor(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto findings, examine(args, world.dictionary));
  const bool ok = !has_trouble(findings);
  if (args.json) {
    Json list = Json::array();
    for (const DoctorFinding& finding : findings) list.push_back(to_json(finding, args.lang));
    print_line({{"ok", ok}, {"findings", std::move(list)}});
    return ok ? 0 : 1;
  }
  for (const DoctorFinding& finding : findings) {
    const char* mark = finding.weight == Weight::good ? "✓ " : finding.weight == Weight::note ? "· " : "✗ ";
    std::cout << mark << text_of_finding(args.lang, finding) << std::endl;
    for (const std::string& line : finding.detail) std::cout << "    " << line << std::endl;
  }
  return ok ? 0 : 1;
}

Result<int> run_backup(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  RUHU_TRY_DONE(back_up(tablet->store(), args.file));
  RUHU_TRY(const StoreFigures figures, tablet->store().figures());
  std::error_code unknown;
  const auto bytes = std::filesystem::file_size(args.file, unknown);
  if (args.json) {
    print_line({{"backup", args.file}, {"bytes", bytes}, {"unsent", figures.queued}});
  } else {
    std::cout << fill(text(args.lang, "cli.backup_done"), {{"file", args.file}}) << std::endl;
  }
  return 0;
}

Result<int> run_restore(const Args& args, Tablet::World world) {
  RUHU_TRY(const DatabaseOptions options, Tablet::database_of(args.data, args.pin));
  RUHU_TRY(const Restored restored, restore(options, args.file, world.dictionary, world.clock, world.random));
  if (args.json) {
    print_line(
        {{"own_ops", restored.own_ops}, {"rescued", restored.rescued}, {"set_aside", restored.set_aside.string()}});
    return 0;
  }
  std::cout << fill(text(args.lang, "cli.restore_done"), {{"n", std::to_string(restored.rescued)}}) << std::endl;
  if (!restored.set_aside.empty())
    std::cout << fill(text(args.lang, "cli.restore_aside"), {{"file", restored.set_aside.string()}}) << std::endl;
  return 0;
}

}  // namespace ruhu::cli
