// Labels and consents.
#include "storage/model/life_cycle/consents.hpp"
#include "storage/model/life_cycle/labels.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/community.hpp"
#include "tests/support/community_laws.hpp"

using namespace ruhu;
using namespace ruhu::test;

namespace {

namespace l = kinds::person_label;
namespace c = kinds::consent;

struct Village : Community {
  RecordId house = building();
  Family chen =
      family(dwelling(house, "501"), {{"陈老伯", "02", "1", "1940-01-01"}, {"陈小孙", "41", "1", "2018-01-01"}});
  RecordId old = chen.people[0];
  PersonCircle circle() { return reader().person(old).value(); }
  Record only_label() {
    const auto labels = open(l::kKind, {l::person_id, old});
    REQUIRE(labels.size() == 1);
    return labels.front();
  }
};

Errc refusal(const Result<LifeCyclePlan>& plan) { return plan.ok() ? Errc::internal : plan.error().code; }

LabelProposal living_alone(const RecordId& consent) {
  LabelProposal proposal;
  proposal.label = "E3";
  proposal.basis = "居委会核实独居";
  proposal.consent = consent;
  proposal.review_months = 3;
  return proposal;
}

}  // namespace

TEST_CASE("Label: is proposed on a basis and a consent, confirmed by the lead, and reviewed in time", "[life]") {
  Village village;
  const RecordId consent = village.consent(village.old);
  village.carry_out(plan_label_proposed(village.circle(), living_alone(consent), village.occasion()));
  CHECK(village.only_label().text(l::state) == "proposed");
  CHECK(village.only_label().text(l::review_on) == "2026-06-05");
  const RecordId lead = village.new_id();
  const auto plan =
      village.carry_out(plan_label_confirmed(village.circle(), village.only_label().ref.id, lead, village.occasion()));
  CHECK(village.only_label().text(l::state) == "confirmed");
  CHECK(village.only_label().uuid(l::confirmed_by) == lead);
  CHECK(reminded_by(plan, "life.review_label") == "2026-06-05");
  CHECK(refusal(plan_label_confirmed(village.circle(), village.only_label().ref.id, lead, village.occasion())) ==
        Errc::nothing_to_change);
  CHECK(refusal(plan_label_proposed(village.circle(), living_alone(consent), village.occasion())) ==
        Errc::nothing_to_change);
}

TEST_CASE("Label: without a basis, or with neither consent nor legal duty, there is none", "[life]") {
  Village village;
  const RecordId consent = village.consent(village.old);
  LabelProposal proposal = living_alone(consent);
  proposal.basis.clear();
  CHECK(refusal(plan_label_proposed(village.circle(), proposal, village.occasion())) == Errc::basis_missing);
  proposal = living_alone(village.new_id());
  CHECK(refusal(plan_label_proposed(village.circle(), proposal, village.occasion())) == Errc::basis_missing);
  proposal.consent.reset();
  proposal.legal_duty = true;
  CHECK(plan_label_proposed(village.circle(), proposal, village.occasion()).ok());
  village.set(c::kKind, consent, c::given, "withdrawn");
  CHECK(refusal(plan_label_proposed(village.circle(), living_alone(consent), village.occasion())) ==
        Errc::basis_missing);
  auto dead = village.circle();
  dead.person.set(kinds::person::died_on, "2026-01-01");
  CHECK(refusal(plan_label_proposed(dead, living_alone(consent), village.occasion())) == Errc::deceased);
}

TEST_CASE("Label: renewed it stays longer, removed it never comes back by renewing", "[life]") {
  Village village;
  const RecordId label = village.label(village.old, "E3", village.consent(village.old));
  const RecordId visit = village.promised_visit(village.chen, village.old, "04");
  village.carry_out(plan_label_renewed(village.circle(), label, 6, village.occasion()));
  CHECK(village.only_label().text(l::review_on) == "2026-09-05");
  CHECK(refusal(plan_label_renewed(village.circle(), label, 1, village.occasion())) == Errc::nothing_to_change);
  auto before = village.circle();
  village.carry_out(plan_label_removed(before, label, "子女已同住", village.occasion()));
  const Record removed = village.get(l::kKind, label);
  CHECK(removed.text(l::state) == "removed");
  CHECK(removed.text(l::until) == "2026-03-05");
  CHECK(removed.text(l::end_reason) == "子女已同住");
  CHECK_FALSE(promises_visit(village.get(kinds::visit::kKind, visit)));
  before.labels = {removed};
  CHECK(refusal(plan_label_renewed(before, label, 6, village.occasion())) == Errc::already_ended);
  CHECK(refusal(plan_label_removed(before, label, "", village.occasion())) == Errc::already_ended);
}

TEST_CASE("Label: another label keeps the care visits", "[life]") {
  Village village;
  const RecordId consent = village.consent(village.old);
  const RecordId label = village.label(village.old, "E3", consent);
  village.label(village.old, "P2", consent);
  const RecordId visit = village.promised_visit(village.chen, village.old, "04");
  village.carry_out(plan_label_removed(village.circle(), label, "", village.occasion()));
  CHECK(promises_visit(village.get(kinds::visit::kKind, visit)));
}

TEST_CASE("Label: past its review date it expires on that date, and the lead is told", "[life]") {
  Village village;
  const RecordId label = village.label(village.old, "E3", village.consent(village.old));
  CHECK(refusal(plan_labels_expired(village.circle(), village.occasion())) == Errc::nothing_to_change);
  village.pass_days(118);
  CHECK(village.occasion().day == "2026-07-01");
  CHECK(refusal(plan_labels_expired(village.circle(), village.occasion())) == Errc::nothing_to_change);
  village.pass_days(1);
  const auto plan = village.carry_out(plan_labels_expired(village.circle(), village.occasion()));
  CHECK(village.get(l::kKind, label).text(l::until) == "2026-07-01");
  CHECK(reminds(plan, "life.label_expired", Audience::lead));
}

TEST_CASE("Consent: needs the notice before, and a guardian's word for a child under 14", "[life]") {
  Village village;
  ConsentAnswer answer{"health", true, "oral", {}, {}, {}, ""};
  CHECK(refusal(plan_consent_answered(village.circle(), answer, village.occasion())) == Errc::required_missing);
  answer.notice = village.new_id();
  village.carry_out(plan_consent_answered(village.circle(), answer, village.occasion()));
  CHECK(refusal(plan_consent_answered(village.circle(), answer, village.occasion())) == Errc::nothing_to_change);
  const auto child = village.reader().person(village.chen.people[1]).value();
  CHECK(refusal(plan_consent_answered(child, answer, village.occasion())) == Errc::required_missing);
  answer.guardian = village.old;
  village.carry_out(plan_consent_answered(child, answer, village.occasion()));
  const auto consents = village.open(c::kKind, {c::person_id, village.chen.people[1]});
  REQUIRE(consents.size() == 1);
  CHECK(consents[0].text(c::how) == "guardian");
  CHECK(consents[0].uuid(c::guardian_id) == village.old);
}

TEST_CASE("Consent: no after yes withdraws, yes after no takes its place", "[life]") {
  Village village;
  const RecordId yes = village.consent(village.old, "contact");
  ConsentAnswer answer{"contact", false, "oral", village.new_id(), {}, {}, ""};
  village.carry_out(plan_consent_answered(village.circle(), answer, village.occasion()));
  CHECK(village.get(c::kKind, yes).text(c::given) == "withdrawn");
  CHECK(int_of(village.get(c::kKind, yes).get(c::withdrawn_at)) == to_ms(village.clock().now()));
  village.carry_out(plan_consent_answered(village.circle(), answer, village.occasion()));
  answer.agreed = true;
  village.carry_out(plan_consent_answered(village.circle(), answer, village.occasion()));
  int standing = 0;
  for (const Record& consent : village.open(c::kKind, {c::person_id, village.old})) {
    CHECK(consent.text(c::given) != "no");
    if (consent.text(c::given) == "yes") ++standing;
  }
  CHECK(standing == 1);
}

TEST_CASE("Consent: withdrawn, use stops: labels that rest on it end, health notes are cleared, the lead erases",
          "[life]") {
  namespace p = kinds::person;
  Village village;
  const RecordId health = village.consent(village.old, "health");
  const RecordId other = village.consent(village.old, "label");
  const RecordId resting = village.label(village.old, "E6", health);
  const RecordId by_law = village.label(village.old, "P1", health);
  village.set(l::kKind, by_law, l::legal_duty, true);
  const RecordId elsewhere = village.label(village.old, "E3", other);
  village.set(p::kKind, village.old, p::health_note, "高血压");
  village.set(p::kKind, village.old, p::self_care, "2");
  const auto plan = village.carry_out(plan_consent_withdrawn(village.circle(), health, village.occasion()));
  CHECK(village.get(l::kKind, resting).text(l::state) == "removed");
  CHECK(village.get(l::kKind, by_law).text(l::state) == "confirmed");
  CHECK(village.get(l::kKind, elsewhere).text(l::state) == "confirmed");
  CHECK(is_empty(village.get(p::kKind, village.old).get(p::health_note)));
  CHECK(is_empty(village.get(p::kKind, village.old).get(p::self_care)));
  CHECK(reminded_by(plan, "life.erase_data") == "2026-03-26");
  CHECK(refusal(plan_consent_withdrawn(village.circle(), health, village.occasion())) == Errc::already_ended);
  CHECK(refusal(plan_consent_withdrawn(village.circle(), village.new_id(), village.occasion())) == Errc::not_found);
}

TEST_CASE("Consent: to basic data withdrawn ends every label that no law demands", "[life]") {
  Village village;
  const RecordId basic = village.consent(village.old, "basic");
  const RecordId label = village.label(village.old, "E3", village.consent(village.old, "label"));
  village.carry_out(plan_consent_withdrawn(village.circle(), basic, village.occasion()));
  CHECK(village.get(l::kKind, label).text(l::state) == "removed");
}
