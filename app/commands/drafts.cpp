#include "app/commands/drafts.hpp"

#include <algorithm>

#include "storage/model/stored_form.hpp"

namespace ruhu {
namespace {

constexpr std::uint64_t kFormOne = 1;
constexpr std::uint64_t kFormTwo = 2;  // Of form drafts: with source and verified.
constexpr std::size_t kIdBytes = 16;

void put_id(ByteWriter& out, const Uuid& id) {
  for (const std::uint8_t byte : id.bytes) out.byte(byte);
}

Uuid get_id(ByteReader& in) {
  Uuid id;
  const std::string_view bytes = in.raw(kIdBytes);
  if (bytes.size() == kIdBytes) std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
  return id;
}

void put_input(ByteWriter& out, const VisitInput& input) {
  put_id(out, input.household);
  for (const std::string* text :
       {&input.purpose, &input.outcome, &input.respondent_name, &input.note, &input.next_action, &input.next_on})
    out.text(*text);
  out.byte(input.notice_given ? 1 : 0);
  put_id(out, input.respondent);
  out.byte(input.respondent_other ? 1 : 0);
  out.number(input.roster.size());
  for (const RosterInput& row : input.roster) {
    put_id(out, row.person);
    out.byte(static_cast<std::uint8_t>(row.answer));
  }
  out.number(input.needs.size());
  for (const NeedInput& need : input.needs) {
    out.text(need.category);
    out.text(need.text);
  }
}

VisitInput get_input(ByteReader& in) {
  VisitInput input;
  input.household = get_id(in);
  for (std::string* text :
       {&input.purpose, &input.outcome, &input.respondent_name, &input.note, &input.next_action, &input.next_on})
    *text = in.text();
  input.notice_given = in.byte() != 0;
  input.respondent = get_id(in);
  input.respondent_other = in.byte() != 0;
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    RosterInput row;
    row.person = get_id(in);
    row.answer = static_cast<RosterAnswer>(in.byte());
    input.roster.push_back(row);
  }
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    NeedInput need;
    need.category = in.text();
    need.text = in.text();
    input.needs.push_back(std::move(need));
  }
  return input;
}

}  // namespace

std::string encode_visit_draft(const VisitDraft& draft) {
  ByteWriter out;
  out.number(kFormOne);
  put_id(out, draft.visit);
  put_id(out, draft.start.household);
  put_id(out, draft.start.dwelling);
  out.signed_number(to_ms(draft.start.started_at));
  put_input(out, draft.input);
  return out.take();
}

std::optional<VisitDraft> decode_visit_draft(std::string_view bytes) {
  ByteReader in(bytes);
  if (bytes.empty() || in.number() != kFormOne) return std::nullopt;
  VisitDraft draft;
  draft.visit = get_id(in);
  draft.start.household = get_id(in);
  draft.start.dwelling = get_id(in);
  draft.start.started_at = from_ms(in.signed_number());
  draft.input = get_input(in);
  if (!in.ok() || !in.at_end()) return std::nullopt;
  return draft;
}

std::string encode_form_draft(const FormDraft& draft) {
  ByteWriter out;
  out.number(kFormTwo);
  out.text(draft.relation);
  out.text(draft.source);
  out.text(draft.verified);
  out.number(draft.cells.size());
  for (const Cell& cell : draft.cells) {
    out.number(cell.column.value);
    put_value(out, cell.value);
  }
  return out.take();
}

std::optional<FormDraft> decode_form_draft(std::string_view bytes) {
  ByteReader in(bytes);
  const std::uint64_t form = in.number();
  if (bytes.empty() || (form != kFormOne && form != kFormTwo)) return std::nullopt;
  FormDraft draft;
  draft.relation = in.text();
  if (form == kFormTwo) {
    draft.source = in.text();
    draft.verified = in.text();
  }
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    const ColumnNo column{static_cast<std::uint16_t>(in.number())};
    draft.cells.push_back({column, get_value(in)});
  }
  if (!in.ok() || !in.at_end()) return std::nullopt;
  return draft;
}

}  // namespace ruhu
