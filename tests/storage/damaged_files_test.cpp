#include <algorithm>
#include <functional>
#include <map>

#include "tests/storage/crash_check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/file_damage.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

constexpr const char* kFile = "tablet.db";
constexpr const char* kLog = "tablet.db-wal";

/// What a store answers when everything is asked for: records by their ids, and the errors on the way.
struct Answers {
  std::map<RecordRef, Record> records;
  std::map<std::string, int> errors;  ///< By their keys.
  bool audit_clean = false;

  /// Whether there is an answer; notes the error when there is none.
  template <class T>
  bool take(const Result<T>& result) {
    if (!result.ok()) ++errors[std::string(traits_of(result.error().code).key)];
    return result.ok();
  }
};

Answers ask_everything(Store& store, const std::vector<RecordRef>& known) {
  Answers answers;
  answers.take(store.identity());
  for (const KindDef& kind : store.dictionary().kinds()) answers.take(store.list(kind.no));
  for (const RecordRef& ref : known)
    if (const auto found = store.find(ref); answers.take(found) && *found) answers.records[ref] = **found;
  if (const auto hits = store.search("张建国", 9); answers.take(hits))
    for (const SearchHit& hit : *hits) answers.take(store.find(hit.ref));
  answers.take(store.changes().queued(1U << 20U));
  if (const auto ops = store.changes().with_results(99); answers.take(ops))
    for (const LoggedOp& op : *ops) answers.take(store.find(op.change.record));
  answers.take(store.figures());
  answers.take(store.cursors());
  if (const auto findings = store.audit(); answers.take(findings)) answers.audit_clean = findings->empty();
  return answers;
}

struct DamageReport {
  int files = 0;
  int refused = 0;
  int noticed = 0;
  int unnoticed = 0;
  int save_refused = 0;
  int unreadable_after_save = 0;
  std::map<std::string, int> refusals;
  std::map<std::string, int> errors;

  std::string summary() const {
    std::string text = std::to_string(files) + " files: " + std::to_string(refused) + " refused, " +
                       std::to_string(noticed) + " noticed, " + std::to_string(unnoticed) + " without effect, " +
                       std::to_string(save_refused) + " saves refused, " + std::to_string(unreadable_after_save) +
                       " records unreadable after a save; refused as";
    for (const auto& [key, count] : refusals) text += " " + key + " " + std::to_string(count);
    text += "; reads failed as";
    for (const auto& [key, count] : errors) text += " " + key + " " + std::to_string(count);
    return text;
  }
};

/// A sound database, another one of the same form and key, and what is in the first.
struct Sample {
  Scenario scenario;
  DiskFiles files;
  DiskFiles others;
  std::vector<RecordRef> known;
};

void work_on(StoreWorld& world, Store& store) {
  for (int n = 0; n < 3; ++n) {
    REQUIRE(news().step(world, store, n).ok());
    REQUIRE(edits().step(world, store, n).ok());
  }
  for (int n = 0; n < 4; ++n) REQUIRE(visits().step(world, store, n).ok());
  REQUIRE(store.set_text("draft.visit", "写到一半").ok());
}

/// What a first session saved is in the file; what the second one did is in the log if the program was killed.
DiskFiles two_sessions(const Scenario& scenario, const std::function<void(StoreWorld&, Store&)>& second, Ended ended) {
  FaultDisk disk("sessions", prepared(scenario));
  StoreWorld world = step_world();
  auto store = world.open(options_on(disk, scenario), work_dictionary()).value();
  second(world, *store);
  if (ended == Ended::closed) store.reset();
  return disk.files();
}

/// Adds what is in the sample, and that a sound file is read without an error.
void look_into(Sample& sample) {
  FaultDisk disk("sound", sample.files);
  StoreWorld world;
  const auto store = world.open(options_on(disk, sample.scenario), work_dictionary()).value();
  for (const KindDef& kind : work_dictionary().kinds())
    for (const Record& record : store->list(kind.no).value()) sample.known.push_back(record.ref);
  const Answers answers = ask_everything(*store, sample.known);
  CHECK(answers.errors.empty());
  CHECK(answers.audit_clean);
  CHECK(answers.records.size() == sample.known.size());
}

Sample make_sample(const std::string& cipher, Ended ended) {
  Scenario scenario = new_households();
  scenario.cipher = cipher;
  const auto little = [](StoreWorld& world, Store& store) { REQUIRE(edits().step(world, store, 5).ok()); };
  Sample sample{scenario, two_sessions(scenario, work_on, ended), two_sessions(scenario, little, ended), {}};
  look_into(sample);
  return sample;
}

/// Killed in the very first session, soon after the enrolment.
Sample first_session_sample(const std::string& cipher) {
  Scenario scenario = new_households();
  scenario.cipher = cipher;
  const DiskFiles files = prepared(scenario, Ended::killed);
  Sample sample{scenario, files, files, {}};
  look_into(sample);
  return sample;
}

/// One damaged file: opened, read, closed, opened again, saved into.
class DamagedFile {
 public:
  DamagedFile(const Sample& sample, DiskFiles files, DamageReport& report)
      : sample_(sample), before_(std::move(files)), disk_("damaged", before_), report_(report) {
    world_.random = SeededRandom(78);
  }

  void check() {
    ++report_.files;
    auto store = open();
    if (!store.ok()) return check_left_alone(store.error());
    const Answers first = ask_everything(**store, sample_.known);
    const auto who = (*store)->identity();
    CHECK_FALSE((who.ok() && !who->has_value()));  // made anew
    const bool sound = first.errors.empty() && first.audit_clean;
    ++(sound ? report_.unnoticed : report_.noticed);
    for (const auto& [key, count] : first.errors) report_.errors[key] += count;
    store->reset();
    store = open();
    REQUIRE(store.ok());
    const Answers second = ask_everything(**store, sample_.known);
    CHECK(std::includes(second.records.begin(), second.records.end(), first.records.begin(), first.records.end()));
    store->reset();
    check_save(second);
  }

 private:
  /// As the app opens the database of a tablet that is enrolled.
  Result<std::unique_ptr<Store>> open() {
    DatabaseOptions options = options_on(disk_, sample_.scenario);
    options.create = false;
    return world_.open(options, work_dictionary());
  }

  void check_left_alone(const Error& error) {
    ++report_.refused;
    ++report_.refusals[std::string(traits_of(error.code).key)];
    const DiskFiles after = disk_.files();
    for (const auto& [name, bytes] : before_) CHECK((after.contains(name) && after.at(name) == bytes));
    // A log that SQLite had begun beside the file may stay, as long as nothing is in it.
    for (const auto& [name, bytes] : after) CHECK((before_.contains(name) || bytes.empty()));
  }

  void check_save(const Answers& before) {
    auto store = open();
    REQUIRE(store.ok());
    const auto saved = (*store)->save(new_person("后来的人"));
    if (!saved.ok()) ++report_.save_refused;
    store->reset();
    store = open();
    if (!store.ok()) {
      report_.unreadable_after_save += static_cast<int>(before.records.size());
      return;
    }
    if (saved.ok()) CHECK((*store)->find(saved->front().ref).ok());
    for (const auto& [ref, record] : before.records) {
      const auto found = (*store)->find(ref);
      if (!found.ok() || !*found || **found != record) ++report_.unreadable_after_save;
    }
  }

  const Sample& sample_;
  DiskFiles before_;
  FaultDisk disk_;
  DamageReport& report_;
  StoreWorld world_;
};

void check_damage(const Sample& sample, int count) {
  const bool has_log = sample.files.contains(kLog);
  DamageReport report;
  for (int i = 0; i < count; ++i) {
    INFO("file " << i);
    SeededRandom random(static_cast<std::uint64_t>(i) + 1);
    DiskFiles files = sample.files;
    // Of a file and its log, mostly the log is harmed: it holds what was saved last.
    const char* hit = has_log && random.chance(0.8) ? kLog : kFile;
    files[hit] = damaged(files[hit], sample.others.at(hit), random);
    if (files == sample.files) continue;
    DamagedFile(sample, std::move(files), report).check();
  }
  const std::string& cipher = sample.scenario.cipher;
  WARN((cipher.empty() ? "plain" : cipher) << (has_log ? " with log: " : ": ") << report.summary());
  CHECK(report.files > count * 9 / 10);
  CHECK(report.refused + report.noticed > 0);
  CHECK(report.errors.count("wrong_key") == 0);
}

}  // namespace

TEST_CASE("Damaged files: a plain file is refused or read, and stays as it is", "[store][damage]") {
  check_damage(make_sample("", Ended::closed), 3'000);
}

TEST_CASE("Damaged files: one encrypted by AEGIS is refused or read, and stays as it is", "[store][damage]") {
  check_damage(make_sample("aegis", Ended::closed), 2'800);
}

TEST_CASE("Damaged files: one encrypted by ChaCha20 is refused or read, and stays as it is", "[store][damage]") {
  check_damage(make_sample("chacha20", Ended::closed), 1'800);
}

TEST_CASE("Damaged files: a plain log is read as far as it is sound", "[store][damage]") {
  check_damage(make_sample("", Ended::killed), 1'500);
}

TEST_CASE("Damaged files: an encrypted log is read as far as it is sound", "[store][damage]") {
  check_damage(make_sample("aegis", Ended::killed), 1'500);
}

// SQLite takes a log for ended where a checksum is wrong: were the tables in the log alone, the file would look new.
TEST_CASE("Damaged files: a log harmed before the first session was closed is not begun anew", "[store][damage]") {
  check_damage(first_session_sample("aegis"), 1'500);
}
