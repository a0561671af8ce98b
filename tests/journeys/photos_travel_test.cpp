#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "platform/base/random.hpp"
#include "platform/keys/crypto.hpp"
#include "tests/journeys/journey.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/photo_maker.hpp"

namespace ruhu::journeys {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A photo of that width, kept on the tablet; its id.
std::string attached(const TabletFolder& tablet, int width) {
  const std::string path = tablet.file("photo" + std::to_string(width) + ".jpg");
  std::ofstream(path, std::ios::binary) << test::baseline_jpeg(test::test_picture(width, 1'200));
  return tablet.json("attach", {path}).at("attachment");
}

Json case_line(const Json& photos) {
  return {{"kind", "case"},
          {"fields",
           {{"no", "350582006001003-20260305-A001"},
            {"category", "22"},
            {"text", "雨天路面积水很深，老人出门不便"},
            {"photos", photos}}}};
}

std::int64_t content_bytes(const TabletFolder& tablet, const std::string& id) {
  const std::string out = tablet.file("measured.jpg");
  const std::int64_t original = tablet.json("attachment", {id, "--out", out}).at("bytes");
  const std::int64_t thumbnail = tablet.json("attachment", {id, "--out", out, "--thumbnail"}).at("bytes");
  return original + thumbnail;
}

bool has_original(const TabletFolder& tablet, const std::string& id) {
  const std::string out = tablet.file("out.jpg");
  return tablet.attempt("attachment", {id, "--out", out}).exit_code == 0 && to_hex(sha256(read_file(out))) == id;
}

}  // namespace

TEST_CASE("Photo journey: taken on one tablet it appears on the other, and nothing goes twice") {
  Journey journey;
  const TabletFolder one = journey.enrolled("李网格");
  const TabletFolder two = journey.enrolled("王网格");
  const std::string id = attached(one, 1'500);
  one.edit({case_line({id})});
  const std::int64_t bytes = content_bytes(one, id);
  const Json up = one.json("sync").at("photos");
  CHECK(up.at("sent") == 1);
  CHECK(up.at("content_up") == bytes);
  const Json down = two.json("sync").at("photos");
  CHECK(down.at("received") == 1);
  CHECK(down.at("content_down") == bytes);
  CHECK(has_original(two, id));
  CHECK(two.json("attachments").at("missing").empty());
  for (const TabletFolder* tablet : {&one, &two}) {
    CHECK(tablet->json("sync").at("photos").at("trips") == 0);
    CHECK(tablet->status().at("safe_to_hand_over") == true);
    CHECK(tablet->audit_ok());
  }
  CHECK(journey.platform.run("audit").exit_code == 0);
  const auto exported = parsed_lines(journey.platform.exported("attachments"));
  REQUIRE(exported.size() == 1);
  CHECK(exported.front().at("attachment") == id);
  CHECK(exported.front().at("whole") == true);
  CHECK(exported.front().at("uses").size() == 1);
}

TEST_CASE("Photo journey: on a costly network thumbnails go, originals wait for a better one") {
  Journey journey;
  const TabletFolder one = journey.enrolled("李网格");
  const TabletFolder two = journey.enrolled("王网格");
  const std::string id = attached(one, 1'000);
  one.edit({case_line({id})});
  const Json costly = one.json("sync", {"--metered"}).at("photos");
  CHECK(costly.at("thumbnails") == 1);
  CHECK(costly.at("sent") == 0);
  CHECK(costly.at("left") == 1);
  CHECK(one.status().at("safe_to_hand_over") == false);
  CHECK(two.json("sync", {"--metered"}).at("photos").at("thumbnails") == 1);
  CHECK(two.json("attachment", {id, "--out", two.file("small.jpg"), "--thumbnail"}).at("bytes") > 0);
  CHECK_FALSE(has_original(two, id));
  CHECK(one.json("sync").at("photos").at("sent") == 1);
  CHECK(two.json("sync").at("photos").at("received") == 1);
  CHECK(has_original(two, id));
}

TEST_CASE("Photo journey: programs killed while photos go on either side, and in the end every photo is there once") {
  Journey journey;
  const TabletFolder one = journey.enrolled("李网格");
  const TabletFolder two = journey.enrolled("王网格");
  SeededRandom random{20260405};
  std::vector<std::string> ids;
  std::int64_t bytes = 0;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(attached(one, 1'100 + i * 50));
    bytes += content_bytes(one, ids.back());
  }
  one.edit({case_line(ids)});
  for (int i = 0; i < 8; ++i) {
    INFO("kill " << i);
    const TabletFolder& tablet = i < 5 ? one : two;
    test::Process sync(tablet.launch("sync", {"--json"}));
    sync.run_for(std::chrono::microseconds{random.below(150'000)});
    if (i % 2 == 0) {
      sync.kill();
    } else {
      journey.platform.kill();
      sync.wait();
      journey.platform.start();
    }
    CHECK(tablet.audit_ok());
  }
  one.json("sync");
  two.json("sync");
  for (const std::string& id : ids) CHECK(has_original(two, id));
  CHECK(one.status().at("photos") == 0);
  CHECK(one.audit_ok());
  CHECK(two.audit_ok());
  CHECK(journey.platform.run("audit").exit_code == 0);
}

TEST_CASE("Photo journey: a restored platform gets again the photos that its backup lacks") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  const std::string backup = journey.folder.file("backup");
  journey.platform.json("backup", {backup});
  const std::string id = attached(tablet, 900);
  tablet.edit({case_line({id})});
  CHECK(tablet.json("sync").at("photos").at("sent") == 1);
  journey.platform.stop();
  journey.platform.json("restore", {backup});
  journey.platform.start();
  CHECK(journey.platform.exported("attachments").empty());
  CHECK(tablet.json("sync").at("photos").at("sent") == 1);
  CHECK(parsed_lines(journey.platform.exported("attachments")).size() == 1);
  CHECK(tablet.status().at("photos") == 0);
}

}  // namespace ruhu::journeys
