#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "storage/model/life_cycle/plan.hpp"

namespace ruhu {

/// A plan in the making: one edit per record, later values of a field replace earlier ones.
class PlanDraft {
 public:
  explicit PlanDraft(const Occasion& occasion) : occasion_(occasion) {}

  const Occasion& occasion() const { return occasion_; }
  const std::string& day() const { return occasion_.day; }

  /// May the record be written from here? A record without a grid may.
  bool reaches(const Record& record) const;
  /// Changes a field; a value that stands already is left out. A record of another grid is told to its worker, and
  /// left as it is where it cannot be reached.
  void put(const Record& record, ColumnNo column, Value value);
  /// The same also where the value stands: said again, on other evidence.
  void put_again(const Record& record, ColumnNo column, Value value);
  /// `status` closed and, if the kind has one, the given end; never before the record's beginning.
  void end(const Record& record, std::string_view day);
  /// The record's edit stands on evidence of its own.
  void on_evidence(const Record& record, const Provenance& provenance);
  /// A record that is not there yet. `grid` empty: the tablet's own.
  void add(KindNo kind, std::optional<RecordId> id, std::string_view grid, std::vector<Cell> cells);

  /// The value of a field with what this plan changes.
  const Value& now(const Record& record, ColumnNo column) const;

  void remind(std::string_view text_key, Audience audience, const RecordRef& about, std::string by = {});
  void tell_grid(std::string_view grid, const RecordRef& about);

  bool is_empty() const { return plan_.edits.empty(); }  ///< Changes nothing so far.
  LifeCyclePlan finish() &&;

 private:
  const RecordEdit* find(const RecordRef& ref) const;
  RecordEdit& edit_of(const Record& record);

  Occasion occasion_;
  LifeCyclePlan plan_;
};

/// The column that says when records of the kind end; nothing for kinds that only close.
std::optional<ColumnNo> until_column(KindNo kind);

}  // namespace ruhu
