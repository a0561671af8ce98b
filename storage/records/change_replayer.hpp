#pragma once
#include "storage/attachments/attachment_uses.hpp"
#include "storage/change_log/change_log.hpp"
#include "storage/schema/record_table.hpp"
#include "storage/search/search_table.hpp"

namespace ruhu {

/// Plays own changes again on rows that do not have them yet, under their old op ids: rows, log and search keys end as
/// if the worker had just saved them. For a restored database. Part of the caller's transaction.
class ChangeReplayer {
 public:
  struct Parts {
    const Dictionary& dictionary;
    RecordTable& records;
    ChangeLog& changes;
    SearchTable& search;
    AttachmentUses& uses;
  };
  explicit ChangeReplayer(Parts parts) : parts_(parts) {}

  /// The change must be the next one of the log. unknown_kind when the dictionary lacks its kind.
  Status replay(const Change& change);

 private:
  Parts parts_;
};

}  // namespace ruhu
