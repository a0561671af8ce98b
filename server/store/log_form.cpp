#include "server/store/log_form.hpp"

#include "platform/base/text.hpp"
#include "storage/model/stored_form.hpp"

namespace ruhu::server {
namespace {
constexpr std::uint64_t kFormOne = 1;
}

std::string encode_entry_body(const LogEntry& entry) {
  ByteWriter out;
  out.number(kFormOne);
  out.number(entry.made_at.packed);
  out.number(entry.actor.value);
  out.number(entry.fields.size());
  for (const FieldWrite& field : entry.fields) {
    out.number(field.column.value);
    put_value(out, field.value);
    put_provenance(out, field.provenance);
  }
  return out.take();
}

Status decode_entry_body(std::string_view bytes, LogEntry& entry) {
  ByteReader in(bytes);
  const bool known = in.number() == kFormOne;
  entry.made_at = {in.number()};
  entry.actor = {static_cast<std::uint32_t>(in.number())};
  const std::uint64_t count = in.number();
  if (!known || count > in.left()) return make_error(Errc::database_damaged, "log entry");
  entry.fields.resize(static_cast<std::size_t>(count));
  for (FieldWrite& field : entry.fields) {
    field.column = {static_cast<std::uint16_t>(in.number())};
    field.value = get_value(in);
    field.provenance = get_provenance(in);
  }
  if (!in.ok() || !in.at_end()) return make_error(Errc::database_damaged, "log entry");
  return {};
}

std::string encode_scopes(const std::vector<ScopeCode>& scopes) {
  std::vector<std::string> codes;
  for (const ScopeCode scope : scopes) codes.push_back(to_string(scope));
  return join(codes, ",");
}

std::vector<ScopeCode> decode_scopes(std::string_view text) {
  std::vector<ScopeCode> scopes;
  for (const auto part : split(text, ','))
    if (const auto scope = parse_scope_code(part)) scopes.push_back(*scope);
  return scopes;
}

std::string encode_withdrawn(const std::vector<Withdrawn>& withdrawn) {
  ByteWriter out;
  for (const Withdrawn& one : withdrawn) {
    out.number(one.scope.value);
    out.signed_number(to_ms(one.at));
    out.byte(one.erased ? 1 : 0);
  }
  return out.take();
}

Result<std::vector<Withdrawn>> decode_withdrawn(std::string_view bytes) {
  ByteReader in(bytes);
  std::vector<Withdrawn> withdrawn;
  while (in.ok() && !in.at_end()) {
    Withdrawn one;
    one.scope = {in.number()};
    one.at = from_ms(in.signed_number());
    one.erased = in.byte() != 0;
    withdrawn.push_back(one);
  }
  if (!in.ok()) return make_error(Errc::database_damaged, "withdrawn scopes");
  return withdrawn;
}

}  // namespace ruhu::server
