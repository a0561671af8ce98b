#pragma once
#include "app/state/common.hpp"

namespace ruhu {

/// One value that a field has or had. Texts that nobody stated are empty.
struct HistoryVersion {
  std::string op;        ///< "7:42", part of the widget id.
  std::string text;      ///< Masked as the role demands.
  std::string source;    ///< Who said it: "户口簿".
  std::string verified;  ///< How sure: "见证件".
  Tone verified_tone = Tone::neutral;
  std::string as_of;     ///< The day it holds for.
  std::string who;       ///< Who wrote it down.
  std::string recorded;  ///< When, tablet clock: "2026-03-05 10:00".
  std::string visit;     ///< The visit at which it was recorded: "2026-03-05 · 信息核实".
  RecordSync sync = RecordSync::synced;
  std::string platform;  ///< Whether the platform has it, in words.
  std::string until;     ///< Past ones: how long it stood; empty: it never stood on the platform.
  std::string why;       ///< Past ones: why it stands no more.
  Tone why_tone = Tone::neutral;
};

/// The sheet of one field: what it holds, what it held, and the whole record as it was on a day.
struct HistoryState {
  Load load;
  std::uint64_t revision = 0;  ///< Raised for every field that is opened; the sheet then shows it from the start.
  RecordRef record;
  ColumnNo column;
  std::string title;                  ///< The field's label.
  std::string subtitle;               ///< The record's name.
  bool masked = false;                ///< Values are masks; a tap on "show" sends RevealField.
  std::optional<HistoryVersion> now;  ///< Nothing: never filled in.
  std::vector<HistoryVersion> past;   ///< Newest first.
  std::vector<std::string> days;      ///< ISO dates on which something in the record was written, newest first.
  std::string day;                    ///< The date that `then` answers, as it was typed; empty: none.
  std::string day_problem;            ///< Why there is nothing to show for it; empty: there is.
  std::vector<FactSection> then;      ///< The record's facts as they stood at the end of that day.
};

enum class HistoryView : std::uint8_t { field, day };

/// Written by the sheet.
struct HistoryInput {
  std::uint64_t revision = 0;  ///< Of the state that it belongs to.
  HistoryView view = HistoryView::field;
  std::string day;  ///< As typed.
};

}  // namespace ruhu
