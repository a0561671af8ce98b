#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/result.hpp"
#include "storage/model/attachment.hpp"
#include "storage/model/identity.hpp"
#include "storage/model/record.hpp"

namespace ruhu::server {

/// Content of an attachment that the platform has, or has begun to receive. Never deleted once it is whole.
struct StoredContent {
  AttachmentId id;
  Media media = Media::jpeg;
  std::int64_t bytes = 0;   ///< Of the whole content, as its sender says while it is not whole.
  bool whole = false;       ///< All parts are here and are what the id says.
  std::uint32_t parts = 0;  ///< That are here, from the first on.
  bool thumbnail = false;
  TabletNo sender;
  Instant begun_at{};  ///< Server clock.

  bool operator==(const StoredContent&) const = default;
};

/// The field of a record that refers to an attachment.
struct ContentUse {
  RecordRef record;
  ColumnNo column;
  auto operator<=>(const ContentUse&) const = default;
};

/// The platform's attachments, as a part of one PlatformTx.
class ContentTx {
 public:
  virtual ~ContentTx() = default;

  virtual Result<std::optional<StoredContent>> find(const AttachmentId& id) = 0;
  virtual Status begin(const StoredContent& content) = 0;  ///< Without parts. It must not be there.
  virtual Status put_part(const AttachmentId& id, std::uint32_t no, std::string_view bytes) = 0;  ///< The next one.
  virtual Status put_thumbnail(const AttachmentId& id, std::string_view bytes) = 0;
  virtual Status set_whole(const AttachmentId& id) = 0;
  virtual Status discard(const AttachmentId& id) = 0;  ///< One that is not whole, with its parts.
  virtual Result<std::string> part(const AttachmentId& id, std::uint32_t no) = 0;  ///< From 0; "" beyond the last.
  virtual Result<std::string> thumbnail(const AttachmentId& id) = 0;               ///< "": there is none.
  /// In the order of their ids, those after `after`.
  virtual Result<std::vector<StoredContent>> list(const AttachmentId& after, std::size_t limit) = 0;
  /// Bytes of everything that the tablet has begun since then.
  virtual Result<std::int64_t> bytes_begun(TabletNo sender, Instant since) = 0;

  // --- who refers to what; kept in step by server/attachments/content_uses ---
  virtual Status add_use(const AttachmentId& id, const ContentUse& use) = 0;
  virtual Status remove_use(const AttachmentId& id, const ContentUse& use) = 0;
  virtual Result<std::vector<ContentUse>> uses_of(const AttachmentId& id) = 0;
  virtual Result<std::vector<AttachmentId>> used_ids() = 0;  ///< Each once.
  virtual Status remove_all_uses() = 0;
  /// An op of that tablet that was taken in names it, whatever became of the op.
  virtual Status add_namer(const AttachmentId& id, TabletNo tablet) = 0;
  virtual Result<bool> is_named_by(const AttachmentId& id, TabletNo tablet) = 0;
  /// Version of the dictionary by which uses and namers were listed; 0: never.
  virtual Result<std::uint32_t> listed_by() = 0;
  virtual Status set_listed_by(std::uint32_t dictionary_version) = 0;
};

}  // namespace ruhu::server
