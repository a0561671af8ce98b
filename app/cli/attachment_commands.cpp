#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/cli/cli.hpp"
#include "app/commands/attach.hpp"
#include "app/queries/kept_texts.hpp"

namespace ruhu::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uintmax_t kInputBytesMax = std::uintmax_t{64} << 20U;
constexpr std::int64_t kMebibyte = std::int64_t{1} << 20U;

Result<std::string> read_input(const std::string& path) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  if (failed) return make_error(Errc::file_missing, "input file");
  if (size > kInputBytesMax) return make_error(Errc::attachment_too_large, "input file");
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file && !file.eof()) return make_error(Errc::io_failed, "input file");
  return bytes;
}

Status write_output(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  return file ? Status{} : Status{make_error(Errc::io_failed, "output file")};
}

Json ids_output(const std::vector<AttachmentId>& ids) {
  Json list = Json::array();
  for (const AttachmentId& id : ids) list.push_back(to_string(id));
  return list;
}

}  // namespace

Result<int> run_attach(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  RUHU_TRY(const std::string file, read_input(args.file));
  RUHU_TRY(const AttachedPhoto photo, attach_photo(tablet->store(), file, kept::kAttached));
  if (args.json) {
    print_line({{"attachment", to_string(photo.id)},
                {"bytes", photo.bytes},
                {"thumbnail_bytes", photo.thumbnail_bytes},
                {"width", photo.width},
                {"height", photo.height}});
  } else {
    std::cout << fill(text(args.lang, "cli.attached"), {{"id", to_string(photo.id)}}) << std::endl;
  }
  return 0;
}

Result<int> run_attachment(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  const auto id = parse_attachment_id(args.id);
  if (!id) return make_error(Errc::usage, "id");
  Attachments& attachments = tablet->store().attachments();
  RUHU_TRY(const std::string bytes, args.thumbnail ? attachments.thumbnail(*id) : attachments.content(*id));
  if (bytes.empty()) return make_error(Errc::not_found, "thumbnail");
  RUHU_TRY_DONE(write_output(args.file, bytes));
  if (args.json) {
    print_line({{"attachment", args.id}, {"bytes", bytes.size()}});
  } else {
    std::cout << fill(text(args.lang, "cli.attachment_written"), {{"n", std::to_string(bytes.size())}}) << std::endl;
  }
  return 0;
}

Result<int> run_attachments(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  Store& store = tablet->store();
  if (args.quota_mib) RUHU_TRY_DONE(store.attachments().set_quota(*args.quota_mib * kMebibyte));
  if (args.forget) RUHU_TRY_DONE(store.set_text(kept::kAttached, ""));
  RUHU_TRY(const AttachmentUsage usage, store.attachments().usage());
  RUHU_TRY(const auto missing, store.attachments().missing());
  RUHU_TRY(const auto kept, store.attachments().of_draft(kept::kAttached));
  if (args.json) {
    print_line({{"count", usage.count},
                {"bytes", usage.bytes},
                {"quota", usage.quota},
                {"unsent", usage.unsent},
                {"missing", ids_output(missing)},
                {"kept", ids_output(kept)}});
  } else {
    std::cout << fill(text(args.lang, "cli.attachments"), {{"n", std::to_string(usage.count)},
                                                           {"used", std::to_string(usage.bytes / kMebibyte)},
                                                           {"quota", std::to_string(usage.quota / kMebibyte)},
                                                           {"unsent", std::to_string(usage.unsent)},
                                                           {"missing", std::to_string(usage.wanted)}})
              << std::endl;
  }
  return 0;
}

}  // namespace ruhu::cli
