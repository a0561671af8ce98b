#include "app/screens/worker/screens.hpp"
#include "app/widgets/icons.hpp"
#include "app/widgets/kind_look.hpp"

namespace ruhu {
namespace {

void draw_conflicts(Ui& ui, const CardState& state) {
  if (state.conflicts.empty()) return;
  notice(ui, {.id = "card.conflict",
              .tone = Tone::alarm,
              .icon = icon::kConflict,
              .title = ui.tr("household.conflict"),
              .lines = state.conflicts});
  gap(ui, 10);
}

void draw_made(Ui& ui, const CardState& state) {
  if (state.provenance.text.empty()) return;
  const float width = available_width(ui);
  const Rect rect = take(ui, provenance_height(ui, width, state.provenance));
  draw_provenance(ui, rect.min, width, state.provenance);
  ui.add({.id = "card.provenance", .role = Role::text, .label = state.provenance.text, .rect = rect});
}

void draw_sections(PageContext& page, const CardState& state) {
  Ui& ui = page.ui;
  for (const FactSection& section : state.sections) {
    divider(ui);
    section_heading(ui, section.title);
    gap(ui, 4);
    push_fact_tap(page.out, fact_grid(ui, section.facts));
  }
}

void draw_links(PageContext& page, const CardState& state) {
  Ui& ui = page.ui;
  if (state.links.empty()) return;
  divider(ui);
  section_heading(ui, ui.tr("card.links"), icon::kLink);
  gap(ui, 2);
  for (const CardLink& link : state.links) {
    const KindLook look = look_of_kind(ui.dictionary, link.record.kind);
    const bool tapped = link_row(ui, {.id = "card.link." + link.field,
                                      .alias = {},
                                      .icon = look.icon,
                                      .tone = look.tone,
                                      .title = link.title,
                                      .text = link.label,
                                      .tags = {}});
    if (tapped && link.has_page) page.out.push(OpenRecord{link.record});
    if (tapped && !link.has_page) page.out.push(OpenCard{link.record});
    gap(ui, 8);
  }
}

}  // namespace

void draw_card_page(PageContext& page, const CardState& state) {
  Ui& ui = page.ui;
  std::vector<Tag> tags = state.tags;
  if (state.sync != RecordSync::synced) tags.push_back(sync_tag(ui, state.sync));
  const bool ready = state.load.phase == Load::Phase::ready;
  const Rect body = page_head(page, {.id = "card",
                                     .title = ready ? state.title : ui.tr("card.page"),
                                     .subtitle = ready ? state.subtitle : "",
                                     .tags = ready ? tags : std::vector<Tag>{}});
  const ScrollArea area(ui, "card.page", body, page_scroll());
  if (!ready) {
    if (load_state(ui, "card", state.load)) page.out.push(Reload{});
    return;
  }
  draw_conflicts(ui, state);
  draw_made(ui, state);
  draw_sections(page, state);
  draw_links(page, state);
  if (state.unfilled.empty()) return;
  divider(ui);
  paragraph(ui, state.unfilled, style::kCaption);
}

}  // namespace ruhu
