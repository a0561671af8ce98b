#include "server/admin/import.hpp"

#include <string>

#include "server/ingest/ingest.hpp"
#include "storage/dictionary/validation.hpp"
#include "storage/model/record_csv.hpp"
#include "storage/model/record_json.hpp"

namespace ruhu::server {
namespace {

/// Fields that a new record starts with when the line does not say.
void fill_presets(const KindDef& kind, Record& record) {
  for (const FieldDef& field : kind.fields)
    if (!field.preset.empty() && is_empty(record.get(field.no))) record.set(field.no, field.preset);
}

Status check_whole(const Dictionary& dictionary, const KindDef& kind, const Record& record, Instant now) {
  for (const Finding& finding : check_record(dictionary, kind, record.cells, now)) {
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

  Status take(const RecordEdit& edit) {
    const KindDef& kind = dictionary_.get_kind(edit.kind);
    ImportRecord record;
    record.ref = {kind.no, edit.id ? *edit.id : make_uuid_v7(clock_, random_)};
    record.provenance = edit.provenance.value_or(Provenance{.source = Source::import_, .verified = Verified::none});
    RUHU_TRY(const auto before, tx_.find_record(record.ref));
    for (const Cell& cell : edit.cells)
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
  if (!results.ok() || results->results.front().outcome == OpOutcome::quarantined) importer_.reset();
  if (!results.ok()) return results.error();
  return std::move(results->results.front());
}

Status Importer::finish() { return importer_ ? tx_.update_tablet(*importer_) : Status{}; }

namespace {

/// One import from its first line to its report; a bad line is undone alone.
class ImportRun {
 public:
  ImportRun(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, Random& random)
      : tx_(tx), import_(tx, dictionary, clock, random) {}

  /// An error ends the whole import: nothing more can be written.
  Status take(std::int64_t line, const Result<RecordEdit>& edit) {
    ++report_.lines;
    const Status taken = edit.ok() ? tx_.attempt([&] { return import_.take(*edit); }) : Status{edit.error()};
    if (taken.ok()) {
      ++report_.accepted;
      return {};
    }
    import_.forget();
    const Error& error = taken.error();
    if (error.code == Errc::disk_full || error.code == Errc::io_failed || error.code == Errc::out_of_memory)
      return error;
    if (report_.refused.size() < ImportReport::kRefusedMax) report_.refused.push_back({line, error.code, error.detail});
    return {};
  }

  void left_out(const std::vector<std::string>& columns) {
    report_.not_collected.insert(columns.begin(), columns.end());
  }

  Result<ImportReport> finish(bool dry_run) {
    RUHU_TRY_DONE(import_.finish());
    if (!dry_run) RUHU_TRY_DONE(tx_.commit());
    return std::move(report_);
  }

 private:
  PlatformTx& tx_;
  LineImport import_;
  ImportReport report_;
};

}  // namespace

Result<ImportReport> import_lines(PlatformStore& store, const Dictionary& dictionary, Clock& clock, Random& random,
                                  std::istream& lines, bool dry_run) {
  RUHU_TRY(const auto tx, store.begin());
  ImportRun run(*tx, dictionary, clock, random);
  std::int64_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.empty()) continue;
    auto parsed = parse_edit_line(dictionary, line);
    if (parsed.ok()) run.left_out(parsed->not_collected);
    RUHU_TRY_DONE(run.take(
        number, parsed.ok() ? Result<RecordEdit>(std::move(parsed->edit)) : Result<RecordEdit>(parsed.error())));
  }
  return run.finish(dry_run);
}

Result<ImportReport> import_csv(PlatformStore& store, const Dictionary& dictionary, Clock& clock, Random& random,
                                const KindDef& kind, std::string_view text, bool dry_run) {
  CsvReader reader(text);
  RUHU_TRY(const auto header, reader.next());
  if (!header) return make_error(Errc::usage, "the file has no header");
  RUHU_TRY(const CsvColumns columns, CsvColumns::read(dictionary, kind, *header));
  RUHU_TRY(const auto tx, store.begin());
  ImportRun run(*tx, dictionary, clock, random);
  run.left_out(columns.dropped());
  for (;;) {
    RUHU_TRY(const auto row, reader.next());
    if (!row) return run.finish(dry_run);
    RUHU_TRY_DONE(run.take(static_cast<std::int64_t>(reader.line()), columns.to_edit(*row)));
  }
}

}  // namespace ruhu::server
