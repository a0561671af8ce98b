#include "tests/bench/filled_tablet.hpp"

#include <cstdio>
#include <fstream>

#include "dictionary_constants.hpp"
#include "server/admin/demo/demo_community.hpp"
#include "storage/search/search_keys.hpp"

namespace ruhu::bench {
namespace {

constexpr std::size_t kPerTrip = 2'000;
constexpr int kVisitedAgain = 9;  ///< Every ninth visit counts twice: 40,000 in a town.

/// The demo community as news: each record one entry of the importer, by its grid's log.
class NewsFiller {
 public:
  NewsFiller(Store& store, PlainTown& plain) : store_(store), plain_(plain) {}

  void add(const DemoRecord& made, Instant at) {
    LogEntry entry;
    entry.scope = made.scope;
    entry.lsn = {++lsns_[made.scope]};
    entry.record = made.ref;
    entry.version = {1};
    entry.op = {{0}, ++counter_};
    entry.made_at = next_hybrid_time(last_, at);
    last_ = entry.made_at;
    entry.actor = {1};
    Record row;
    row.ref = made.ref;
    for (const Cell& cell : made.cells) {
      entry.fields.push_back({cell.column, cell.value, made.provenance});
      row.set(cell.column, cell.value);
    }
    news_.entries.push_back(std::move(entry));
    rows_.push_back(std::move(row));
    if (news_.entries.size() == kPerTrip) flush();
  }

  void flush() {
    RUHU_ASSERT(store_.take_in(news_).ok());
    news_ = {};
    plain_.begin();
    for (const Record& row : rows_) plain_.insert(row);
    plain_.commit();
    rows_.clear();
  }

 private:
  Store& store_;
  PlainTown& plain_;
  ServerNews news_;
  std::vector<Record> rows_;
  std::map<ScopeCode, std::uint64_t> lsns_;
  std::uint64_t counter_ = 0;
  HybridTime last_;
};

Identity town_worker(const std::vector<ScopeCode>& grids) {
  Identity identity;
  identity.tablet = {7};
  identity.actor = {3};
  identity.actor_name = "测速";
  identity.role = "worker";
  identity.scopes = grids;
  identity.scopes.push_back(grids.front().community());
  return identity;
}

std::vector<ScopeCode> grids_of_town(const BenchContext& ctx, const DemoOptions& options) {
  std::map<ScopeCode, bool> grids;
  RUHU_ASSERT(generate_demo(ctx.dictionary, options, [&](DemoRecord&& record) {
                if (record.scope.is_grid()) grids[record.scope] = true;
              }).ok());
  std::vector<ScopeCode> all;
  for (const auto& [grid, there] : grids) all.push_back(grid);
  return all;
}

}  // namespace

DatabaseOptions FilledTablet::options(const std::string& file) {
  DatabaseOptions options;
  options.path = file;
  options.key = std::string(32, 'k');
  return options;
}

FilledTablet::FilledTablet(const BenchContext& ctx) : ctx_(ctx), file_(ctx.folder.file("town.db")) {
  const DemoOptions town{.seed = 1, .size = "city", .today = ctx.clock.now()};
  reopen();
  RUHU_ASSERT(store_->set_identity(town_worker(grids_of_town(ctx, town))).ok());
  plain_ = std::make_unique<PlainTown>(ctx.folder.file("town-plain.db"), ctx.dictionary);
  NewsFiller filler(*store_, *plain_);
  const auto add = [&](const DemoRecord& record) {
    ++counts_[ctx.dictionary.get_kind(record.ref.kind).name];
    filler.add(record, ctx.clock.now());
  };
  int visits = 0;
  RUHU_ASSERT(generate_demo(ctx.dictionary, town, [&](DemoRecord&& record) {
                if (record.ref.kind == kinds::person::kKind) persons_.push_back(record.ref.id);
                if (record.ref.kind == kinds::household::kKind) households_.push_back(record.ref.id);
                add(record);
                if (record.ref.kind != kinds::visit::kKind || ++visits % kVisitedAgain != 0) return;
                record.ref.id = make_uuid_v7(ctx.clock, random_);
                add(record);
              }).ok());
  filler.flush();
}

void FilledTablet::reopen() {
  store_.reset();
  store_ = Store::open(options(file_), ctx_.dictionary, ctx_.clock, random_).value();
}

std::vector<std::string> FilledTablet::texts_to_search() {
  constexpr std::size_t kPeople = 60;
  std::vector<std::string> texts{"3-502", "3栋502", "502室", "2单元301", "三栋"};
  for (std::size_t i = 0; i < kPeople; ++i) {
    const Record person = store_->find({kinds::person::kKind, persons_[i * 1'499 % persons_.size()]}).value().value();
    const std::string name(person.text(kinds::person::name));
    for (const std::string& key : name_keys(name)) texts.push_back(key);
    const std::string number(person.text(kinds::person::id_no));
    if (number.size() > 4) texts.push_back(number.substr(number.size() - 4));
    const std::string phone(person.text(kinds::person::phone));
    if (phone.size() > 4) texts.push_back(phone.substr(phone.size() - 4));
  }
  const auto buildings = store_->list(kinds::building::kKind, {.where = {}, .after = {}, .limit = 500}).value();
  for (std::size_t i = 0; i < buildings.size(); i += 25)
    texts.push_back(std::string(buildings[i].text(kinds::building::std_address)) + " 301");
  return texts;
}

std::uintmax_t FilledTablet::bytes_on_disk() {
  RUHU_ASSERT(store_->database().checkpoint().ok());
  return std::filesystem::file_size(file_);
}

double FilledTablet::resident_mib_of_a_fresh_program() {
  store_.reset();
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen((self + " --resident-of '" + file_ + "'").c_str(), "r"), pclose);
  double mib = 0;
  RUHU_ASSERT(pipe != nullptr && std::fscanf(pipe.get(), "%lf", &mib) == 1);
  reopen();
  return mib;
}

double peak_resident_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

}  // namespace ruhu::bench
