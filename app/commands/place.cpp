#include "app/commands/place.hpp"

#include <algorithm>

#include "storage/model/bytes.hpp"

namespace ruhu {
namespace {

constexpr std::uint64_t kFormOne = 1;
constexpr std::uint64_t kPagesMax = 4;

void put_id(ByteWriter& out, const Uuid& id) {
  for (const std::uint8_t byte : id.bytes) out.byte(byte);
}

Uuid get_id(ByteReader& in) {
  Uuid id;
  const std::string_view bytes = in.raw(id.bytes.size());
  if (bytes.size() == id.bytes.size()) std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
  return id;
}

void put_optional(ByteWriter& out, const std::optional<RecordId>& id) {
  out.byte(id ? 1 : 0);
  if (id) put_id(out, *id);
}

std::optional<RecordId> get_optional(ByteReader& in) {
  if (in.byte() == 0) return std::nullopt;
  return get_id(in);
}

void put_form(ByteWriter& out, const std::optional<FormPlace>& form) {
  out.byte(form ? 1 : 0);
  if (!form) return;
  out.number(form->kind.value);
  put_optional(out, form->id);
  put_optional(out, form->household);
  put_id(out, form->dwelling);
  out.byte(form->newborn ? 1 : 0);
}

std::optional<FormPlace> get_form(ByteReader& in) {
  if (in.byte() == 0) return std::nullopt;
  FormPlace form;
  form.kind = {static_cast<std::uint16_t>(in.number())};
  form.id = get_optional(in);
  form.household = get_optional(in);
  form.dwelling = get_id(in);
  form.newborn = in.byte() != 0;
  return form;
}

void put_visit(ByteWriter& out, const std::optional<OpenVisit>& visit) {
  out.byte(visit ? 1 : 0);
  if (!visit) return;
  put_id(out, visit->visit);
  put_id(out, visit->start.household);
  put_id(out, visit->start.dwelling);
  out.signed_number(to_ms(visit->start.started_at));
}

std::optional<OpenVisit> get_visit(ByteReader& in) {
  if (in.byte() == 0) return std::nullopt;
  OpenVisit visit;
  visit.visit = get_id(in);
  visit.start.household = get_id(in);
  visit.start.dwelling = get_id(in);
  visit.start.started_at = from_ms(in.signed_number());
  return visit;
}

}  // namespace

std::string encode_place(const Place& place) {
  ByteWriter out;
  out.number(kFormOne);
  out.byte(static_cast<std::uint8_t>(place.tab));
  out.number(place.pages.size());
  for (const Page page : place.pages) out.byte(static_cast<std::uint8_t>(page));
  put_id(out, place.household);
  put_id(out, place.dwelling);
  put_visit(out, place.visit);
  put_form(out, place.person);
  put_form(out, place.record);
  return out.take();
}

std::optional<Place> decode_place(std::string_view bytes) {
  ByteReader in(bytes);
  if (bytes.empty() || in.number() != kFormOne) return std::nullopt;
  Place place;
  const std::uint8_t tab = in.byte();
  const std::uint64_t pages = in.number();
  if (tab > static_cast<std::uint8_t>(Tab::settings) || pages > kPagesMax) return std::nullopt;
  place.tab = static_cast<Tab>(tab);
  for (std::uint64_t i = 0; i < pages; ++i) {
    const std::uint8_t page = in.byte();
    if (page > static_cast<std::uint8_t>(Page::record)) return std::nullopt;
    place.pages.push_back(static_cast<Page>(page));
  }
  place.household = get_id(in);
  place.dwelling = get_id(in);
  place.visit = get_visit(in);
  place.person = get_form(in);
  place.record = get_form(in);
  if (!in.ok() || !in.at_end()) return std::nullopt;
  return place;
}

}  // namespace ruhu
