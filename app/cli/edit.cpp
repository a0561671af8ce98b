#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/cli/cli.hpp"
#include "app/queries/kept_texts.hpp"
#include "storage/dictionary/validation.hpp"
#include "storage/model/record_json.hpp"
#include "storage/records/likely_same.hpp"

namespace ruhu::cli {
namespace {

/// Lines that stand or fall together: one transaction, one group of ops.
struct Group {
  std::string name;
  std::int64_t first_line = 0;
  SaveRequest request;
  std::optional<Error> broken;  ///< A line of it could not be read: nothing of the group is saved.
};

/// The group that a refused line names. Nothing: the line cannot be read so far.
std::optional<std::string> group_of_refused(const std::string& line) {
  if (line.size() > kEditLineBytesMax) return std::nullopt;
  const auto json = nlohmann::json::parse(line, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  const auto group = json.is_object() ? json.find("group") : json.end();
  return group != json.end() && group->is_string() ? group->get<std::string>() : std::string{};
}

class EditRun {
 public:
  explicit EditRun(Store& store) : store_(store) {}

  void take_line(const std::string& line) {
    ++line_;
    if (line.empty()) return;
    auto parsed = parse_edit_line(store_.dictionary(), line);
    if (parsed.ok() && !parsed->not_collected.empty())
      parsed = make_error(Errc::unknown_field, parsed->not_collected.front() + " is not collected");
    join_group(parsed.ok() ? parsed->group : group_of_refused(line));
    if (!parsed.ok()) {
      group_->broken = parsed.error();
    } else {
      if (parsed->visit) group_->request.visit = parsed->visit;
      group_->request.edits.push_back(std::move(parsed->edit));
    }
    // A line without a group is saved as soon as it is read: whoever pipes lines waits for the answer to each.
    if (group_->name.empty()) finish_group();
  }

  void finish_group() {
    if (!group_) return;
    Group group = std::move(*group_);
    group_.reset();
    if (group.broken) return refuse(group, *group.broken);
    group.request.draft = kept::kAttached;  // photos that `attach` has kept until now
    const auto same = likely_same(group.request);
    const auto saved = store_.save(group.request);
    if (!saved.ok()) return refuse(group, saved.error());
    // Only now, after the commit, is it said; flushed, so that a reader of the pipe knows at once.
    for (std::size_t i = 0; i < saved->size(); ++i) {
      const SavedRecord& record = (*saved)[i];
      nlohmann::ordered_json json{{"saved", to_string(record.op)},
                                  {"kind", store_.dictionary().get_kind(record.ref.kind).name},
                                  {"id", to_string(record.ref.id)}};
      if (i < same.size() && !same[i].empty()) json["maybe_same"] = same[i];
      print_line(json);
    }
  }

  int exit_code() const { return refused_ ? 1 : 0; }

 private:
  /// Ids of what each new record may be already, as far as this tablet knows. A question that fails stops no save.
  std::vector<std::vector<std::string>> likely_same(const SaveRequest& request) {
    std::vector<std::vector<std::string>> all;
    for (const RecordEdit& edit : request.edits) {
      std::vector<std::string>& ids = all.emplace_back();
      if (edit.id) continue;
      Record fresh;
      fresh.ref.kind = edit.kind;
      for (const Cell& cell : edit.cells)
        fresh.set(cell.column, normalise(*store_.dictionary().get_kind(edit.kind).find(cell.column), cell.value));
      const auto likely = find_likely_same(store_, fresh);
      if (!likely.ok()) continue;
      for (const LikelySame& one : *likely) ids.push_back(to_string(one.ref.id));
    }
    return all;
  }

  /// A line that tells no name may be one of the group that is open: better the whole group is refused than half saved.
  void join_group(const std::optional<std::string>& name) {
    if (group_ && (!name || (!name->empty() && *name == group_->name))) return;
    finish_group();
    group_ = Group{name.value_or(""), line_, {}, {}};
  }

  void refuse(const Group& group, const Error& error) {
    refused_ = true;
    std::cerr << "ruhu: " << group.first_line << ": " << error_text_both(error.code) << " [" << error.detail << "]"
              << std::endl;
    const nlohmann::ordered_json json{
        {"error", std::string(traits_of(error.code).key)}, {"line", group.first_line}, {"detail", error.detail}};
    print_line(json);
  }

  Store& store_;
  std::int64_t line_ = 0;
  std::optional<Group> group_;
  bool refused_ = false;
};

}  // namespace

Result<int> run_edit(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  std::ifstream file;
  if (args.ndjson != "-") {
    file.open(args.ndjson, std::ios::binary);
    if (!file) return make_error(Errc::file_missing, "input file");
  }
  std::istream& lines = args.ndjson == "-" ? std::cin : file;
  EditRun run(tablet->store());
  for (std::string line; std::getline(lines, line);) run.take_line(line);
  run.finish_group();
  return run.exit_code();
}

}  // namespace ruhu::cli
