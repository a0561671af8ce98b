#include "server/ingest/sync_service.hpp"

#include <algorithm>

#include "sync/protocol/snapshot_rows.hpp"
#include "tests/server/platform_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_signature.hpp"

using namespace ruhu;
using namespace ruhu::test;
namespace person = kinds::person;

namespace {

struct Service : PlatformWorld {
  server::Tablet first = add_tablet('a', {kGrid, kCommunity});
  server::Tablet second = add_tablet('b', {kGrid, kCommunity});
  server::Tablet far = add_tablet('e', {kElsewhere, kElsewhere.community()});
  OpMaker one{*this, first.no};
  OpMaker two{*this, second.no};
  server::SyncService service{{dictionary,
                               clock,
                               {&store()},
                               [](std::string_view bytes) { return fake_signature(kFakeServerKey, bytes); },
                               [](std::string_view key, std::string_view bytes, std::string_view signature) {
                                 return signature == fake_signature(key, bytes);
                               }}};

  SyncRequest request_of(const server::Tablet& tablet, const std::vector<Change>& changes = {}) {
    SyncRequest request;
    request.tablet = tablet.no;
    request.epoch = store().epoch();
    request.nonce = random.next();
    for (const ScopeCode scope : tablet.scopes) request.cursors.push_back({scope, {0}});
    if (!changes.empty()) request.batches.push_back(encode_changes(changes));
    request.newest = changes.empty() ? this->tablet(tablet.no).last_counter : changes.back().id.counter;
    return request;
  }

  std::string sealed(const server::Tablet& tablet, const SyncRequest& request) {
    const auto sign = [&](std::string_view bytes) { return fake_signature(tablet.public_key, bytes); };
    return seal(tablet.no, encode_request(request), sign);
  }

  SyncResponse ask(const server::Tablet& tablet, const SyncRequest& request) {
    const auto answer = service.handle(sealed(tablet, request));
    if (!answer.ok()) FAIL(to_log_line(answer.error()));
    const auto check = [](TabletNo, std::string_view bytes, std::string_view signature) {
      return signature == fake_signature(kFakeServerKey, bytes);
    };
    const auto opened = open_envelope(*answer, check);
    REQUIRE(opened.ok());
    CHECK(opened->tablet == tablet.no);
    const auto response = decode_response(opened->message);
    if (!response.ok()) FAIL(to_log_line(response.error()));
    return *response;
  }

  std::string error_of(const server::Tablet& tablet, const SyncRequest& request) { return ask(tablet, request).error; }
};

}  // namespace

TEST_CASE("Sync service: acknowledges what was sent and hands on what others sent", "[sync_service]") {
  Service w;
  const Change made = w.one.person("张三");
  const SyncRequest request = w.request_of(w.first, {made});
  const SyncResponse answer = w.ask(w.first, request);
  CHECK(answer.error.empty());
  CHECK(answer.nonce == request.nonce);
  CHECK(answer.news.acknowledged == 1);
  CHECK(answer.news.results.size() == 1);
  CHECK(answer.news.entries.empty());
  const SyncResponse theirs = w.ask(w.second, w.request_of(w.second));
  REQUIRE(theirs.chunks.size() == 1);  // new here: rows, not the log
  const auto rows = decode_snapshot_rows(theirs.chunks.front().rows).value();
  REQUIRE(rows.size() == 1);
  CHECK(rows.front().ref == made.record);
  CHECK(rows.front().meta.created.op == made.id);
  REQUIRE(theirs.news.actors.size() == 1);
  CHECK(theirs.news.actors.front().name == "网格员 a");
}

TEST_CASE("Sync service: the same request twice gives the same answer and changes no byte", "[sync_service]") {
  Service w;
  const SyncRequest request = w.request_of(
      w.first, {w.one.person("张三"), w.one.person("李四", {says(person::gender, std::string("no code"))})});
  const SyncResponse once = w.ask(w.first, request);
  const std::string before = w.export_all();
  const SyncResponse again = w.ask(w.first, request);
  CHECK(again.news.results == once.news.results);
  CHECK(again.news.acknowledged == once.news.acknowledged);
  CHECK(w.export_all() == before);
}

TEST_CASE("Sync service: what was set aside and is placed later is told once, from where the tablet stands",
          "[sync_service][retry]") {
  Service w;
  const Change made = w.one.person("张三");
  const Change early = w.two.edit(made.record, {says(person::phone, std::string("13800138000"), seen(1))});
  const SyncResponse aside = w.ask(w.second, w.request_of(w.second, {early}));
  CHECK(aside.news.results.front().outcome == OpOutcome::quarantined);
  CHECK(aside.news.late.empty());
  CHECK(aside.news.late_upto == 0);
  REQUIRE(w.ask(w.first, w.request_of(w.first, {made})).error.empty());
  SyncRequest request = w.request_of(w.second);
  const SyncResponse later = w.ask(w.second, request);
  REQUIRE(later.news.late.size() == 1);
  CHECK(later.news.late.front().op == early.id);
  CHECK(later.news.late.front().is_clean());
  CHECK(later.news.late.front().version == ServerVersion{2});
  CHECK_FALSE(later.news.more);
  CHECK(w.ask(w.second, request).news.late == later.news.late);  // the answer may have been lost
  request.late_seen = later.news.late_upto;
  CHECK(w.ask(w.second, request).news.late.empty());
  CHECK(w.ask(w.first, w.request_of(w.first)).news.late.empty());
}

TEST_CASE("Sync service: many late results come in several answers", "[sync_service][retry]") {
  Service w;
  std::vector<Change> made;
  std::vector<Change> early;
  for (std::size_t i = 0; i < kLateResultsMax + 10; ++i) {
    made.push_back(w.one.person("张三"));
    early.push_back(w.two.edit(made.back().record, {says(person::phone, std::string("13800138000"), seen(1))}));
  }
  REQUIRE(w.ask(w.second, w.request_of(w.second, early)).error.empty());
  REQUIRE(w.ask(w.first, w.request_of(w.first, made)).error.empty());
  SyncRequest request = w.request_of(w.second);
  std::vector<OpId> told;
  for (bool more = true; more;) {
    const SyncResponse answer = w.ask(w.second, request);
    for (const OpResult& result : answer.news.late) told.push_back(result.op);
    if (answer.news.late_upto != 0) request.late_seen = answer.news.late_upto;
    more = answer.news.more;
  }
  std::vector<OpId> expected;
  for (const Change& op : early) expected.push_back(op.id);
  CHECK(told == expected);
  CHECK(w.audit().empty());
}

TEST_CASE("Sync service: nothing from outside the scopes is sent, whatever is asked for", "[sync_service]") {
  Service w;
  REQUIRE(w.ask(w.first, w.request_of(w.first, {w.one.person("张三")})).error.empty());
  SyncRequest request = w.request_of(w.far);
  request.cursors = {{kGrid, {0}}, {kCommunity, {0}}, {{0}, {0}}, {kElsewhere, {0}}};
  const SyncResponse answer = w.ask(w.far, request);
  CHECK(answer.news.entries.empty());
  CHECK(answer.news.actors.empty());
  CHECK(answer.news.cursors.empty());
  CHECK(answer.scopes == w.far.scopes);
}

TEST_CASE("Sync service: another realm, epoch, incarnation or tablet number is refused and nothing is kept",
          "[sync_service]") {
  Service w;
  const SyncRequest good = w.request_of(w.first, {w.one.person("张三")});
  const std::string before = w.export_all();
  const auto with = [&](auto change) {
    SyncRequest request = good;
    change(request);
    return w.error_of(w.first, request);
  };
  CHECK(with([](SyncRequest& r) { r.realm = Realm::practice; }) == "wrong_realm");
  CHECK(with([](SyncRequest& r) { r.incarnation = 2; }) == "tablet_unknown");
  CHECK(with([&](SyncRequest& r) { r.tablet = w.second.no; }) == "not_authorised");
  CHECK(with([](SyncRequest& r) { r.protocol = kProtocolVersion + 1; }) == "protocol_newer");
  CHECK(w.export_all() == before);
  CHECK(with([](SyncRequest& r) { r.epoch.value += 1; }) == "wrong_epoch");
  CHECK(w.tablet(w.first.no).last_counter == 0);
  CHECK(w.tablet(w.first.no).from_lost_epoch);
  CHECK(w.error_of(w.first, good).empty());
}

TEST_CASE("Sync service: a revoked tablet is told so and neither heard nor served", "[sync_service]") {
  Service w;
  REQUIRE(w.ask(w.second, w.request_of(w.second, {w.two.person("李四")})).error.empty());
  w.plant("UPDATE sys_tablet SET revoked = 1 WHERE no = " + std::to_string(w.first.no.value));
  const std::string before = w.export_all();
  const SyncResponse answer = w.ask(w.first, w.request_of(w.first, {w.one.person("张三")}));
  CHECK(answer.error == "not_authorised");
  CHECK(answer.news.entries.empty());
  CHECK(answer.news.results.empty());
  CHECK(w.export_all() == before);
}

TEST_CASE("Sync service: who has no key of ours gets no answer", "[sync_service]") {
  Service w;
  server::Tablet forged = w.first;
  forged.public_key = std::string(32, 'z');
  CHECK(w.service.handle(w.sealed(forged, w.request_of(forged))).error().code == Errc::not_authorised);
  server::Tablet importer = forged;
  importer.no = {0};
  importer.public_key.clear();
  CHECK(w.service.handle(w.sealed(importer, w.request_of(importer))).error().code == Errc::not_authorised);
  CHECK(w.service.handle("<html>").error().code == Errc::not_our_server);
  CHECK(w.service.handle("").error().code == Errc::not_our_server);
}

TEST_CASE("Sync service: what came before a bad batch stays acknowledged", "[sync_service]") {
  Service w;
  SyncRequest request = w.request_of(w.first, {w.one.person("张三")});
  request.batches.emplace_back("no batch");
  request.batches.push_back(encode_changes({w.one.person("李四")}));
  const SyncResponse answer = w.ask(w.first, request);
  CHECK(answer.error == "malformed_message");
  CHECK(answer.news.acknowledged == 1);
  CHECK(answer.news.results.size() == 1);
  CHECK(w.tablet(w.first.no).last_counter == 1);
}

TEST_CASE("Sync service: a batch with other content under a known op id is refused and nothing of it is kept",
          "[sync_service]") {
  Service w;
  Change made = w.one.person("张三");
  REQUIRE(w.ask(w.first, w.request_of(w.first, {made})).error.empty());
  const std::string before = w.export_all();
  made.fields.back().value = std::string("张四");
  CHECK(w.error_of(w.first, w.request_of(w.first, {made, w.one.person("李四")})) == "op_id_reused");
  CHECK(w.export_all() == before);
}

TEST_CASE("Sync service: a cursor beyond the log is the sign of another history", "[sync_service]") {
  Service w;
  SyncRequest request = w.request_of(w.first);
  request.cursors = {{kGrid, {5}}};
  CHECK(w.error_of(w.first, request) == "wrong_epoch");
}

TEST_CASE("Sync service: a tablet in practice is not taken for the live one with the same number", "[sync_service]") {
  Service w;
  server::Tablet other = w.first;
  other.public_key = std::string(32, 'q');
  const auto answer = w.service.handle(w.sealed(other, w.request_of(other)));
  CHECK(answer.error().code == Errc::not_authorised);
}

TEST_CASE("Sync service: long notes in many grids arrive in answers that can be read, each once", "[sync_service]") {
  Service w;
  std::vector<ScopeCode> grids;
  for (std::uint64_t i = 1; i <= 12; ++i) grids.push_back({350582006001000 + i});
  const auto clerk = w.add_tablet('c', grids, "clerk");
  const auto reader = w.add_tablet('d', grids, "clerk");
  OpMaker maker(w, clerk.no);
  std::string note;
  for (int i = 0; i < 1'000; ++i) note += "记";
  std::vector<Change> changes;
  for (const ScopeCode grid : grids)
    for (int i = 0; i < 500; ++i)
      changes.push_back(maker.edit({kinds::visit::kKind, make_uuid_v7(w.clock, w.random)},
                                   {says(kinds::visit::grid_id, to_string(grid)), says(kinds::visit::note, note)}));
  REQUIRE(w.take(clerk.no, changes).ok());
  SyncRequest request = w.request_of(reader);
  for (CursorAt& cursor : request.cursors) cursor.lsn = {1};  // has been here, so it gets the logs
  std::size_t received = grids.size();
  for (int trips = 0; trips < 100; ++trips) {
    const SyncResponse answer = w.ask(reader, request);
    REQUIRE(answer.error.empty());
    received += answer.news.entries.size();
    for (const CursorAt& moved : answer.news.cursors)
      for (CursorAt& cursor : request.cursors)
        if (cursor.scope == moved.scope) cursor = moved;
    if (!answer.news.more) break;
    REQUIRE_FALSE(answer.news.entries.empty());
  }
  CHECK(received == changes.size());
}
