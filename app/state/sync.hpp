#pragma once
#include "app/state/common.hpp"

namespace ruhu {

enum class SyncPhase : std::uint8_t { idle, running, offline, failed };

/// One side of a conflict.
struct ConflictSide {
  std::string value;
  std::string who;
  std::string when;
  std::string source;
};

struct ConflictRow {
  std::uint64_t conflict = 0;  ///< The server's number.
  RecordRef record;
  std::string title;  ///< Record and field: "张建国 · 电话".
  ConflictSide mine;
  ConflictSide theirs;
  Tag state;  ///< "等数据专员处理"
};

/// A change that the server keeps but could not apply.
struct QuarantineRow {
  std::string op;  ///< "7:42", part of the widget id.
  std::string title;
  std::string reason;
};

/// Answer to "may I hand over this tablet?".
struct HandoverAnswer {
  bool safe = false;
  std::vector<std::string> reasons;  ///< What still lies only on this tablet, one line each; empty when safe.
};

struct SyncState {
  SyncPhase phase = SyncPhase::idle;
  Errc error = Errc::internal;    ///< When failed.
  int queued = 0;                 ///< Changes that the server does not have yet.
  int unconfirmed = 0;            ///< Sent, not yet known to be applied.
  int done = 0;                   ///< Of the running sync …
  int total = 0;                  ///< … 0: unknown, the bar shows movement only.
  int received = 0;               ///< Records and news that the running sync has brought.
  int photos = 0;                 ///< Photos that the server does not have yet.
  int handed_over = 0;            ///< Of the queued, those that left in a parcel, not yet confirmed …
  std::string handed_over_since;  ///< … and since when: "今天 08:12".
  int carried = 0;                ///< Parcels of other tablets that wait here for a network.
  std::string last_sync;          ///< "今天 08:12"; empty: never.
  std::string coverage;  ///< "本网格数据完整" or how far the first sync has come; empty: nothing to say.
  std::vector<ConflictRow> conflicts;
  std::vector<QuarantineRow> quarantined;
  std::optional<HandoverAnswer> handover;  ///< Set by AskHandover, shown until DismissHandover.
};

}  // namespace ruhu
