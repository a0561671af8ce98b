#include "server/auth/enrolment.hpp"

#include <algorithm>

#include "platform/keys/crypto.hpp"
#include "tests/server/platform_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

const std::string kPublicKey(SigningKey::kPublicKeyBytes, 'p');

server::EnrolmentOffer offer(const std::string& role = "worker") {
  server::EnrolmentOffer made;
  made.role = role;
  made.grids = {kGrid};
  return made;
}

server::IssuedCode issue(PlatformWorld& w, const server::EnrolmentOffer& what) {
  const auto tx = w.store().begin().value();
  const auto code = server::issue_code(*tx, what, w.clock.now());
  if (!code.ok()) FAIL(to_log_line(code.error()));
  REQUIRE(tx->commit().ok());
  return *code;
}

Result<server::Enrolled> redeem(PlatformWorld& w, const std::string& code, const std::string& key = kPublicKey) {
  RUHU_TRY(const auto tx, w.store().begin());
  RUHU_TRY(auto enrolled, server::redeem_code(*tx, code, key, w.clock.now()));
  RUHU_TRY_DONE(tx->commit());
  return enrolled;
}

}  // namespace

TEST_CASE("Enrolment: a code lets one tablet in, with the scopes and the role that it was made for", "[enrolment]") {
  PlatformWorld w;
  const auto code = issue(w, offer());
  const auto enrolled = redeem(w, code.code);
  REQUIRE(enrolled.ok());
  CHECK(enrolled->tablet.no.value != 0);
  CHECK(enrolled->tablet.role == "worker");
  CHECK(enrolled->tablet.scopes == std::vector<ScopeCode>{kGrid, kCommunity});
  CHECK(enrolled->tablet.actor == enrolled->account.no);
  CHECK(w.tablet(enrolled->tablet.no).public_key == kPublicKey);
  CHECK(w.tablet(enrolled->tablet.no).last_counter == 0);
}

TEST_CASE("Enrolment: a code works once only", "[enrolment]") {
  PlatformWorld w;
  const auto code = issue(w, offer());
  const auto first = redeem(w, code.code);
  REQUIRE(first.ok());
  CHECK(redeem(w, code.code).error().code == Errc::code_invalid);
  const auto other = redeem(w, issue(w, offer()).code);
  REQUIRE(other.ok());
  CHECK(other->tablet.no != first->tablet.no);
}

TEST_CASE("Enrolment: a code works until it expires and not after", "[enrolment]") {
  PlatformWorld w;
  auto short_offer = offer();
  short_offer.valid_for = std::chrono::hours{1};
  const auto early = issue(w, short_offer);
  const auto late = issue(w, short_offer);
  w.clock.advance(std::chrono::minutes{59});
  CHECK(redeem(w, early.code).ok());
  w.clock.advance(std::chrono::minutes{2});
  CHECK(redeem(w, late.code).error().code == Errc::code_invalid);
  w.clock.advance(-std::chrono::hours{1});
  CHECK(redeem(w, early.code).error().code == Errc::code_invalid);
}

TEST_CASE("Enrolment: a code is understood as people type it, and a wrong one or key is not", "[enrolment]") {
  PlatformWorld w;
  const auto code = issue(w, offer());
  std::string typed = " ";
  for (const char c : code.code)
    typed += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (c == '-' ? ' ' : c));
  CHECK(redeem(w, "0000-0000").error().code == Errc::code_invalid);
  CHECK(redeem(w, "").error().code == Errc::code_invalid);
  CHECK(redeem(w, code.code, "short key").error().code == Errc::code_invalid);
  CHECK(redeem(w, typed).ok());
}

TEST_CASE("Enrolment: the code itself is nowhere in the platform's data", "[enrolment]") {
  PlatformWorld w;
  const auto code = issue(w, offer());
  std::string bare = code.code;
  std::erase(bare, '-');
  const std::string all = w.export_all();
  CHECK(all.find(code.code) == std::string::npos);
  CHECK(all.find(bare) == std::string::npos);
}

TEST_CASE("Enrolment: unknown roles and grids are refused", "[enrolment]") {
  PlatformWorld w;
  const auto refusal = [&](const server::EnrolmentOffer& what) {
    const auto tx = w.store().begin().value();
    return server::issue_code(*tx, what, w.clock.now()).error().code;
  };
  CHECK(refusal(offer("emperor")) == Errc::usage);
  CHECK(refusal(offer("import")) == Errc::usage);
  auto community_as_grid = offer();
  community_as_grid.grids = {kCommunity};
  CHECK(refusal(community_as_grid) == Errc::not_found);
  CHECK(refusal({}) == Errc::usage);
  const auto tablet = w.add_tablet('a', {kGrid, kCommunity});
  OpMaker maker(w, tablet.no);
  const auto grid = maker.edit({kinds::grid::kKind, make_uuid_v7(w.clock, w.random)},
                               {says(kinds::grid::grid_id, to_string(kGrid)), says(kinds::grid::code, to_string(kGrid)),
                                says(kinds::grid::name, std::string("第三网格"))});
  REQUIRE(w.take_one(grid).is_clean());
  auto unknown = offer();
  unknown.grids = {kOtherGrid};
  CHECK(refusal(unknown) == Errc::not_found);
  CHECK_FALSE(issue(w, offer()).code.empty());
}
