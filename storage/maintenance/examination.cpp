#include "storage/maintenance/examination.hpp"

#include <algorithm>
#include <filesystem>

#include "storage/attachments/attachment_audit.hpp"
#include "storage/change_log/change_log.hpp"
#include "storage/records/identity_form.hpp"
#include "storage/records/ledger.hpp"
#include "storage/schema/layout.hpp"
#include "storage/schema/record_table.hpp"

namespace ruhu {
namespace {

using Weight = DoctorFinding::Weight;

/// The findings so far about one open database.
class Examination {
 public:
  Examination(Database& db, const Dictionary& dictionary)
      : db_(db), records_(db, dictionary), changes_(db), dictionary_(dictionary) {}

  std::vector<DoctorFinding> run() {
    if (!is_readable_form()) return std::move(found_);
    const bool sound = db_.check_integrity().ok();
    if (!sound) add(Weight::trouble, "damaged_parts");
    const bool whole = ledger();
    if (sound && whole) add(Weight::good, "sound");
    queue();
    return std::move(found_);
  }

 private:
  void add(Weight weight, std::string key, std::string amount = {}, std::vector<std::string> detail = {}) {
    found_.push_back({weight, std::move(key), std::move(amount), std::move(detail)});
  }

  /// Older forms are brought up at the next start; this program cannot read newer ones.
  bool is_readable_form() {
    const auto layout = read_layout(db_);
    if (!layout.ok()) {
      add(Weight::trouble, layout.error().code == Errc::database_newer ? "newer" : "unreadable");
      return false;
    }
    const auto version = db_.integer("SELECT value FROM sys_number WHERE name = 'dictionary_version'");
    if (*layout == kLayout && version.ok() && *version >= std::int64_t{dictionary_.version()}) return true;
    add(version.ok() ? Weight::note : Weight::trouble, version.ok() ? "older" : "unreadable");
    return false;
  }

  bool ledger() {
    auto query = db_.prepare("SELECT body FROM sys_identity");
    const auto row = query.ok() ? query->step() : Result<bool>{query.error()};
    if (!row.ok() || !*row) {
      add(row.ok() ? Weight::note : Weight::trouble, row.ok() ? "not_enrolled" : "unreadable");
      return false;
    }
    const auto identity = decode_identity(query->blob(0));
    if (!identity.ok()) {
      add(Weight::trouble, "unreadable");
      return false;
    }
    auto lines = audit_ledger(db_, dictionary_, records_, changes_, *identity);
    if (lines.ok()) {
      const auto photos = audit_attachments(db_, dictionary_);
      if (photos.ok())
        lines->insert(lines->end(), photos->begin(), photos->end());
      else
        lines = photos.error();
    }
    if (lines.ok() && lines->empty()) return true;
    if (!lines.ok()) lines = std::vector<std::string>{std::string(traits_of(lines.error().code).key)};
    const std::string amount = std::to_string(lines->size());
    add(Weight::trouble, "ledger", amount, std::move(*lines));
    return false;
  }

  void queue() {
    const auto queued = changes_.queued_count();
    if (!queued.ok()) return add(Weight::trouble, "queue_unknown");
    add(*queued == 0 ? Weight::good : Weight::note, *queued == 0 ? "all_sent" : "unsent", std::to_string(*queued));
  }

  Database& db_;
  RecordTable records_;
  ChangeLog changes_;
  const Dictionary& dictionary_;
  std::vector<DoctorFinding> found_;
};

std::string key_of_failure(Errc code) {
  switch (code) {
    case Errc::file_missing: return "missing";
    case Errc::wrong_key: return "wrong_key";
    case Errc::not_a_database:
    case Errc::database_damaged: return "damaged";
    case Errc::database_busy: return "busy";
    default: return "unreadable";
  }
}

}  // namespace

std::vector<DoctorFinding> examine_database(const DatabaseOptions& options, const Dictionary& dictionary) {
  DatabaseOptions look = options;
  look.create = false;
  look.look_only = true;
  const auto db = Database::open(look);
  if (!db.ok()) return {{Weight::trouble, key_of_failure(db.error().code), {}, {}}};
  return Examination(**db, dictionary).run();
}

bool has_trouble(const std::vector<DoctorFinding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const DoctorFinding& finding) { return finding.weight == Weight::trouble; });
}

}  // namespace ruhu
