#include "server/admin/import.hpp"

#include <string>

#include "server/ingest/ingest.hpp"
#include "storage/dictionary/validation.hpp"
#include "storage/model/record_json.hpp"

namespace ruhu::server {
namespace {

/// Fields that a new record starts with when the line does not say.
void fill_presets(const KindDef& kind, Record& record) {
  for (const FieldDef& field : kind.fields)
    if (!field.preset.empty() && is_empty(record.get(field.no))) record.set(field.no, field.preset);
}

Status check_whole(const Dictionary& dictionary, const KindDef& kind, const Record& record, Instant now) {
  std::vector<FieldValue> values;
  for (const Cell& cell : record.cells) values.push_back({cell.column, cell.value});
  for (const Finding& finding : check_record(dictionary, kind, values, now)) {
    if (finding.strength != Strength::error) continue;
    const bool missing = finding.text_key == "check.required";
    return make_error(missing ? Errc::required_missing : Errc::invalid_value, finding.field);
  }
  return {};
}

class LineImport {
 public:
  LineImport(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, Random& random)
      : tx_(tx), dictionary_(dictionary), clock_(clock), random_(random), importer_(tx, dictionary, clock) {}

  Status take(const std::string& line) {
    RUHU_TRY(const ParsedEdit parsed, parse_edit_line(dictionary_, line));
    const KindDef& kind = dictionary_.get_kind(parsed.edit.kind);
    ImportRecord record;
    record.ref = {kind.no, parsed.edit.id ? *parsed.edit.id : make_uuid_v7(clock_, random_)};
    record.provenance =
        parsed.edit.provenance.value_or(Provenance{.source = Source::import_, .verified = Verified::none});
    RUHU_TRY(const auto before, tx_.find_record(record.ref));
    for (const Cell& cell : parsed.edit.cells)
      record.cells.push_back({cell.column, normalise(*kind.find(cell.column), cell.value)});
    if (!before) RUHU_TRY_DONE(complete(kind, record));
    RUHU_TRY(const OpResult result, importer_.add(record));
    if (result.outcome != OpOutcome::quarantined && result.outcome != OpOutcome::waiting) return {};
    for (const ErrorTraits& traits : error_table())
      if (traits.key == result.reason) return make_error(traits.code, kind.name);
    return make_error(Errc::invalid_value, kind.name);
  }

  /// A line was taken back: so was the importer's counter, which is read again before the next.
  void forget() { importer_.forget(); }
  Status finish() { return importer_.finish(); }

 private:
  /// A new record has no empty cells, has its presets, and passes as a whole.
  Status complete(const KindDef& kind, ImportRecord& record) const {
    Record fresh;
    for (Cell& cell : record.cells) fresh.set(cell.column, std::move(cell.value));
    fill_presets(kind, fresh);
    record.cells = fresh.cells;
    return check_whole(dictionary_, kind, fresh, clock_.now());
  }

  PlatformTx& tx_;
  const Dictionary& dictionary_;
  Clock& clock_;
  Random& random_;
  Importer importer_;
};

}  // namespace

Result<OpResult> Importer::add(const ImportRecord& record) {
  if (!importer_) {
    RUHU_TRY(importer_, tx_.find_tablet({0}));
    if (!importer_) return make_error(Errc::internal, "importer is missing");
  }
  last_ = next_hybrid_time(last_, clock_.now());
  Change change;
  change.id = {{0}, importer_->last_counter + 1};
  change.group_first = change.id.counter;
  change.record = record.ref;
  change.made_at = last_;
  // A file has seen none of what stands here: its values meet the field's rule like everybody's.
  for (const Cell& cell : record.cells) change.fields.push_back({cell.column, {}, cell.value, record.provenance});
  auto results = Ingest(tx_, dictionary_, clock_.now()).take_batch(*importer_, {change});
  // The caller may undo what was refused, and with it the counter that it took: the next one asks again.
  if (!results.ok() || results->front().outcome == OpOutcome::quarantined) importer_.reset();
  if (!results.ok()) return results.error();
  return std::move(results->front());
}

Status Importer::finish() { return importer_ ? tx_.set_last_counter({0}, importer_->last_counter) : Status{}; }

Result<ImportReport> import_lines(PlatformStore& store, const Dictionary& dictionary, Clock& clock, Random& random,
                                  std::istream& lines, bool dry_run) {
  RUHU_TRY(const auto tx, store.begin());
  LineImport import(*tx, dictionary, clock, random);
  ImportReport report;
  for (std::string line; std::getline(lines, line);) {
    ++report.lines;
    if (line.empty()) {
      --report.lines;
      continue;
    }
    const Status taken = tx->attempt([&] { return import.take(line); });
    if (taken.ok()) {
      ++report.accepted;
      continue;
    }
    import.forget();
    const Error& error = taken.error();
    if (error.code == Errc::disk_full || error.code == Errc::io_failed) return error;
    if (report.refused.size() < ImportReport::kRefusedMax)
      report.refused.push_back({report.lines, error.code, error.detail});
  }
  RUHU_TRY_DONE(import.finish());
  if (!dry_run) RUHU_TRY_DONE(tx->commit());
  return report;
}

}  // namespace ruhu::server
