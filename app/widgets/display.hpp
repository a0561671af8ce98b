#pragma once
#include "app/widgets/button.hpp"

namespace ruhu {

void page_heading(Ui& ui, const std::string& id, const std::string& title, const std::string& subtitle);
void section_heading(Ui& ui, const std::string& text, const char* icon = nullptr);
/// A heading with a button at the end of its line. True when tapped.
bool section_heading_with(Ui& ui, const std::string& text, const char* icon, const ButtonSpec& action);
void paragraph(Ui& ui, const std::string& text, const TextStyle& style = style::kSmall);
void divider(Ui& ui);

/// A tag's size in pixels, and the tag itself with its left edge centred on the point.
float tag_width(Ui& ui, const Tag& tag);
void draw_tag(Ui& ui, ImVec2 left_centre, const Tag& tag);
/// As many tags as fit into the width; returns the width used.
float draw_tags(Ui& ui, ImVec2 left_centre, float width, const std::vector<Tag>& tags);
/// Tags in the column, on as many lines as needed.
void tag_flow(Ui& ui, const std::vector<Tag>& tags);

/// Icon and colour of a record's way to the platform; nothing is drawn for `synced`.
Tag sync_tag(const Ui& ui, RecordSync sync);
const char* icon_of(RecordSync sync);

/// A coloured box with an icon, a line in bold and more lines: warnings, conflicts, what was restored.
struct Notice {
  std::string id;
  Tone tone = Tone::info;
  const char* icon = nullptr;  ///< nullptr: the tone's own.
  std::string title;
  std::vector<std::string> lines;
};
void notice(Ui& ui, const Notice& notice);

/// What happened, as a title: without the full stop that the text ends with.
std::string error_title(const Ui& ui, Errc code);
std::string error_next(const Ui& ui, Errc code);

/// Shown where there is nothing to show: a picture, what it means, what to do. True when the button was tapped.
struct EmptyState {
  std::string id;
  const char* icon = nullptr;
  Tone tone = Tone::info;
  std::string title;
  std::string text;
  std::string action;  ///< Empty: no button. Its id is id + ".action".
};
bool empty_state(Ui& ui, const EmptyState& state);
/// The empty state of a screen that is loading or has failed. True when "try again" was tapped. Not for `ready`.
bool load_state(Ui& ui, const std::string& id, const Load& load);
/// Grey bars in place of rows that are on their way.
void placeholder_rows(Ui& ui, int count);

/// `share` 0..1; negative: unknown, the bar moves.
void progress_bar(Ui& ui, const std::string& id, float share, const std::string& label);

}  // namespace ruhu
