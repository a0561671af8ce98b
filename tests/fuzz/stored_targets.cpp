// What lies in a tablet's database: a damaged file hands the decoders anything.
#include "storage/model/stored_form.hpp"
#include "storage/records/identity_form.hpp"
#include "tests/fuzz/targets.hpp"

namespace ruhu::fuzz {
namespace {

template <class Decode, class Encode>
void check_form(std::string_view bytes, Decode decode, Encode encode) {
  const auto read = decode(bytes);
  if (!read.ok()) return;
  const std::string written = encode(*read);
  const auto again = decode(std::string_view(written));
  must(again.ok() && encode(*again) == written, "stored form");
}

/// The first byte says which form the rest is read as.
void run_stored(std::string_view bytes) {
  if (bytes.empty()) return;
  const auto form = static_cast<unsigned char>(bytes.front()) % 7U;
  bytes.remove_prefix(1);
  switch (form) {
    case 0: return check_form(bytes, decode_value, [](const Value& value) { return encode_value(value); });
    case 1: return check_form(bytes, decode_meta, encode_meta);
    case 2: return check_form(bytes, decode_change, encode_change);
    case 3: return check_form(bytes, decode_result, encode_result);
    case 4: return check_form(bytes, decode_replaced, encode_replaced);
    case 5: return check_form(bytes, decode_cells, encode_cells);
    default: return check_form(bytes, decode_identity, encode_identity);
  }
}

std::vector<std::string> stored_seeds() {
  const Provenance said{Source::booklet, Verified::seen, 20'000};
  const Stamp stamp{{4}, {{7}, 5}, {1'700'000'000'000'000}, {3}, said};
  RecordMeta meta;
  meta.created = stamp;
  meta.later = {{{3}, stamp}};
  Change change;
  change.id = {{7}, 5};
  change.group_first = 5;
  change.group_size = 1;
  change.record = {{10}, Uuid{{1, 2, 3}}};
  change.fields = {{{3}, {Base::Of::server, 8}, std::string("张建国"), said},
                   {{5}, {}, SetDelta{{{"a"}}, {{"b"}}}, {}}};
  OpResult result;
  result.op = {{7}, 5};
  result.outcome = OpOutcome::conflict;
  result.fields = {{{3}, FieldOutcome::conflict, 12, std::string("李四"), stamp}};
  Identity identity;
  identity.tablet = {7};
  identity.actor_name = "李晓";
  identity.role = "worker";
  identity.scopes = {{350'203'001'004'02}};
  identity.server_key = std::string(32, 'k');
  return {'\0' + encode_value(TextSet{{"a", "b"}}),
          '\1' + encode_meta(meta),
          '\2' + encode_change(change),
          '\3' + encode_result(result),
          '\4' + encode_replaced({{{3}, std::string("李四"), stamp}}),
          '\5' + encode_cells({{{57}, std::string("以后的")}, {{58}, 1.5}}),
          '\6' + encode_identity(identity)};
}

}  // namespace

std::vector<Target> stored_targets() { return {{"stored", run_stored, stored_seeds}}; }

}  // namespace ruhu::fuzz
