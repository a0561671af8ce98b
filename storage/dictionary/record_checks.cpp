// Findings that need more than one field of a record. domain.md §3.2-3.8; what people forget warns, what
// cannot be stops.
#include <algorithm>
#include <array>

#include "platform/base/text.hpp"
#include "storage/dictionary/citizen_id.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "storage/dictionary/validation.hpp"

namespace ruhu {
namespace {

constexpr int kAdultGuardAge = 14;  ///< Below it a guardian speaks for the child (PIPL Art. 31).
constexpr std::int64_t kVisitMsMax = std::int64_t{4} * 60 * 60 * 1000;
constexpr std::int64_t kHourMs = std::int64_t{60} * 60 * 1000;
constexpr std::int64_t kQuietUntilHour = 8;
constexpr std::int64_t kQuietFromHour = 21;

/// One record under examination: fields by name, so that one check serves every kind that has them.
class RecordExamination {
 public:
  RecordExamination(const KindDef& kind, const std::vector<FieldValue>& values, Instant now, RecordAge age)
      : kind_(kind), values_(values), today_(civil_date(now)), age_(age) {}

  std::vector<Finding> run() {
    required();
    period("since", "until", Strength::error);
    period("since", "expected_until", Strength::warning);
    pair("lat", "lng");
    if (kind_.name == "person") person();
    if (kind_.name == "visit") visit();
    if (kind_.name == "household") household();
    if (kind_.name == "need") need();
    return std::move(found_);
  }

 private:
  const Value& get(std::string_view field) const {
    static const Value kEmpty;
    const FieldDef* def = kind_.find(field);
    if (def == nullptr) return kEmpty;
    const auto at = std::find_if(values_.begin(), values_.end(), [&](const auto& v) { return v.column == def->no; });
    return at == values_.end() ? kEmpty : at->value;
  }
  std::string_view text(std::string_view field) const { return text_of(get(field)); }
  bool missing(std::string_view field) const { return is_empty(get(field)); }
  std::optional<PartialDate> date(std::string_view field) const { return parse_partial_date(text(field)); }

  void add(std::string_view field, std::string_view text_key, Strength strength = Strength::warning) {
    found_.push_back({strength, std::string(field), std::string(text_key)});
  }

  /// A gap is an answer: "refused" is not "not asked". Only what names a record or ties it to its parent stops a save:
  /// at the door half a record is worth more than none.
  void required() {
    for (const FieldDef& field : kind_.fields) {
      if (!field.required || !missing(field.name)) continue;
      const bool stops = age_ == RecordAge::fresh && (field.type == FieldType::ref || names_record(field));
      add(field.name, "check.required", stops ? Strength::error : Strength::warning);
    }
  }

  bool names_record(const FieldDef& field) const {
    return std::find(kind_.title.begin(), kind_.title.end(), field.name) != kind_.title.end();
  }

  void period(std::string_view from, std::string_view to, Strength strength) {
    const auto start = date(from);
    const auto end = date(to);
    if (start && end && last_day(*end) < first_day(*start)) add(to, "check.until_before_since", strength);
  }

  void pair(std::string_view one, std::string_view other) {
    if (kind_.find(one) == nullptr || kind_.find(other) == nullptr) return;
    if (missing(one) != missing(other)) add(missing(one) ? one : other, "check.position_incomplete");
  }

  void person() {
    document();
    const auto category = text("category");
    if ((category == "01" || category == "02") && missing("hukou_division"))
      add("hukou_division", "check.hukou_division_wanted");
    child();
    death();
  }

  void document() {
    static constexpr std::array<std::string_view, 4> kCitizenKinds{"", "111", "112", "C01"};
    const auto kind = text("id_type");
    const auto number = text("id_no");
    if (number.empty()) {
      if (missing("id_no") && kind != "000" && missing("id_no_reason"))
        add("id_no_reason", "check.id_no_reason_wanted");
      return;
    }
    if (kind == "000") add("id_type", "check.id_type_none");
    const bool citizen = std::find(kCitizenKinds.begin(), kCitizenKinds.end(), kind) != kCitizenKinds.end();
    if (!citizen) return;
    const std::string plain = normalise_citizen_id(number);
    if (!looks_like_citizen_id(plain)) {
      const auto fault = find_citizen_id_fault(plain, today_);
      add("id_no", text_key_of(fault.value_or(CitizenIdFault::province)), Strength::error);
    } else if (const auto id = parse_citizen_id(plain)) {
      holder(*id);
      if ((id->area[0] == '8') != (kind == "C01") && !kind.empty()) add("id_type", "check.id_type_area");
    }
  }

  /// What the number says about its holder against what was told. Both may be right: card errors exist.
  void holder(const CitizenId& id) {
    const auto gender = text("gender");
    if ((gender == "1" && !id.male) || (gender == "2" && id.male)) add("gender", "check.gender_differs_from_id");
    const auto birth = date("birth_date");
    if (!birth || text("birth_calendar") == "lunar") return;
    if (id.birth < first_day(*birth) || id.birth > last_day(*birth)) add("birth_date", "check.birth_differs_from_id");
  }

  void child() {
    const auto birth = date("birth_date");
    if (!birth || !missing("died_on") || age_in_years(last_day(*birth), today_) >= kAdultGuardAge) return;
    if (age_in_years(first_day(*birth), today_) >= kAdultGuardAge) return;  // cannot be told from the year alone
    if (missing("guardian_id") && missing("emergency_name")) add("guardian_id", "check.guardian_wanted");
  }

  void death() {
    const auto died = date("died_on");
    const auto birth = date("birth_date");
    if (died && birth && last_day(*died) < first_day(*birth)) add("died_on", "check.death_before_birth");
    if (died && missing("death_source")) add("death_source", "check.death_source_wanted");
    if (!died && !missing("death_source")) add("died_on", "check.died_on_wanted");
  }

  void visit() {
    visit_times();
    const auto outcome = text("outcome");
    const bool answered = outcome == "01" || outcome == "02" || outcome == "10";
    if (answered && missing("respondent_id") && missing("respondent_name"))
      add("respondent_id", "check.respondent_wanted");
    if (outcome == "04" && missing("next_on")) add("next_on", "check.next_on_wanted");
  }

  void visit_times() {
    const auto* start = std::get_if<std::int64_t>(&get("started_at"));
    const auto* end = std::get_if<std::int64_t>(&get("ended_at"));
    if (start == nullptr) return;
    const std::int64_t local = *start + std::chrono::duration_cast<Millis>(kChinaOffset).count();
    const std::int64_t hour = (local / kHourMs % 24 + 24) % 24;
    if (hour < kQuietUntilHour || hour >= kQuietFromHour) add("started_at", "check.visit_quiet_hours");
    if (end == nullptr) return;
    if (*end < *start) {
      add("ended_at", "check.visit_ends_before_start", Strength::error);
    } else if (*end - *start > kVisitMsMax) {
      add("ended_at", "check.visit_too_long", Strength::error);
    }
  }

  void household() {
    if (text("status") == "active" && missing("head_person_id")) add("head_person_id", "check.head_wanted");
  }

  void need() {
    const auto state = text("state");
    if ((state == "rated" || state == "closed") && missing("rating")) add("rating", "check.rating_wanted");
  }

  const KindDef& kind_;
  const std::vector<FieldValue>& values_;
  CivilDate today_;
  RecordAge age_;
  std::vector<Finding> found_;
};

}  // namespace

std::vector<Finding> check_record(const Dictionary& dictionary, const KindDef& kind,
                                  const std::vector<FieldValue>& values, Instant now) {
  return check_record(dictionary, kind, values, now, RecordAge::fresh);
}

std::vector<Finding> check_record(const Dictionary&, const KindDef& kind, const std::vector<FieldValue>& values,
                                  Instant now, RecordAge age) {
  return RecordExamination(kind, values, now, age).run();
}

}  // namespace ruhu
