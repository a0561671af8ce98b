#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "server/admin/demo/demo_community.hpp"
#include "server/admin/demo/dice.hpp"
#include "storage/model/value.hpp"

namespace ruhu::demo {

/// Collects the fields of one record in any order; empty texts are left out.
class RecordDraft {
 public:
  RecordDraft() { cells_.reserve(kCellsUsual); }
  RecordDraft& text(ColumnNo column, std::string_view value);
  RecordDraft& number(ColumnNo column, double value) { return put(column, value); }
  RecordDraft& integer(ColumnNo column, std::int64_t value) { return put(column, value); }
  RecordDraft& flag(ColumnNo column, bool value) { return put(column, value); }
  RecordDraft& ref(ColumnNo column, const Uuid& id);  ///< A nil id is left out.
  RecordDraft& set(ColumnNo column, std::vector<std::string> items);
  RecordDraft& time(ColumnNo column, Instant at) { return put(column, std::int64_t{to_ms(at)}); }
  RecordDraft& gap(ColumnNo column, Gap why) { return put(column, why); }

 private:
  friend class RecordWriter;
  static constexpr std::size_t kCellsUsual = 24;
  RecordDraft& put(ColumnNo column, Value value);
  std::vector<Cell> cells_;
};

/// Gives ids, adds what all kinds have, sorts and hands on.
class RecordWriter {
 public:
  RecordWriter(Instant made_at, Dice& dice, const DemoSink& sink) : clock_(made_at), dice_(dice), sink_(sink) {}

  RecordId new_id();  ///< UUIDv7; each id is a millisecond younger than the one before.
  void write(RecordRef ref, ScopeCode scope, RecordDraft&& draft, Provenance provenance,
             std::string_view status = "active");
  std::size_t written(KindNo kind) const { return written_[kind.value]; }

 private:
  /// Shows the time at which the demo records pretend to have been made.
  class SteadyClock final : public Clock {
   public:
    explicit SteadyClock(Instant now) : now_(now) {}
    Instant now() override { return now_ += Millis{1}; }
    std::chrono::nanoseconds ticks() override { return now_.time_since_epoch(); }

   private:
    Instant now_;
  };

  static constexpr std::size_t kKindsMax = 64;
  SteadyClock clock_;
  Dice& dice_;
  const DemoSink& sink_;
  std::array<std::size_t, kKindsMax> written_{};
};

}  // namespace ruhu::demo
