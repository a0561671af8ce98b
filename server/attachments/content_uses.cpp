#include "server/attachments/content_uses.hpp"

#include <algorithm>

#include "storage/model/attachment_refs.hpp"

namespace ruhu::server {
namespace {

bool contains(const std::vector<AttachmentId>& ids, const AttachmentId& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool has_attachments(const KindDef& kind) {
  return std::any_of(kind.fields.begin(), kind.fields.end(), holds_attachments);
}

/// What an edit brings into the field.
std::vector<AttachmentId> brought_by(const Value& value) {
  const auto* delta = std::get_if<SetDelta>(&value);
  return delta == nullptr ? attachments_in(value) : attachments_in(Value{delta->added});
}

}  // namespace

Status refresh_content_uses(PlatformTx& tx, const Dictionary& dictionary, const Record* before, const Record& after) {
  for (const FieldDef& field : dictionary.get_kind(after.ref.kind).fields) {
    if (!holds_attachments(field)) continue;
    const auto old = before == nullptr ? std::vector<AttachmentId>{} : attachments_in(before->get(field.no));
    const auto now = attachments_in(after.get(field.no));
    const ContentUse use{after.ref, field.no};
    for (const AttachmentId& id : now)
      if (!contains(old, id)) RUHU_TRY_DONE(tx.contents().add_use(id, use));
    for (const AttachmentId& id : old)
      if (!contains(now, id)) RUHU_TRY_DONE(tx.contents().remove_use(id, use));
  }
  return {};
}

Status note_named_contents(PlatformTx& tx, const Dictionary& dictionary, const Change& change) {
  const KindDef* kind = dictionary.find_kind(change.record.kind);
  if (kind == nullptr) return {};
  for (const FieldEdit& edit : change.fields) {
    const FieldDef* field = kind->find(edit.column);
    if (field == nullptr || !holds_attachments(*field)) continue;
    for (const AttachmentId& id : brought_by(edit.value)) RUHU_TRY_DONE(tx.contents().add_namer(id, change.id.tablet));
  }
  return {};
}

Status walk_content_uses(PlatformTx& tx, const Dictionary& dictionary,
                         const std::function<Status(const AttachmentId&, const ContentUse&)>& visit) {
  for (const KindDef& kind : dictionary.kinds()) {
    if (!has_attachments(kind)) continue;
    ListOptions page{.where = {}, .after = {}, .limit = 1'000};
    for (;;) {
      RUHU_TRY(const auto records, tx.list_records(kind.no, page));
      if (records.empty()) break;
      for (const Record& record : records)
        for (const FieldDef& field : kind.fields)
          if (holds_attachments(field))
            for (const AttachmentId& id : attachments_in(record.get(field.no)))
              RUHU_TRY_DONE(visit(id, {record.ref, field.no}));
      page.after = records.back().ref.id;
    }
  }
  return {};
}

Status bring_content_uses_up(PlatformTx& tx, const Dictionary& dictionary) {
  RUHU_TRY(const auto listed_by, tx.contents().listed_by());
  if (listed_by == dictionary.version()) return {};
  RUHU_TRY_DONE(tx.contents().remove_all_uses());
  RUHU_TRY_DONE(walk_content_uses(
      tx, dictionary, [&](const AttachmentId& id, const ContentUse& use) { return tx.contents().add_use(id, use); }));
  RUHU_TRY_DONE(tx.each_op([&](const StoredOp& op) { return note_named_contents(tx, dictionary, op.change); }));
  return tx.contents().set_listed_by(dictionary.version());
}

}  // namespace ruhu::server
