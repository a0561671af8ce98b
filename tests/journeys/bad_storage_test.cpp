#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "platform/base/random.hpp"
#include "tests/journeys/journey.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::journeys {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

std::string noise(std::size_t bytes) {
  SeededRandom random(7);
  std::string out;
  while (out.size() < bytes) out += static_cast<char>(random.below(256));
  return out;
}

std::string save_lines(int count) {
  std::string lines;
  for (int i = 0; i < count; ++i)
    lines += R"({"kind":"person","fields":{"name":"李四","hukou_address":"灵源街道云栖路2号201"}})"
             "\n";
  return lines;
}

std::size_t saved_lines(const Ended& ended) {
  std::size_t saved = 0;
  for (const Json& line : parsed_lines(ended.out)) saved += line.contains("saved") ? 1 : 0;
  return saved;
}

/// Two megabytes in memory, mounted until the end of the scope where the system lets us.
class SmallDisk {
 public:
  explicit SmallDisk(std::string path) : path_(std::move(path)) {
    fs::create_directories(path_);
    there_ = ::mount("ruhu-test", path_.c_str(), "tmpfs", 0, "size=2m") == 0;
  }
  ~SmallDisk() {
    if (there_) ::umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool is_there() const { return there_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool there_ = false;
};

/// A tablet whose program was killed with three saves that stand in the log beside the database only.
TabletFolder crashed_tablet(Journey& journey) {
  const TabletFolder tablet = journey.enrolled("李网格");
  test::Process edit(tablet.launch("edit", {"--ndjson", "-"}));
  edit.write(save_lines(3));
  for (int i = 0; i < 3; ++i) REQUIRE(edit.read_line());
  edit.kill();
  REQUIRE_FALSE(bytes_of(tablet.file("ruhu.db-wal")).empty());
  return tablet;
}

/// Every command fails with that error and leaves database and log byte for byte.
void check_left_alone(const TabletFolder& tablet, std::string_view key) {
  const std::string database = bytes_of(tablet.file("ruhu.db"));
  const std::string log = bytes_of(tablet.file("ruhu.db-wal"));
  for (const char* command : {"status", "audit", "sync"}) check_refused(tablet.attempt(command), key);
  check_refused(tablet.attempt("edit", {"--ndjson", "-"}), key);
  check_refused(tablet.enrol("http://127.0.0.1:9", "0000-0000"), key);
  CHECK(bytes_of(tablet.file("ruhu.db")) == database);
  CHECK(bytes_of(tablet.file("ruhu.db-wal")) == log);
}

void check_whole(const TabletFolder& tablet) {
  CHECK(tablet.audit_ok());
  CHECK(tablet.status().at("queued") == 3);
  CHECK(tablet.json("sync").at("left") == 0);
}

}  // namespace

TEST_CASE("Bad storage: a wrong PIN opens nothing and changes nothing, and the right one opens everything") {
  Journey journey;
  const TabletFolder tablet(journey.folder.file("tablet"), "246810");
  const TabletFolder stranger(tablet.data(), "111111");
  REQUIRE(tablet.enrol(journey.platform.url(), journey.platform.new_code("李网格")).exit_code == 0);
  const std::string before = bytes_of(tablet.file("ruhu.db"));
  check_refused(stranger.attempt("status"), "pin_wrong");
  check_refused(TabletFolder(tablet.data()).attempt("sync"), "pin_wrong");
  CHECK(bytes_of(tablet.file("ruhu.db")) == before);
  CHECK(tablet.json("sync").at("complete") == true);
}

TEST_CASE("Bad storage: a damaged database is refused and stays byte for byte, with its log") {
  Journey journey;
  const TabletFolder tablet = crashed_tablet(journey);
  const fs::path database = tablet.file("ruhu.db");
  const fs::path log = tablet.file("ruhu.db-wal");
  const std::string whole = bytes_of(database);
  const std::string whole_log = bytes_of(log);
  SECTION("emptied") {
    write(database, "");
    check_left_alone(tablet, "database_damaged");
  }
  SECTION("log lost, and cut short") {
    fs::remove(log);
    write(database, std::string_view(whole).substr(0, whole.size() / 2));
    check_left_alone(tablet, "database_damaged");
  }
  SECTION("log lost, and text instead") {
    fs::remove(log);
    write(database, "This was a database.\n");
    check_left_alone(tablet, "wrong_key");
  }
  SECTION("log lost, and its first page overwritten") {
    fs::remove(log);
    write(database, noise(4'096) + whole.substr(4'096));
    check_left_alone(tablet, "wrong_key");
  }
  write(database, whole);
  write(log, whole_log);
  check_whole(tablet);
}

TEST_CASE("Bad storage: bytes overwritten in the middle are found by the audit") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  const std::string whole = bytes_of(tablet.file("ruhu.db"));
  std::string damaged = whole;
  damaged.replace(whole.size() / 2, 9'000, noise(9'000));
  write(tablet.file("ruhu.db"), damaged);
  check_refused(tablet.attempt("audit"), "database_damaged");
  CHECK(bytes_of(tablet.file("ruhu.db")) == damaged);
  write(tablet.file("ruhu.db"), whole);
  CHECK(tablet.audit_ok());
}

TEST_CASE("Bad storage: another tablet's keys do not open the database, and the own ones still do") {
  Journey journey;
  const TabletFolder tablet = crashed_tablet(journey);
  const TabletFolder other = journey.enrolled("王网格");
  fs::rename(tablet.file("keys"), tablet.file("own-keys"));
  fs::copy(other.file("keys"), tablet.file("keys"), fs::copy_options::recursive);
  check_left_alone(tablet, "wrong_key");
  fs::remove_all(tablet.file("keys"));
  fs::rename(tablet.file("own-keys"), tablet.file("keys"));
  check_whole(tablet);
}

TEST_CASE("Bad storage: a key file that is damaged is said to be, and nothing is made anew") {
  Journey journey;
  const TabletFolder tablet = crashed_tablet(journey);
  const std::string whole = bytes_of(tablet.file("keys/keys.bin"));
  for (const std::string& bytes : {std::string(), std::string("text"), noise(whole.size())}) {
    write(tablet.file("keys/keys.bin"), bytes);
    check_left_alone(tablet, "key_store_failed");
    CHECK(bytes_of(tablet.file("keys/keys.bin")) == bytes);
  }
  write(tablet.file("keys/keys.bin"), whole);
  check_whole(tablet);
}

TEST_CASE("Bad storage: when a file cannot grow a save is refused, and every save before it stays") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  test::Launch launch = tablet.launch("edit", {"--ndjson", "-"});
  launch.file_bytes_max = fs::file_size(tablet.file("ruhu.db")) + 100'000;
  const int lines = 60;
  const Ended full = test::run_process(launch, save_lines(lines));
  const auto saved = saved_lines(full);
  INFO("saved: " << saved);
  CHECK(saved > 0);
  CHECK(saved < lines);
  check_refused(full, "io_failed");
  CHECK(tablet.status().at("queued") == saved);
  CHECK(tablet.audit_ok());
  CHECK(saved_lines(tablet.run("edit", {"--ndjson", "-"}, save_lines(2))) == 2);
  CHECK(tablet.json("sync").at("sent") == saved + 2);
  CHECK(journey.platform.run("audit").exit_code == 0);
}

TEST_CASE("Bad storage: on a full disk a save is refused, and goes once there is room") {
  Journey journey;
  const SmallDisk disk(journey.folder.file("disk"));
  if (!disk.is_there()) {
    WARN("left out: mounting a small disk needs more rights");
    return;
  }
  const TabletFolder tablet(disk.path() + "/tablet");
  REQUIRE(tablet.enrol(journey.platform.url(), journey.platform.new_code("李网格")).exit_code == 0);
  CHECK(tablet.json("sync").at("complete") == true);
  const std::string filler = disk.path() + "/filler";
  while (fs::space(disk.path()).available > 150'000)
    std::ofstream(filler, std::ios::app) << noise(50'000) << std::flush;
  const Ended full = tablet.run("edit", {"--ndjson", "-"}, save_lines(60));
  const auto saved = saved_lines(full);
  INFO("saved: " << saved);
  CHECK(saved < 60);
  check_refused(full, "disk_full");
  fs::remove(filler);
  CHECK(tablet.status().at("queued") == saved);
  CHECK(saved_lines(tablet.run("edit", {"--ndjson", "-"}, save_lines(2))) == 2);
  CHECK(tablet.json("sync").at("sent") == saved + 2);
  CHECK(tablet.audit_ok());
}

}  // namespace ruhu::journeys
