#pragma once
#include <cstdint>
#include <functional>
#include <istream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::server {

/// One record on its way in from outside, with its own evidence.
struct ImportRecord {
  RecordRef ref;
  std::vector<Cell> cells;
  Provenance provenance;
};

/// Writes records as ops of the importer (tablet 0), through the same merge as everybody's. Part of the caller's
/// transaction; `finish` remembers how far the importer's counter came.
class Importer {
 public:
  Importer(PlatformTx& tx, const Dictionary& dictionary, Clock& clock)
      : tx_(tx), dictionary_(dictionary), clock_(clock) {}
  /// The op's result; quarantine means that the record was refused, with the reason.
  Result<OpResult> add(const ImportRecord& record);
  /// After the caller has undone what it added last.
  void forget() { importer_.reset(); }
  Status finish();

 private:
  PlatformTx& tx_;
  const Dictionary& dictionary_;
  Clock& clock_;
  std::optional<Tablet> importer_;
  HybridTime last_;
};

/// What became of an import. Lines are counted from 1.
struct ImportReport {
  std::int64_t lines = 0;
  std::int64_t accepted = 0;
  struct Refused {
    std::int64_t line = 0;
    Errc code = Errc::internal;
    std::string detail;  ///< Names fields, never values.
  };
  std::vector<Refused> refused;  ///< At most kRefusedMax are listed; `lines - accepted` counts all.
  static constexpr std::size_t kRefusedMax = 100;
  std::set<std::string> not_collected;  ///< Columns that were left out, as the file calls them: never collected.
};

/// Save lines as of `ruhu edit`, one record each. A bad line is refused alone. With `dry_run` nothing is kept.
Result<ImportReport> import_lines(PlatformStore& store, const Dictionary& dictionary, Clock& clock, Random& random,
                                  std::istream& lines, bool dry_run);

/// The same from a table of one kind (record_csv.hpp). A header that is not understood ends it before the first row.
Result<ImportReport> import_csv(PlatformStore& store, const Dictionary& dictionary, Clock& clock, Random& random,
                                const KindDef& kind, std::string_view text, bool dry_run);

}  // namespace ruhu::server
