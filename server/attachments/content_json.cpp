#include "server/attachments/content_json.hpp"

#include <nlohmann/json.hpp>

namespace ruhu::server {
namespace {

using Json = nlohmann::ordered_json;

Result<Json> uses_to_json(PlatformTx& tx, const Dictionary& dictionary, const AttachmentId& id) {
  Json list = Json::array();
  RUHU_TRY(const auto uses, tx.contents().uses_of(id));
  for (const ContentUse& use : uses) {
    const KindDef& kind = dictionary.get_kind(use.record.kind);
    const FieldDef* field = kind.find(use.column);
    list.push_back({{"kind", kind.name},
                    {"id", to_string(use.record.id)},
                    {"field", field == nullptr ? std::string() : field->name}});
  }
  return list;
}

Status write_content(PlatformTx& tx, const Dictionary& dictionary, const StoredContent& content, std::ostream& out) {
  Json json{{"attachment", to_string(content.id)},
            {"media", content.media == Media::png ? "png" : "jpeg"},
            {"bytes", content.bytes},
            {"whole", content.whole},
            {"thumbnail", content.thumbnail},
            {"tablet", content.sender.value}};
  RUHU_TRY(json["uses"], uses_to_json(tx, dictionary, content.id));
  out << json.dump() << '\n';
  return {};
}

Status write_waited_for(PlatformTx& tx, const Dictionary& dictionary, const AttachmentId& id, std::ostream& out) {
  Json json{{"attachment", to_string(id)}, {"bytes", 0}, {"whole", false}, {"thumbnail", false}};
  RUHU_TRY(json["uses"], uses_to_json(tx, dictionary, id));
  out << json.dump() << '\n';
  return {};
}

}  // namespace

Status export_contents(PlatformTx& tx, const Dictionary& dictionary, std::ostream& out) {
  constexpr std::size_t kAtOnce = 500;
  AttachmentId after;
  for (;;) {
    RUHU_TRY(const auto page, tx.contents().list(after, kAtOnce));
    if (page.empty()) break;
    for (const StoredContent& content : page) RUHU_TRY_DONE(write_content(tx, dictionary, content, out));
    after = page.back().id;
  }
  RUHU_TRY(const auto used, tx.contents().used_ids());
  for (const AttachmentId& id : used) {
    RUHU_TRY(const auto content, tx.contents().find(id));
    if (!content) RUHU_TRY_DONE(write_waited_for(tx, dictionary, id, out));
  }
  return {};
}

}  // namespace ruhu::server
