#include "tests/storage/photo_dictionary.hpp"

#include <nlohmann/json.hpp>

namespace ruhu::test {

const Dictionary& photo_dictionary() {
  static const Dictionary kPhotos = [] {
    auto json = nlohmann::json::parse(built_in_dictionary_json());
    json["version"] = json["version"].get<int>() + 1;
    for (auto& kind : json["kinds"]) {
      if (kind["kind"] != "person") continue;
      for (const auto& field : kind["fields"]) {
        if (field["name"] != "alias") continue;
        auto added = field;
        added["name"] = "pictures";
        added["no"] = kPictures.value;
        added["check"] = "attachment";
        for (const char* rule : {"search", "max", "mask"}) added.erase(rule);
        kind["fields"].push_back(added);
        break;
      }
    }
    return Dictionary::parse(json.dump()).value();
  }();
  return kPhotos;
}

NewAttachment picture(std::string_view content) {
  return {std::string(content), Media::jpeg, "small " + std::string(content.substr(0, 8))};
}

TextSet pictures(const std::vector<AttachmentId>& ids) {
  std::vector<std::string> items;
  for (const AttachmentId& id : ids) items.push_back(to_string(id));
  return TextSet::of(items);
}

std::string many_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>((i * 31 + i / 65'536) & 0xFFU);
  return bytes;
}

}  // namespace ruhu::test
