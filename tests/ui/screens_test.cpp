#include <set>

#include "tests/support/catch.hpp"
#include "tests/ui/sample_states.hpp"
#include "tests/ui/ui_world.hpp"

namespace ruhu::test {
namespace {

bool is_target(const WidgetInfo& widget) {
  return is_interactive(widget.role) && widget.enabled && !widget.id.starts_with("toast.");
}

Rect seen(const WidgetInfo& widget) { return intersect(widget.rect, widget.clip); }

/// Pairs of tappable things that share more than a hair of the screen.
std::vector<std::string> overlaps(const WidgetRegistry& registry) {
  std::vector<std::string> found;
  const auto& all = registry.all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!is_target(all[i])) continue;
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (!is_target(all[j]) || all[i].layer != all[j].layer) continue;
      const Rect both = intersect(seen(all[i]), seen(all[j]));
      if (both.width() > 1 && both.height() > 1) found.push_back(all[i].id + " and " + all[j].id);
    }
  }
  return found;
}

std::vector<std::string> too_small(const WidgetRegistry& registry, float scale) {
  std::vector<std::string> found;
  const float least = theme::kTouch * scale - 0.5F;
  for (const WidgetInfo& widget : registry.all()) {
    if (!is_target(widget) || widget.is_inline) continue;
    if (widget.rect.width() < least || widget.rect.height() < least) found.push_back(widget.id);
  }
  return found;
}

std::vector<std::string> doubled(const WidgetRegistry& registry) {
  std::set<std::string> ids;
  std::vector<std::string> found;
  for (const WidgetInfo& widget : registry.all())
    if (!ids.insert(widget.id).second) found.push_back(widget.id);
  return found;
}

struct Finding {
  std::vector<std::string> overflowing, without_glyph, overlapping, small, doubled_ids;
  std::set<std::string> missing_texts;
};

/// Draws the screen until it stands and looks at the last frame.
Finding look_at(UiWorld& world, const SampleScreen& screen, float scale) {
  world.state = screen.state;
  world.inputs = screen.inputs;
  world.state.settings.text_scale = scale;
  Finding finding;
  Ui& ui = world.loop().shell().ui();
  ui.tr.on_missing = [&](std::string_view key) { finding.missing_texts.emplace(key); };
  world.frames(4);
  TextAudit audit;
  ui.audit = &audit;
  world.frames(1);
  ui.audit = nullptr;
  ui.tr.on_missing = nullptr;
  const WidgetRegistry& registry = world.loop().shell().registry();
  finding.overflowing = audit.overflowing;
  finding.without_glyph = audit.without_glyph;
  finding.overlapping = overlaps(registry);
  finding.small = too_small(registry, scale);
  finding.doubled_ids = doubled(registry);
  return finding;
}

void check_all(Lang lang, const UiOptions& size, float scale) {
  UiWorld world(size);
  for (const SampleScreen& screen : sample_screens(built_in_dictionary(), lang)) {
    INFO(screen.name << " at " << size.width << "x" << size.height << ", text " << scale);
    const Finding finding = look_at(world, screen, scale);
    const std::vector<std::string> none;
    CHECK(finding.overlapping == none);
    CHECK(finding.small == none);
    CHECK(finding.overflowing == none);
    CHECK(finding.without_glyph == none);
    CHECK(finding.doubled_ids == none);
    CHECK(finding.missing_texts == std::set<std::string>{});
  }
}

constexpr UiOptions kLarge{1280, 800};
constexpr UiOptions kSmall{800, 600};

TEST_CASE("Screens: fit, can be hit and can be read, Chinese on a large window") {
  check_all(Lang::zh_cn, kLarge, 1.0F);
}
TEST_CASE("Screens: fit, can be hit and can be read, Chinese on a small window") {
  check_all(Lang::zh_cn, kSmall, 1.0F);
}
TEST_CASE("Screens: fit, can be hit and can be read, English on a large window") { check_all(Lang::en, kLarge, 1.0F); }
TEST_CASE("Screens: fit, can be hit and can be read, English on a small window") { check_all(Lang::en, kSmall, 1.0F); }
TEST_CASE("Screens: fit, can be hit and can be read, large Chinese text") {
  check_all(Lang::zh_cn, kLarge, 1.6F);
  check_all(Lang::zh_cn, kSmall, 1.6F);
}
TEST_CASE("Screens: fit, can be hit and can be read, large English text") {
  check_all(Lang::en, kLarge, 1.6F);
  check_all(Lang::en, kSmall, 1.6F);
}

TEST_CASE("Screens: draw nothing and wait while nothing happens") {
  UiWorld world;
  world.state = sample_state(built_in_dictionary(), Lang::zh_cn);
  world.frames(4);
  CHECK(world.loop().shell().next_frame_in() < 0);
}

TEST_CASE("Screens: every way to fail has a text and a next step in both languages") {
  for (const ErrorTraits& row : error_table()) {
    const std::string key = "error." + std::string(row.key);
    for (const Lang lang : {Lang::zh_cn, Lang::en}) {
      INFO(key);
      CHECK(text(lang, key) != key);
      CHECK(text(lang, key + ".next") != key + ".next");
    }
  }
}

}  // namespace
}  // namespace ruhu::test
