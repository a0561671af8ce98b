#include "server/ingest/unplaced.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace ruhu::server {

bool is_fault_of_op(Errc code) {
  switch (code) {
    case Errc::unknown_kind:
    case Errc::unknown_field:
    case Errc::invalid_value:
    case Errc::invalid_utf8:
    case Errc::required_missing:
    case Errc::out_of_scope:
    case Errc::not_authorised:
    case Errc::not_found:
    case Errc::malformed_message: return true;
    default: return false;
  }
}

OpResult unplaced(OpId op, OpOutcome outcome, Errc reason) {
  OpResult result;
  result.op = op;
  result.outcome = outcome;
  result.reason = traits_of(reason).key;
  return result;
}

Millis pause_after(int tries) {
  using std::chrono::hours;
  using std::chrono::minutes;
  static constexpr std::array<Millis, 5> kPauses = {minutes{5}, minutes{10}, hours{1}, hours{8}, hours{24}};
  return kPauses[std::min(static_cast<std::size_t>(tries), kPauses.size() - 1)];
}

}  // namespace ruhu::server
