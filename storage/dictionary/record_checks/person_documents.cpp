#include "storage/dictionary/record_checks/person_documents.hpp"

#include <algorithm>
#include <array>

#include "storage/dictionary/citizen_id.hpp"
#include "storage/dictionary/document_number.hpp"
#include "storage/dictionary/lunar_date.hpp"

namespace ruhu {
namespace {

constexpr std::string_view kHongKongMacaoTaiwan = "C01";
constexpr std::string_view kPermanentResidence = "553";
constexpr std::string_view kNone = "000";

bool holds_citizen_number(std::string_view id_type) {
  static constexpr std::array<std::string_view, 4> kKinds{"", "111", "112", kHongKongMacaoTaiwan};
  return std::find(kKinds.begin(), kKinds.end(), id_type) != kKinds.end();
}

bool is_told_by_lunar_calendar(const RecordUnderCheck& record) { return record.is("birth_calendar", "lunar"); }

bool means_day(const PartialDate& told, const CivilDate& day) {
  return day >= first_day(told) && day <= last_day(told);
}

std::vector<FindingArg> days_of_number(const CivilDate& birth) {
  return {{.name = "solar", .day = birth, .tells_of = "id_no"},
          {.name = "lunar", .day = birth, .lunar = true, .tells_of = "id_no"}};
}

/// Digits 7-14 against what was told. Elders tell the lunar day, and some cards were written with it: as long as one
/// reading fits there is nothing to ask about.
void check_birth(RecordUnderCheck& record, const CitizenId& id) {
  const auto told = record.date("birth_date");
  if (!told || means_day(*told, id.birth)) return;
  const bool fits_lunar = is_lunar_reading(*told, id.birth);
  if (is_told_by_lunar_calendar(record)) {
    const bool known = lunar_date(to_day_number(id.birth)).has_value();
    if (!fits_lunar && known)
      record.add("birth_date", "check.birth_lunar_differs", Strength::hint, days_of_number(id.birth));
    return;
  }
  record.add("birth_date", "check.birth_differs_from_id");
  if (fits_lunar) record.add("birth_date", "check.birth_looks_lunar", Strength::hint, days_of_number(id.birth));
}

/// What the number says about its holder against what was told. Both may be right: cards hold errors.
void check_holder(RecordUnderCheck& record, const CitizenId& id) {
  if ((record.is("gender", "1") && !id.male) || (record.is("gender", "2") && id.male))
    record.add("gender", "check.gender_differs_from_id");
  check_birth(record, id);
}

void check_citizen_number(RecordUnderCheck& record, std::string_view number, std::string_view id_type) {
  if (!looks_like_citizen_id(number)) {
    const auto fault = find_citizen_id_fault(number, record.today());
    record.add("id_no", text_key_of(fault.value_or(CitizenIdFault::province)), Strength::error);
    if (is_permanent_residence_number(number))
      record.add("id_type", "check.id_type_permanent_residence", Strength::hint);
    return;
  }
  const auto id = parse_citizen_id(number);
  if (!id) return;
  check_holder(record, *id);
  if ((id->area[0] == '8') != (id_type == kHongKongMacaoTaiwan) && !id_type.empty())
    record.add("id_type", "check.id_type_area");
}

}  // namespace

void check_document(RecordUnderCheck& record) {
  const std::string_view id_type = record.text("id_type");
  const std::string number = normalise_citizen_id(record.text("id_no"));
  if (number.empty()) return;
  if (id_type == kNone) record.add("id_type", "check.id_type_none");
  if (holds_citizen_number(id_type)) return check_citizen_number(record, number, id_type);
  if (id_type == kPermanentResidence && !is_permanent_residence_number(number))
    record.add("id_no", "check.document.permanent_residence");
  const std::string_view shape = document_shape_key(id_type, number);
  if (!shape.empty()) record.add("id_no", shape, Strength::hint);
}

std::optional<BirthSpan> birth_span(const RecordUnderCheck& record) {
  const auto told = record.date("birth_date");
  if (!told) return std::nullopt;
  if (is_told_by_lunar_calendar(record))
    if (const auto span = solar_span_of_lunar(*told)) return BirthSpan{span->first, span->last};
  return BirthSpan{first_day(*told), last_day(*told)};
}

}  // namespace ruhu
