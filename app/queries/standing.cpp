#include "app/queries/standing.hpp"

#include <algorithm>
#include <array>

#include "dictionary_constants.hpp"

namespace ruhu {
namespace {

struct EndState {
  std::string_view list;
  std::string_view code;
};
/// Codes of state lists after which nothing is left to do (domain.md §4). A code that may lead on, such as a closed
/// case that is opened again, is over all the same until it does.
constexpr std::array<EndState, 20> kEndStates = {{
    {"enterprise_state", "closed"},
    {"enterprise_state", "moved"},
    {"enterprise_state", "shut_down"},
    {"volunteer_state", "left"},
    {"volunteer_state", "blacklisted"},
    {"case_state", "closed"},
    {"case_state", "self_resolved"},
    {"case_state", "rejected"},
    {"case_state", "merged"},
    {"need_state", "closed"},
    {"need_state", "declined"},
    {"need_state", "merged"},
    {"service_request_state", "closed"},
    {"service_request_state", "refused"},
    {"task_state", "done"},
    {"task_state", "rejected"},
    {"task_state", "cancelled"},
    {"activity_state", "cancelled"},
    {"building_use_state", "demolished"},
    {"contract_state", "ended"},
}};

bool is_end_state(std::string_view list, std::string_view code) {
  return std::any_of(kEndStates.begin(), kEndStates.end(),
                     [&](const EndState& end) { return end.list == list && end.code == code; });
}

const FieldDef* state_field(const KindDef& kind) {
  const FieldDef* field = kind.find(std::string_view("state"));
  return field != nullptr ? field : kind.find(std::string_view("use_state"));
}

}  // namespace

std::optional<Tag> ended_tag(const QueryContext& ctx, const Record& record) {
  const KindDef& kind = ctx.dictionary.get_kind(record.ref.kind);
  const FieldDef* merged = kind.find(std::string_view("merged_into"));
  if (merged != nullptr && !record.uuid(merged->no).is_nil()) return Tag{ctx.tr("app.tag.merged"), Tone::neutral};
  if (record.ref.kind == kinds::person::kKind && !record.text(kinds::person::died_on).empty())
    return Tag{ctx.tr("app.tag.died"), Tone::neutral};
  const FieldDef* state = state_field(kind);
  if (state != nullptr && is_end_state(state->list, record.text(state->no)))
    return Tag{ctx.code_label(state->list, record.text(state->no)), Tone::neutral};
  const FieldDef& status = *kind.find(std::string_view("status"));
  const std::string_view code = record.text(status.no);
  if (code == "closed" || code == "void") return Tag{ctx.code_label(status.list, code), Tone::neutral};
  return std::nullopt;
}

std::vector<Tag> standing_tags(const QueryContext& ctx, const Record& record) {
  const KindDef& kind = ctx.dictionary.get_kind(record.ref.kind);
  std::vector<Tag> tags;
  const FieldDef* sort = kind.find(std::string_view("kind"));
  std::string label = sort == nullptr ? std::string() : ctx.code_label(sort->list, record.text(sort->no));
  tags.push_back({label.empty() ? kind.label.in(ctx.lang) : std::move(label), Tone::neutral});
  if (const auto ended = ended_tag(ctx, record)) {
    tags.push_back(*ended);
  } else if (const FieldDef* state = state_field(kind); state != nullptr && !record.text(state->no).empty()) {
    tags.push_back({ctx.code_label(state->list, record.text(state->no)), Tone::info});
  }
  return tags;
}

}  // namespace ruhu
