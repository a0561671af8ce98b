#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/cli/cli.hpp"
#include "platform/keys/durable_file.hpp"

namespace ruhu::cli {
namespace {

Result<std::string> read_file(const std::string& path) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  if (failed) return make_error(Errc::file_missing, "hand-over file");
  if (size > kParcelFileBytesMax) return make_error(Errc::too_large, "hand-over file");
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file && !file.eof()) return make_error(Errc::io_failed, "hand-over file");
  return bytes;
}

std::string number(std::int64_t n) { return std::to_string(n); }

}  // namespace

Result<int> run_handover_export(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  RUHU_TRY(const auto hand_over, tablet->hand_over());
  RUHU_TRY(const auto exported, hand_over->export_parcels());
  RUHU_TRY_DONE(write_durable_file(args.file, exported.file, IfPresent::refuse));
  RUHU_TRY_DONE(hand_over->note_exported(exported));
  if (args.json) {
    print_line({{"file", args.file},
                {"bytes", exported.file.size()},
                {"ops", exported.ops},
                {"answers", exported.answers},
                {"left", exported.left}});
  } else {
    std::cout << fill(text(args.lang, "cli.handover_exported"),
                      {{"n", number(exported.ops)}, {"answers", number(exported.answers)}})
              << std::endl;
  }
  return exported.left == 0 ? 0 : 1;
}

Result<int> run_handover_import(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  RUHU_TRY(const auto hand_over, tablet->hand_over());
  RUHU_TRY(const std::string file, read_file(args.file));
  RUHU_TRY(const auto imported, hand_over->import_parcels(file));
  if (args.json) {
    print_line({{"carried", imported.carried},
                {"answers", imported.answers},
                {"stale", imported.stale},
                {"acknowledged", imported.acknowledged},
                {"received", imported.received},
                {"conflicts", imported.conflicts},
                {"refused", imported.refused}});
  } else {
    std::cout << fill(text(args.lang, "cli.handover_imported"), {{"carried", number(imported.carried)},
                                                                 {"acknowledged", number(imported.acknowledged)},
                                                                 {"received", number(imported.received)}})
              << std::endl;
  }
  return 0;
}

}  // namespace ruhu::cli
