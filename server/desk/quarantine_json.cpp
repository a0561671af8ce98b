#include "server/desk/quarantine_json.hpp"

#include <nlohmann/json.hpp>

#include "storage/model/value_json.hpp"

namespace ruhu::server {

Result<nlohmann::ordered_json> quarantine_to_json(PlatformTx& tx, const Dictionary& dictionary) {
  auto list = nlohmann::ordered_json::array();
  RUHU_TRY(const auto asides, tx.asides_due(Instant::max(), kEveryAside));
  for (const Aside& aside : asides) {
    RUHU_TRY(const auto op, tx.find_op(aside.op));
    if (!op) return make_error(Errc::internal, "op set aside is missing");
    const KindDef* kind = dictionary.find_kind(aside.record.kind);
    list.push_back({{"op", to_string(aside.op)},
                    {"state", std::string(name_of(op->result.outcome))},
                    {"reason", op->result.reason},
                    {"kind", kind == nullptr ? std::to_string(aside.record.kind.value) : kind->name},
                    {"id", to_string(aside.record.id)},
                    {"tries", aside.tries},
                    {"received", format_time(to_ms(op->received_at))},
                    {"next_try", format_time(to_ms(aside.next_at))}});
  }
  return list;
}

}  // namespace ruhu::server
