#include <algorithm>
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

std::string write_file(const TabletFolder& tablet, std::string_view name, std::string_view bytes) {
  const std::string path = tablet.file(name);
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

/// A photo as a camera writes it: on its side, with position and name.
std::string photo_file(const TabletFolder& tablet, int number) {
  const auto side = 900 + number;
  return write_file(tablet, "photo" + std::to_string(number) + ".jpg",
                    test::with_exif(test::baseline_jpeg(test::test_picture(side, 600)), 6));
}

Json case_line(const Json& photos) {
  return {{"kind", "case"},
          {"fields",
           {{"no", "350582006001003-20260305-A001"},
            {"category", "22"},
            {"text", "雨天路面积水很深，老人出门不便"},
            {"photos", photos}}}};
}

bool is_kept(const TabletFolder& tablet, const std::string& id) {
  const Json kept = tablet.json("attachments").at("kept");
  return std::find(kept.begin(), kept.end(), id) != kept.end();
}

}  // namespace

TEST_CASE("Photo journey: attached, saved with a case, read back without what the camera knew") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  const Json attached = tablet.json("attach", {photo_file(tablet, 1)});
  const std::string id = attached.at("attachment");
  CHECK(attached.at("width") == 600);
  CHECK(attached.at("height") == 901);
  CHECK(attached.at("thumbnail_bytes") < attached.at("bytes"));
  CHECK(is_kept(tablet, id));

  const auto saved = tablet.edit({case_line({id})});
  REQUIRE(saved.size() == 1);
  CHECK(tablet.get("case", saved[0].at("id")).at("fields").at("photos") == Json{id});
  CHECK_FALSE(is_kept(tablet, id));
  const std::string out = tablet.file("out.jpg");
  CHECK(tablet.json("attachment", {id, "--out", out}).at("bytes") == attached.at("bytes"));
  const std::string bytes = read_file(out);
  CHECK(to_hex(sha256(bytes)) == id);
  CHECK(bytes.find(test::kCameraName) == std::string::npos);
  CHECK(bytes.find("GPS") == std::string::npos);
  tablet.json("attachment", {id, "--out", out, "--thumbnail"});
  CHECK(read_file(out).size() == attached.at("thumbnail_bytes"));
  const Json usage = tablet.json("attachments");
  CHECK(usage.at("count") == 1);
  CHECK(usage.at("unsent") == 1);
  CHECK(usage.at("quota") == std::int64_t{2} << 30U);
  CHECK(tablet.audit_ok());

  const Json synced = tablet.json("sync");
  CHECK(synced.at("left") == 0);
  CHECK(synced.at("photos").at("sent") == 1);
  CHECK(tablet.status().at("queued") == 0);
  CHECK(tablet.status().at("photos") == 0);
  CHECK(tablet.status().at("safe_to_hand_over") == true);
}

TEST_CASE("Photo journey: what cannot be kept is refused with a reason, and nothing else is lost") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  const std::string nobodys(64, 'a');
  check_refused(tablet.attempt("attach", {write_file(tablet, "letter.jpg", "Dear Sir")}), "photo_unreadable");
  check_refused(tablet.attempt("attach", {tablet.file("nothing.jpg")}), "file_missing");
  check_refused(tablet.attempt("attachment", {"abc", "--out", tablet.file("out.jpg")}), "usage");
  check_refused(tablet.attempt("attachment", {nobodys, "--out", tablet.file("out.jpg")}), "not_found");
  const Ended edit = tablet.run("edit", {"--ndjson", "-"}, case_line({nobodys}).dump() + "\n");
  CHECK(edit.exit_code == 1);
  CHECK(parsed_lines(edit.out).at(0).at("error") == "attachment_missing");
  CHECK(parsed_lines(edit.out).at(0).at("detail") == "case.photos");

  tablet.json("attachments", {"--quota", "0"});
  check_refused(tablet.attempt("attach", {photo_file(tablet, 1)}), "attachment_quota");
  CHECK(tablet.edit({case_line(Json::array())}).at(0).contains("saved"));
  tablet.json("attachments", {"--quota", "100"});
  const std::string id = tablet.json("attach", {photo_file(tablet, 1)}).at("attachment");
  CHECK(is_kept(tablet, id));
  CHECK(tablet.json("attachments", {"--forget"}).at("count") == 0);
  CHECK(tablet.audit_ok());
}

TEST_CASE("Photo journey: killed while attaching or between that and the save, the photo is whole and kept or absent") {
  Journey journey;
  const TabletFolder tablet = journey.enrolled("李网格");
  SeededRandom random{20260404};
  std::vector<std::string> told;
  for (int i = 0; i < 12; ++i) {
    INFO("kill " << i);
    test::Process attach(tablet.launch("attach", {photo_file(tablet, i), "--json"}));
    attach.run_for(std::chrono::microseconds{random.below(400'000)});
    attach.kill();
    if (const auto line = attach.read_line()) told.push_back(Json::parse(*line).at("attachment"));
    CHECK(tablet.audit_ok());
    for (const std::string& id : told) CHECK(is_kept(tablet, id));
  }
  told.push_back(tablet.json("attach", {photo_file(tablet, 99)}).at("attachment"));
  {
    test::Process edit(tablet.launch("edit", {"--ndjson", "-"}));
    edit.write(case_line({told.back()}).dump().substr(0, 40));  // killed before the line is whole
    edit.run_for(std::chrono::milliseconds{300});
    edit.kill();
  }
  CHECK(is_kept(tablet, told.back()));
  constexpr std::size_t kPhotosPerCase = 6;
  for (std::size_t from = 0; from < told.size(); from += kPhotosPerCase) {
    const auto end = told.begin() + static_cast<std::ptrdiff_t>(std::min(told.size(), from + kPhotosPerCase));
    const Json some(std::vector<std::string>(told.begin() + static_cast<std::ptrdiff_t>(from), end));
    CHECK(tablet.edit({case_line(some)}).at(0).contains("saved"));
  }
  CHECK(tablet.json("attachments").at("unsent") == told.size());
  CHECK(tablet.audit_ok());
}

}  // namespace ruhu::journeys
