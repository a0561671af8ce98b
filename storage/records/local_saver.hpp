#pragma once
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/random.hpp"
#include "storage/attachments/attachment_uses.hpp"
#include "storage/change_log/change_log.hpp"
#include "storage/model/identity.hpp"
#include "storage/schema/record_table.hpp"
#include "storage/search/search_table.hpp"

namespace ruhu {

/// Turns what a worker saved into rows, ops and search keys. Part of the caller's transaction.
class LocalSaver {
 public:
  struct Parts {
    const Dictionary& dictionary;
    RecordTable& records;
    ChangeLog& changes;
    SearchTable& search;
    AttachmentUses& uses;
    Clock& clock;
    Random& random;
    Millis clock_offset;  ///< Server time minus tablet time, from the last answer.
  };
  LocalSaver(Parts parts, const Identity& identity) : parts_(parts), identity_(identity) {}

  Result<std::vector<SavedRecord>> save(const SaveRequest& request);

 private:
  struct Draft;
  Result<Draft> prepare(const RecordEdit& edit, const SaveRequest& request);
  void fill_presets(const KindDef& kind, std::vector<Cell>& cells) const;
  Status check(const KindDef& kind, const Draft& draft);
  Change to_change(Draft& draft, OpId id, HybridTime made_at) const;
  /// Bytes of the change as it is kept.
  Result<std::size_t> write(const Draft& draft, const Change& change);
  Instant now() const { return parts_.clock.now() + parts_.clock_offset; }

  Parts parts_;
  const Identity& identity_;
};

}  // namespace ruhu
