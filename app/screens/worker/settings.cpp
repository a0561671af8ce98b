#include <cmath>

#include "app/screens/worker/screens.hpp"
#include "app/widgets/choice.hpp"
#include "app/widgets/icons.hpp"

namespace ruhu {
namespace {

constexpr float kScales[] = {1.0F, 1.25F, 1.6F, 2.0F};

void draw_language(Ui& ui, const Settings& settings, CommandQueue& out) {
  const Card card(ui);
  section_heading(ui, ui.tr("settings.language"), icon::kLanguage);
  gap(ui, 4);
  std::string chosen = settings.lang == Lang::zh_cn ? "zh-CN" : "en";
  if (segmented(ui, "settings.language", {{"zh-CN", "中文", nullptr}, {"en", "English", nullptr}}, chosen))
    out.push(SwitchLanguage{parse_lang(chosen)});
}

void draw_text_size(Ui& ui, const Settings& settings, CommandQueue& out) {
  const Card card(ui);
  section_heading(ui, ui.tr("settings.text_size"), icon::kTextSize);
  gap(ui, 4);
  std::vector<Choice> choices;
  std::string chosen;
  for (const float scale : kScales) {
    const std::string code = std::to_string(static_cast<int>(std::lround(scale * 100)));
    choices.push_back({code, code + "%", nullptr});
    if (std::abs(scale - settings.text_scale) < 0.05F) chosen = code;
  }
  if (segmented(ui, "settings.text_size", choices, chosen))
    out.push(SetTextScale{static_cast<float>(std::stoi(chosen)) / 100.0F});
  gap(ui, 8);
  paragraph(ui, ui.tr("settings.text_sample"), style::kSoft);
}

void draw_photo_network(Ui& ui, const Settings& settings, CommandQueue& out) {
  const Card card(ui);
  bool wifi_only = settings.photos_on_wifi_only;
  if (switch_row(ui, "settings.photos", ui.tr("settings.photos"), ui.tr("settings.photos.text"), wifi_only))
    out.push(SetPhotoNetwork{wifi_only});
}

void about_line(Ui& ui, const char* key, const std::string& value) {
  if (value.empty()) return;
  const std::string label = ui.tr(key);
  const float width = available_width(ui);
  const float label_width = std::min(width * 0.4F, ui.px(180));
  const float value_width = width - label_width - ui.px(12);
  const Rect rect = take(ui, std::max(wrapped_height(ui, label, style::kSoft, label_width),
                                      wrapped_height(ui, value, style::kBody, value_width)) +
                                 ui.px(10));
  draw_wrapped(ui, rect.min, label_width, label, style::kSoft);
  draw_wrapped(ui, {rect.min.x + label_width + ui.px(12), rect.min.y}, value_width, value, style::kBody);
  ui.add({.id = key, .role = Role::text, .label = label, .value = value, .rect = rect});
}

void draw_about(Ui& ui, const Settings& settings) {
  const Card card(ui);
  section_heading(ui, ui.tr("settings.about"), icon::kTablet);
  gap(ui, 4);
  about_line(ui, "settings.worker", settings.worker);
  about_line(ui, "settings.grid", settings.grid);
  about_line(ui, "settings.community", settings.community);
  about_line(ui, "settings.tablet", settings.tablet);
  about_line(ui, "settings.server", settings.server);
  about_line(ui, "settings.version", settings.version);
  about_line(ui, "settings.dictionary", settings.dictionary_version);
}

}  // namespace

void draw_settings_screen(Ui& ui, const Rect& rect, const Settings& settings, CommandQueue& out) {
  const ScrollArea area(ui, "settings.page", rect,
                        {.margin = 20, .margin_top = 20, .margin_bottom = 32, .width_max = theme::kReadingWidth});
  if (settings.practice) {
    notice(ui, {.id = "settings.practice",
                .tone = Tone::info,
                .icon = icon::kSchool,
                .title = ui.tr("practice.title"),
                .lines = {ui.tr("practice.text")}});
    gap(ui, 14);
  }
  draw_language(ui, settings, out);
  gap(ui, 14);
  draw_text_size(ui, settings, out);
  gap(ui, 14);
  draw_photo_network(ui, settings, out);
  gap(ui, 14);
  draw_about(ui, settings);
}

}  // namespace ruhu
