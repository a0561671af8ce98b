#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "storage/dictionary/partial_date.hpp"
#include "storage/dictionary/validation.hpp"

namespace ruhu {

/// One record under examination, with what was found so far. Fields go by name, so that one check serves every kind
/// that has them; a field that the kind does not have is empty.
class RecordUnderCheck {
 public:
  RecordUnderCheck(const KindDef& kind, const std::vector<Cell>& values, Instant now, RecordAge age)
      : kind_(kind), values_(values), now_(now), age_(age) {}

  const KindDef& kind() const { return kind_; }
  bool is_fresh() const { return age_ == RecordAge::fresh; }
  std::int64_t now_ms() const { return to_ms(now_); }
  CivilDate today() const { return civil_date(now_); }

  const Value& get(std::string_view field) const;
  std::string_view text(std::string_view field) const { return text_of(get(field)); }
  bool is(std::string_view field, std::string_view code) const { return text(field) == code; }
  bool yes(std::string_view field) const { return bool_of(get(field)); }
  /// Nothing stands there. A gap is an answer: "refused" is not "not asked".
  bool missing(std::string_view field) const { return is_empty(get(field)); }
  std::optional<PartialDate> date(std::string_view field) const { return parse_partial_date(text(field)); }
  std::optional<std::int64_t> number(std::string_view field) const;  ///< Integers and instants.
  const std::vector<std::string>& items(std::string_view field) const;

  void add(std::string_view field, std::string_view text_key, Strength strength = Strength::warning,
           std::vector<FindingArg> args = {});
  /// `add` when the field is empty.
  void want(std::string_view field, std::string_view text_key, Strength strength = Strength::warning);
  /// Two instants or two dates of which the first cannot be later; speaks at the second.
  void in_order(std::string_view earlier, std::string_view later, std::string_view text_key,
                Strength strength = Strength::error);

  std::vector<Finding> take() { return std::move(found_); }

 private:
  const KindDef& kind_;
  const std::vector<Cell>& values_;
  Instant now_;
  RecordAge age_;
  std::vector<Finding> found_;
};

// What belongs to one kind, by subject. domain.md §3; what people forget warns, what cannot be stops.
void check_person(RecordUnderCheck& record);
void check_residency(RecordUnderCheck& record);
void check_consent(RecordUnderCheck& record);
void check_person_label(RecordUnderCheck& record);
void check_volunteer(RecordUnderCheck& record);

void check_building(RecordUnderCheck& record);
void check_grid(RecordUnderCheck& record);
void check_household(RecordUnderCheck& record);

void check_visit(RecordUnderCheck& record);
void check_need(RecordUnderCheck& record);
void check_case(RecordUnderCheck& record);
void check_case_step(RecordUnderCheck& record);

void check_enterprise(RecordUnderCheck& record);
void check_inspection(RecordUnderCheck& record);
void check_hazard(RecordUnderCheck& record);

void check_service_request(RecordUnderCheck& record);
void check_activity(RecordUnderCheck& record);

}  // namespace ruhu
