#include "storage/attachments/attachment_audit.hpp"

#include "storage/attachments/attachment_uses.hpp"
#include "storage/schema/record_table.hpp"

namespace ruhu {
namespace {

using Findings = std::vector<std::string>;

/// One finding for each row of the query, whose first column is an id.
Status find_all(Database& db, std::string_view sql, const std::string& what, Findings& findings) {
  RUHU_TRY(auto query, db.prepare(sql));
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return {};
    findings.push_back("attachment " + to_string(read_attachment_id(query.blob(0))) + " " + what);
  }
}

/// Counts both ways: no use of a row is missing in the list, and the list has no further ones.
Status check_uses(Database& db, const Dictionary& dictionary, Findings& findings) {
  std::int64_t in_rows = 0;
  const auto check = [&](const AttachmentId& id, const AttachmentUse& use) -> Status {
    ++in_rows;
    RUHU_TRY(auto query, db.prepare("SELECT 1 FROM sys_attachment_use"
                                    " WHERE id = ?1 AND kind = ?2 AND record = ?3 AND col = ?4"));
    query.bind_blob(1, id_bytes(id)).bind(2, std::int64_t{use.record.kind.value});
    query.bind_blob(3, id_bytes(use.record.id)).bind(4, std::int64_t{use.column.value});
    RUHU_TRY(const bool listed, query.step());
    if (!listed) findings.push_back("attachment " + to_string(id) + " is in a row and not in the list of uses");
    return {};
  };
  RUHU_TRY_DONE(walk_attachment_uses(db, dictionary, check));
  RUHU_TRY(const auto listed, db.integer("SELECT count(*) FROM sys_attachment_use"));
  if (listed > in_rows) findings.push_back("the list of uses of attachments names fields that do not refer to them");
  return {};
}

Status check_content(AttachmentTable& table, Findings& findings) {
  for (const AttachmentState state : {AttachmentState::drafted, AttachmentState::owed, AttachmentState::shared}) {
    RUHU_TRY(const auto ids, table.in_state(state));
    for (const AttachmentId& id : ids) {
      const auto content = table.content(id);
      if (content.ok()) continue;
      if (content.error().code != Errc::database_damaged) return content.error();
      findings.push_back("attachment " + to_string(id) + " is not what its id says");
    }
  }
  return {};
}

}  // namespace

Result<std::vector<std::string>> audit_attachments(Database& db, const Dictionary& dictionary) {
  Findings findings;
  AttachmentTable table(db);
  RUHU_TRY_DONE(check_uses(db, dictionary, findings));
  RUHU_TRY_DONE(find_all(db,
                         "SELECT DISTINCT id FROM sys_attachment_use u"
                         " WHERE NOT EXISTS (SELECT 1 FROM sys_attachment a WHERE a.id = u.id)",
                         "is referred to and neither here nor to be fetched", findings));
  RUHU_TRY_DONE(find_all(db,
                         "SELECT DISTINCT id FROM sys_attachment_draft d"
                         " WHERE NOT EXISTS (SELECT 1 FROM sys_attachment a WHERE a.id = d.id)",
                         "is kept by a draft and neither here nor to be fetched", findings));
  RUHU_TRY_DONE(find_all(db,
                         "SELECT id FROM sys_attachment a WHERE state <> 2"
                         " AND NOT EXISTS (SELECT 1 FROM sys_attachment_use u WHERE u.id = a.id)"
                         " AND NOT EXISTS (SELECT 1 FROM sys_attachment_draft d WHERE d.id = a.id)",
                         "is here and nobody refers to it", findings));
  RUHU_TRY(const auto strays, db.integer("SELECT count(*) FROM sys_attachment_part p WHERE NOT EXISTS"
                                         " (SELECT 1 FROM sys_attachment a WHERE a.serial = p.key / 256)"));
  if (strays != 0) findings.push_back(std::to_string(strays) + " parts belong to no attachment");
  RUHU_TRY_DONE(check_content(table, findings));
  return findings;
}

}  // namespace ruhu
