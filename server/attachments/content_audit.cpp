#include "server/attachments/content_audit.hpp"

#include <set>

#include "platform/keys/crypto.hpp"
#include "server/attachments/content_uses.hpp"

namespace ruhu::server {
namespace {

Status check_uses(PlatformTx& tx, const Dictionary& dictionary, std::vector<std::string>& findings) {
  std::set<std::pair<AttachmentId, ContentUse>> in_rows;
  RUHU_TRY_DONE(walk_content_uses(tx, dictionary, [&](const AttachmentId& id, const ContentUse& use) -> Status {
    in_rows.emplace(id, use);
    return {};
  }));
  RUHU_TRY(const auto ids, tx.contents().used_ids());
  for (const AttachmentId& id : ids) {
    RUHU_TRY(const auto uses, tx.contents().uses_of(id));
    for (const ContentUse& use : uses)
      if (in_rows.erase({id, use}) == 0)
        findings.push_back("attachment " + to_string(id) + " is listed as used where no row names it");
  }
  for (const auto& [id, use] : in_rows)
    findings.push_back("attachment " + to_string(id) + " is in a row and not in the list of uses");
  return {};
}

Status check_contents(PlatformTx& tx, std::vector<std::string>& findings) {
  constexpr std::size_t kAtOnce = 500;
  AttachmentId after;
  for (;;) {
    RUHU_TRY(const auto page, tx.contents().list(after, kAtOnce));
    if (page.empty()) return {};
    for (const StoredContent& content : page) {
      RUHU_TRY(const std::string bytes, assembled_content(tx, content));
      const bool as_counted = bytes.size() == std::min<std::size_t>(static_cast<std::size_t>(content.bytes),
                                                                    content.parts * kAttachmentPartBytes);
      if (!as_counted || (content.whole && !is_sound(content, bytes)))
        findings.push_back("attachment " + to_string(content.id) + " is not what its id says");
    }
    after = page.back().id;
  }
}

}  // namespace

Result<std::string> assembled_content(PlatformTx& tx, const StoredContent& content) {
  std::string bytes;
  for (std::uint32_t no = 0; no < content.parts; ++no) {
    RUHU_TRY(const std::string part, tx.contents().part(content.id, no));
    bytes += part;
  }
  return bytes;
}

bool is_sound(const StoredContent& content, std::string_view bytes) {
  return bytes.size() == static_cast<std::size_t>(content.bytes) && read_attachment_id(sha256(bytes)) == content.id;
}

Result<std::vector<std::string>> audit_contents(PlatformTx& tx, const Dictionary& dictionary) {
  std::vector<std::string> findings;
  RUHU_TRY_DONE(check_uses(tx, dictionary, findings));
  RUHU_TRY_DONE(check_contents(tx, findings));
  return findings;
}

}  // namespace ruhu::server
