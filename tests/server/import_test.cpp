#include "server/admin/import.hpp"

#include <sstream>

#include "tests/server/platform_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;
namespace person = kinds::person;

namespace {

constexpr const char* kId = "0190163d-8694-739b-aea5-966c26f8ad90";

server::ImportReport import(PlatformWorld& world, const std::string& lines, bool dry_run = false) {
  std::istringstream in(lines);
  const auto report = server::import_lines(world.store(), world.dictionary, world.clock, world.random, in, dry_run);
  if (!report.ok()) FAIL(to_log_line(report.error()));
  return *report;
}

std::string line(const std::string& fields, const std::string& more = "") {
  return R"({"kind":"person",)" + more + R"("fields":{"grid_id":"350582006001003",)" + fields + "}}\n";
}

std::int64_t persons(PlatformWorld& world) {
  return world.store().begin().value()->count_records(person::kKind).value();
}

}  // namespace

TEST_CASE("Import: good lines become records with presets and the importer's evidence", "[import]") {
  PlatformWorld w;
  const auto report =
      import(w, line(R"("name":"张三")", R"("id":")" + std::string(kId) + R"(",)") + "\n" + line(R"("name":"李四")"));
  CHECK(report.lines == 2);
  CHECK(report.accepted == 2);
  const Record record = w.record({person::kKind, parse_uuid(kId).value()});
  CHECK(record.text(person::status) == "active");
  CHECK(record.meta.stamp_of(person::name).provenance.source == Source::import_);
  CHECK(record.meta.created.op == OpId{{0}, 1});
  CHECK(w.audit().empty());
}

TEST_CASE("Import: a dry run reports the same and changes no byte", "[import]") {
  PlatformWorld w;
  const std::string lines = line(R"("name":"张三")") + line(R"("gender":"9x")") + line(R"("name":"李四")");
  const std::string before = w.export_all();
  const auto dry = import(w, lines, true);
  CHECK(w.export_all() == before);
  const auto real = import(w, lines);
  CHECK(dry.accepted == real.accepted);
  CHECK(dry.refused.size() == real.refused.size());
  CHECK(persons(w) == 2);
}

TEST_CASE("Import: each bad line is refused alone, with its number and its field, never its value", "[import]") {
  PlatformWorld w;
  const auto report = import(w, line(R"("name":"张三")") + "not json\n" + line(R"("name":"李四","gender":"SECRET")") +
                                    line(R"("name":"王五","nosuch":"x")") + line(R"("gender":"1")") +
                                    R"({"kind":"person","fields":{"name":"赵六"}})" + "\n" + line(R"("name":"钱七")"));
  CHECK(report.lines == 7);
  CHECK(report.accepted == 2);
  REQUIRE(report.refused.size() == 5);
  const Errc codes[] = {Errc::invalid_json, Errc::invalid_value, Errc::unknown_field, Errc::required_missing,
                        Errc::required_missing};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(report.refused[i].line == static_cast<std::int64_t>(i) + 2);
    CHECK(report.refused[i].code == codes[i]);
    CHECK(report.refused[i].detail.find("SECRET") == std::string::npos);
  }
  CHECK(persons(w) == 2);
  CHECK(w.audit().empty());
}

TEST_CASE("Import: a line that the merge refuses leaves no gap in the importer's ops", "[import]") {
  PlatformWorld w;
  const std::string bad = line(R"("name":"李四","gender":"9x")");
  CHECK(import(w, line(R"("name":"张三")") + bad + line(R"("name":"王五")") + bad).accepted == 2);
  CHECK(w.audit().empty());
  CHECK(import(w, line(R"("name":"赵六")")).accepted == 1);
  CHECK(w.tablet({0}).last_counter == 3);
  CHECK(w.audit().empty());
}

TEST_CASE("Import: a line for a known record meets the rules of its fields, and null clears one", "[import]") {
  PlatformWorld w;
  const std::string id = R"("id":")" + std::string(kId) + R"(",)";
  REQUIRE(import(w, line(R"("name":"张三","phone":"13800138000","education":"20","alias":["老张"])", id)).accepted ==
          1);
  w.clock.advance(std::chrono::hours{1});
  const auto report = import(w, R"({"kind":"person","source":"booklet","verified":"seen",)" + id +
                                    R"("fields":{"name":"张山","education":null,"phone":"13900139000"}})");
  CHECK(report.accepted == 1);
  const Record record = w.record({person::kKind, parse_uuid(kId).value()});
  CHECK(record.text(person::name) == "张山");
  CHECK(is_empty(record.get(person::education)));
  CHECK(record.get(person::alias) == Value{TextSet{{"老张"}}});
  CHECK(record.text(person::phone) == "13800138000");
  REQUIRE(w.conflicts().size() == 1);
  CHECK(w.conflicts().front().mine == Value{std::string("13900139000")});
  CHECK(w.audit().empty());
}

TEST_CASE("Import: at most a hundred refusals are listed, all are counted", "[import]") {
  PlatformWorld w;
  std::string lines;
  for (int i = 0; i < 150; ++i) lines += "[]\n";
  const auto report = import(w, lines);
  CHECK(report.lines == 150);
  CHECK(report.accepted == 0);
  CHECK(report.refused.size() == server::ImportReport::kRefusedMax);
}
