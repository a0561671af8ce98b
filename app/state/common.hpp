#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/error.hpp"
#include "storage/model/change.hpp"

// What screens show and several of them share. Everything in app/state is a plain value: queries and command handlers
// write it between two frames, screens only read it. Texts are ready for the screen: in the current language, masked
// as the role demands. After a switch of language the queries run again.
namespace ruhu {

/// How far the content of a screen is. A screen that is `loading` shows quiet placeholders, one that `failed` shows
/// the text of the error with its next step and a button that sends `Reload`.
struct Load {
  enum class Phase : std::uint8_t { ready, loading, failed };
  Phase phase = Phase::ready;
  Errc error = Errc::internal;  ///< Only meaningful when failed.
};

/// Colour and icon of a tag, a line or a toast; the text always says the same in words.
enum class Tone : std::uint8_t { neutral, good, caution, alarm, info };

struct Tag {
  std::string text;
  Tone tone = Tone::neutral;
};

/// Where a record stands between this tablet and the platform, worst first when several changes wait.
enum class RecordSync : std::uint8_t { synced, pending, sent, waiting, conflict, quarantined };

/// "Who said it, when": one ready line, e.g. "2026-03-05 · 李晓 · 户口簿 · 见证件". Empty: nothing known.
struct ProvenanceLine {
  std::string text;
  bool recent = false;  ///< Confirmed within the last 90 days: shown as "still valid", not to be asked again.
};

/// One fact on a page: a field's label and its value, masked until revealed.
struct Fact {
  RecordRef record;
  ColumnNo column;
  std::string field;  ///< Dictionary name, part of the widget id.
  std::string label;
  std::string text;     ///< Empty: not asked; the screen writes a dash.
  bool masked = false;  ///< `text` is a mask; a tap on "show" sends RevealField.
  ProvenanceLine provenance;
  std::string note = {};  ///< One more line below, e.g. what stands there today. Empty: none.
};

/// Facts under one heading, in the order of the dictionary.
struct FactSection {
  std::string key;  ///< Section key of the dictionary.
  std::string title;
  std::vector<Fact> facts;
};

/// A record that can be chosen as the target of a `ref` field.
struct RefChoice {
  KindNo kind;
  RecordId id;
  std::string label;
};

}  // namespace ruhu
