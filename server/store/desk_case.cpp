#include "server/store/desk_case.hpp"

#include "storage/model/stored_form.hpp"

namespace ruhu::server {
namespace {

constexpr std::uint64_t kFormOne = 1;

void put_id(ByteWriter& out, const Uuid& id) {
  for (const std::uint8_t byte : id.bytes) out.byte(byte);
}

Uuid get_id(ByteReader& in) {
  Uuid id;
  for (std::uint8_t& byte : id.bytes) byte = in.byte();
  return id;
}

CaseSide get_side(ByteReader& in) {
  CaseSide side;
  side.record.kind = {static_cast<std::uint16_t>(in.number())};
  side.record.id = get_id(in);
  const std::uint64_t fields = in.number();
  if (fields > in.left()) in.fail();
  for (std::uint64_t i = 0; i < fields && in.ok(); ++i) {
    CaseField field;
    field.column = {static_cast<std::uint16_t>(in.number())};
    field.value = get_value(in);
    field.stamp = get_stamp(in);
    side.fields.push_back(std::move(field));
  }
  return side;
}

}  // namespace

std::string encode_case_body(const DeskCase& one) {
  ByteWriter out;
  out.number(kFormOne);
  out.number(static_cast<std::uint64_t>(one.situation));
  out.number(static_cast<std::uint64_t>(one.score));
  out.number(one.reasons.size());
  for (const std::string& reason : one.reasons) out.text(reason);
  out.number(one.sides.size());
  for (const CaseSide& side : one.sides) {
    out.number(side.record.kind.value);
    put_id(out, side.record.id);
    out.number(side.fields.size());
    for (const CaseField& field : side.fields) {
      out.number(field.column.value);
      put_value(out, field.value);
      put_stamp(out, field.stamp);
    }
  }
  out.text(one.moves);
  return out.take();
}

Status decode_case_body(std::string_view bytes, DeskCase& one) {
  ByteReader in(bytes);
  const bool known = in.number() == kFormOne;
  one.situation = static_cast<int>(in.number());
  one.score = static_cast<int>(in.number());
  const std::uint64_t reasons = in.number();
  if (reasons > in.left()) in.fail();
  for (std::uint64_t i = 0; i < reasons && in.ok(); ++i) one.reasons.emplace_back(in.text());
  const std::uint64_t sides = in.number();
  if (sides > in.left()) in.fail();
  for (std::uint64_t i = 0; i < sides && in.ok(); ++i) one.sides.push_back(get_side(in));
  one.moves = in.text();
  if (!known || !in.ok() || !in.at_end()) return make_error(Errc::database_damaged, "case");
  return {};
}

}  // namespace ruhu::server
