#pragma once
#include <functional>
#include <vector>

#include "storage/attachments/attachments.hpp"
#include "storage/dictionary/dictionary.hpp"
#include "storage/model/attachment_refs.hpp"
#include "storage/model/record.hpp"

namespace ruhu {

/// Keeps the list of who refers to what in step with the rows, for one save or one answer of the server. Part of the
/// caller's transaction.
class AttachmentUses {
 public:
  /// Who writes the rows: the worker; the server, whose references arrive before their content; or the worker of
  /// before, whose changes are played again on a backup that may lack it.
  enum class Author : unsigned char { worker, server, past_self };
  AttachmentUses(Attachments& attachments, const Dictionary& dictionary, Author author)
      : attachments_(attachments), table_(attachments.table()), dictionary_(dictionary), author_(author) {}

  /// Before the rows: content that they will refer to.
  Status bring(const std::vector<NewAttachment>& attachments);

  /// After the row was written; `before` is null for a new record. A worker's new reference needs its content here:
  /// attachment_missing.
  Status refresh(const Record* before, const Record& after);

  /// Once all rows are written: what the save refers to is no longer kept by the draft that it came from ("": none),
  /// and what nobody refers to any more goes.
  Status finish(std::string_view draft);

 private:
  Status add(const AttachmentId& id, const AttachmentUse& use);

  Attachments& attachments_;
  AttachmentTable& table_;
  const Dictionary& dictionary_;
  Author author_;
  std::vector<AttachmentId> added_;
  bool loose_ = false;  ///< Something may be here that nobody refers to.
};

/// Calls `visit` for every reference that stands in a row, in the order of kind, field and record.
Status walk_attachment_uses(Database& db, const Dictionary& dictionary,
                            const std::function<Status(const AttachmentId&, const AttachmentUse&)>& visit);

/// Makes the list anew from the rows: after a dictionary told of other fields that hold attachments.
Status rebuild_attachment_uses(Database& db, const Dictionary& dictionary, Instant now);

}  // namespace ruhu
