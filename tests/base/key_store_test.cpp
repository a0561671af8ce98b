#include "platform/keys/key_store.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "platform/keys/file_key_store.hpp"
#include "platform/keys/key_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace ruhu {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

struct World {
  TemporaryFolder folder;
  fs::path home = folder.path() / "tablet" / "keys";
  fs::path keys = home / "keys.bin";
  fs::path secret = home / "device.secret";

  /// A store as a newly started program sees it.
  std::unique_ptr<KeyStore> open() const { return make_file_key_store(home, kTestPinCost); }
  KeyStoreState state() const { return open()->state().value(); }
};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

template <class T>
Errc code_of(const Result<T>& result) {
  REQUIRE_FALSE(result.ok());
  return result.error().code;
}

bool same(const Keys& a, const Keys& b) {
  return a.database_key.view() == b.database_key.view() && a.signing_seed.view() == b.signing_seed.view();
}

TEST_CASE("KeyStore: gives the same keys back to the right PIN after a restart") {
  World world;
  const std::string pin = GENERATE("", "1", "482913", "密码");
  CHECK_FALSE(world.state().exists);
  const auto made = world.open()->create(pin);
  REQUIRE(made.ok());
  CHECK(made->database_key.view().size() == 32);
  CHECK(made->signing_seed.view().size() == 32);
  CHECK(made->database_key.view() != made->signing_seed.view());
  const auto opened = world.open()->unlock(pin);
  REQUIRE(opened.ok());
  CHECK(same(*made, *opened));
  CHECK(world.state().exists);
  CHECK(world.state().has_pin == !pin.empty());
}

TEST_CASE("KeyStore: opens with the full price of a PIN too") {
  World world;
  const auto made = make_file_key_store(world.home)->create("482913");
  REQUIRE(made.ok());
  CHECK(same(*made, world.open()->unlock("482913").value()));  // the price is read from the file
}

TEST_CASE("KeyStore: refuses a wrong PIN and counts it across restarts until the right one") {
  World world;
  REQUIRE(world.open()->create("482913").ok());
  for (std::uint32_t n = 1; n <= 5; ++n) {
    CHECK(code_of(world.open()->unlock("000000")) == Errc::pin_wrong);
    CHECK(world.state().wrong_pins == n);
  }
  CHECK(code_of(world.open()->unlock("")) == Errc::pin_wrong);
  CHECK(world.state().wrong_pins == 5);  // no PIN is not a guess
  CHECK(world.open()->unlock("482913").ok());
  CHECK(world.state().wrong_pins == 0);
}

TEST_CASE("KeyStore: a store without PIN refuses any PIN") {
  World world;
  REQUIRE(world.open()->create("").ok());
  CHECK(code_of(world.open()->unlock("1")) == Errc::pin_wrong);
  CHECK(world.open()->unlock("").ok());
}

TEST_CASE("KeyStore: a new PIN replaces the old one and keeps the keys") {
  World world;
  const std::string from = GENERATE("", "1111");
  const std::string to = GENERATE("", "2222");
  const auto made = world.open()->create(from);
  REQUIRE(made.ok());
  REQUIRE(world.open()->change_pin(from, to).ok());
  CHECK(same(*made, world.open()->unlock(to).value()));
  if (from != to) CHECK(code_of(world.open()->unlock(from)) == Errc::pin_wrong);
}

TEST_CASE("KeyStore: a change of PIN with a wrong old one changes nothing and is counted") {
  World world;
  REQUIRE(world.open()->create("1111").ok());
  CHECK(code_of(world.open()->change_pin("9999", "2222")) == Errc::pin_wrong);
  CHECK(world.state().wrong_pins == 1);
  CHECK(world.open()->unlock("1111").ok());
}

TEST_CASE("KeyStore: never makes new keys over a store, whole or damaged") {
  World world;
  REQUIRE(world.open()->create("1111").ok());
  const std::string whole = read(world.keys);
  CHECK(code_of(world.open()->create("1111")) == Errc::key_store_failed);
  CHECK(read(world.keys) == whole);
  write(world.keys, "");
  CHECK(code_of(world.open()->create("1111")) == Errc::key_store_failed);
  CHECK(read(world.keys).empty());
}

TEST_CASE("KeyStore: every damaged byte is told from a wrong PIN, with the right PIN and with a wrong one") {
  World world;
  REQUIRE(world.open()->create("1111").ok());
  const std::string whole = read(world.keys);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
    write(world.keys, damaged);
    REQUIRE(code_of(world.open()->unlock("1111")) == Errc::key_store_failed);
    REQUIRE(code_of(world.open()->unlock("9999")) == Errc::key_store_failed);
    REQUIRE(read(world.keys) == damaged);
  }
  write(world.keys, whole);
  CHECK(world.open()->unlock("1111").ok());
}

TEST_CASE("KeyStore: a file of another length or of another tablet is damaged") {
  World world;
  World other;
  REQUIRE(world.open()->create("1111").ok());
  REQUIRE(other.open()->create("1111").ok());
  const std::string whole = read(world.keys);
  for (const auto& bytes : {std::string{}, whole.substr(1), whole.substr(0, whole.size() - 1), whole + "x",
                            std::string(100'000, 'x'), read(other.keys)}) {
    write(world.keys, bytes);
    CHECK(code_of(world.open()->unlock("1111")) == Errc::key_store_failed);
    CHECK(code_of(world.open()->state()) == Errc::key_store_failed);
  }
}

TEST_CASE("KeyStore: does not open without the device secret, and makes no new one") {
  World world;
  REQUIRE(world.open()->create("1111").ok());
  fs::remove(world.secret);
  CHECK(code_of(world.open()->unlock("1111")) == Errc::key_store_failed);
  CHECK(code_of(world.open()->create("1111")) == Errc::key_store_failed);
  CHECK_FALSE(fs::exists(world.secret));
}

TEST_CASE("KeyStore: says that there is no store yet") {
  World world;
  CHECK(code_of(world.open()->unlock("1111")) == Errc::file_missing);
  CHECK(code_of(world.open()->change_pin("1111", "2222")) == Errc::file_missing);
  CHECK_FALSE(fs::exists(world.home));
}

TEST_CASE("KeyStore: a cut while it was being made is no store, and making it succeeds afterwards") {
  World world;
  REQUIRE(world.open()->create("1111").ok());
  const std::string secret = read(world.secret);
  fs::rename(world.keys, world.home / "keys.bin.new");  // written, not yet in place
  CHECK_FALSE(world.state().exists);
  REQUIRE(world.open()->create("2222").ok());
  CHECK(world.open()->unlock("2222").ok());
  CHECK(read(world.secret) == secret);
}

TEST_CASE("KeyStore: a cut during a change of PIN leaves the old PIN") {
  World world;
  REQUIRE(world.open()->create("1111").ok());
  write(world.home / "keys.bin.new", "half a fi");
  CHECK(world.open()->unlock("1111").ok());
  REQUIRE(world.open()->change_pin("1111", "2222").ok());
  CHECK(world.open()->unlock("2222").ok());
}

TEST_CASE("KeyStore: only its owner may read the files, and nothing else is left in the folder") {
  World world;
  REQUIRE(world.open()->create("1111").ok());
  REQUIRE(world.open()->change_pin("1111", "2222").ok());
  const auto owner_only = fs::perms::owner_read | fs::perms::owner_write;
  CHECK(fs::status(world.keys).permissions() == owner_only);
  CHECK(fs::status(world.secret).permissions() == owner_only);
  CHECK(fs::status(world.home).permissions() == fs::perms::owner_all);
  CHECK(std::distance(fs::directory_iterator(world.home), {}) == 2);
}

TEST_CASE("KeyStore: two stores share nothing, not even under the same PIN") {
  World a;
  World b;
  CHECK_FALSE(same(a.open()->create("1111").value(), b.open()->create("1111").value()));
}

TEST_CASE("KeyStore: says so when its folder cannot be made") {
  World world;
  write(world.folder.path() / "tablet", "a file where the folder should be");
  CHECK(code_of(world.open()->create("1111")) == Errc::key_store_failed);
}

TEST_CASE("KeyFile: a price out of bounds is damage, even under a right checksum") {
  const std::string device_secret(kDeviceSecretBytes, 's');
  const Keys keys{Secret{std::string(32, 'd')}, Secret{std::string(32, 'e')}};
  auto file = wrap_keys(keys, "1111", kTestPinCost, device_secret).value();
  file.cost.memory_kib = 0xFFFFFFFF;
  const auto decoded = decode_key_file(encode_key_file(file, device_secret), device_secret);
  CHECK(code_of(decoded) == Errc::key_store_failed);
}

TEST_CASE("KeyFile: the PIN alone does not unwrap without the device secret that wrapped") {
  const Keys keys{Secret{std::string(32, 'd')}, Secret{std::string(32, 'e')}};
  const std::string pin = GENERATE("", "1111");
  const auto file = wrap_keys(keys, pin, kTestPinCost, std::string(kDeviceSecretBytes, 'a')).value();
  CHECK(code_of(unwrap_keys(file, pin, std::string(kDeviceSecretBytes, 'b'))) == Errc::pin_wrong);
}

TEST_CASE("retry_after: grows from the fourth wrong PIN to one hour") {
  using namespace std::chrono_literals;
  CHECK(retry_after(0) == 0s);
  CHECK(retry_after(3) == 0s);
  CHECK(retry_after(4) == 30s);
  CHECK(retry_after(5) == 60s);
  CHECK(retry_after(10) == 32min);
  CHECK(retry_after(11) == 1h);
  CHECK(retry_after(0xFFFFFFFF) == 1h);
}

}  // namespace
}  // namespace ruhu
