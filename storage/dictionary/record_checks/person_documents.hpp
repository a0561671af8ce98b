#pragma once
#include "storage/dictionary/record_checks/record_under_check.hpp"

namespace ruhu {

/// `id_type` and `id_no` against each other and against `gender`, `birth_date` and `birth_calendar`, as far as the
/// kind has them.
void check_document(RecordUnderCheck& record);

/// The first and last solar day on which somebody can be born whose birth date was told so.
struct BirthSpan {
  CivilDate first;
  CivilDate last;
};
std::optional<BirthSpan> birth_span(const RecordUnderCheck& record);

}  // namespace ruhu
