#pragma once
#include "server/store/content_store.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu::server {

/// sys_content: one row per content. sys_content_part: its bytes, by serial * 256 + part, part 0 the thumbnail.
extern const char* const kContentTables;

class SqliteContents final : public ContentTx {
 public:
  explicit SqliteContents(Database& db) : db_(db) {}

  Result<std::optional<StoredContent>> find(const AttachmentId& id) override;
  Status begin(const StoredContent& content) override;
  Status put_part(const AttachmentId& id, std::uint32_t no, std::string_view bytes) override;
  Status put_thumbnail(const AttachmentId& id, std::string_view bytes) override;
  Status set_whole(const AttachmentId& id) override;
  Status discard(const AttachmentId& id) override;
  Result<std::string> part(const AttachmentId& id, std::uint32_t no) override;
  Result<std::string> thumbnail(const AttachmentId& id) override;
  Result<std::vector<StoredContent>> list(const AttachmentId& after, std::size_t limit) override;
  Result<std::int64_t> bytes_begun(TabletNo sender, Instant since) override;
  Status add_use(const AttachmentId& id, const ContentUse& use) override;
  Status remove_use(const AttachmentId& id, const ContentUse& use) override;
  Result<std::vector<ContentUse>> uses_of(const AttachmentId& id) override;
  Result<std::vector<AttachmentId>> used_ids() override;
  Status remove_all_uses() override;
  Status add_namer(const AttachmentId& id, TabletNo tablet) override;
  Result<bool> is_named_by(const AttachmentId& id, TabletNo tablet) override;
  Result<std::uint32_t> listed_by() override;
  Status set_listed_by(std::uint32_t dictionary_version) override;

 private:
  Result<std::int64_t> serial_of(const AttachmentId& id);  ///< not_found without a row.
  Status write(std::int64_t key, std::string_view bytes);
  Result<std::string> read(std::int64_t key);

  Database& db_;
};

}  // namespace ruhu::server
