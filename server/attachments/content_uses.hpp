#pragma once
#include <functional>

#include "server/store/platform_store.hpp"
#include "storage/dictionary/dictionary.hpp"

// Which record refers to which content, and which tablet's ops have named it. Kept in the transaction that writes the
// row or the op.
namespace ruhu::server {

/// After the row was written; `before` is null for a new record.
Status refresh_content_uses(PlatformTx& tx, const Dictionary& dictionary, const Record* before, const Record& after);

/// After the op was kept, whatever became of it: its tablet may bring what it names.
Status note_named_contents(PlatformTx& tx, const Dictionary& dictionary, const Change& change);

/// Lists everything anew where that was done by another dictionary, which knew other fields, or never.
Status bring_content_uses_up(PlatformTx& tx, const Dictionary& dictionary);

/// Calls `visit` for every reference that stands in a row.
Status walk_content_uses(PlatformTx& tx, const Dictionary& dictionary,
                         const std::function<Status(const AttachmentId&, const ContentUse&)>& visit);

}  // namespace ruhu::server
