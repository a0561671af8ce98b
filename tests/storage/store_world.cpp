#include "tests/storage/store_world.hpp"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"

namespace ruhu::test {

const Dictionary& built_in() {
  static const Dictionary kBuiltIn = Dictionary::built_in().value();
  return kBuiltIn;
}

std::string next_dictionary_json() {
  auto json = nlohmann::json::parse(built_in_dictionary_json());
  json["version"] = json["version"].get<int>() + 1;
  for (auto& kind : json["kinds"]) {
    if (kind["kind"] != "person") continue;
    for (const auto& field : kind["fields"]) {
      if (field["name"] != "former_name") continue;
      auto added = field;
      added["name"] = "nickname";
      added["no"] = kNickname.value;
      kind["fields"].push_back(added);
      break;
    }
  }
  return json.dump();
}

const Dictionary& next_dictionary() {
  static const Dictionary kNext = Dictionary::parse(next_dictionary_json()).value();
  return kNext;
}

Result<std::unique_ptr<Store>> StoreWorld::open(const DatabaseOptions& options, const Dictionary& dictionary) {
  return Store::open(options, dictionary, clock, random);
}

std::unique_ptr<Store> StoreWorld::enrolled(const DatabaseOptions& options) {
  auto store = open(options).value();
  REQUIRE(store->set_identity(worker()).ok());
  return store;
}

DatabaseOptions StoreWorld::in_memory() {
  DatabaseOptions options;
  options.path = ":memory:";
  return options;
}

Identity StoreWorld::worker() {
  Identity identity;
  identity.tablet = {7};
  identity.actor = {3};
  identity.actor_name = "王网格";
  identity.role = "worker";
  identity.scopes = {kGrid, kCommunity};
  identity.epoch = {99};
  return identity;
}

SaveRequest new_person(const std::string& name, std::vector<Cell> more) {
  more.push_back({kinds::person::name, name});
  return {{{kinds::person::kKind, {}, std::move(more), {}}}, {Source::self, Verified::declared, 0}, {}};
}

SaveRequest new_home(StoreWorld& world, const std::string& name) {
  const RecordId person = make_uuid_v7(world.clock, world.random);
  const RecordId household = make_uuid_v7(world.clock, world.random);
  SaveRequest request;
  request.provenance = {Source::self, Verified::declared, 0};
  request.edits = {{kinds::person::kKind, person, {{kinds::person::name, name}}, {}},
                   {kinds::household::kKind,
                    household,
                    {{kinds::household::dwelling_id, make_uuid_v7(world.clock, world.random)},
                     {kinds::household::head_person_id, person}},
                    {}},
                   {kinds::membership::kKind,
                    {},
                    {{kinds::membership::household_id, household},
                     {kinds::membership::person_id, person},
                     {kinds::membership::relation, std::string("02")}},
                    {}}};
  return request;
}

SaveRequest case_with_photo(const std::string& photo) {
  namespace c = kinds::case_;
  SaveRequest request;
  const std::vector<Cell> cells = {{c::no, std::string("350582006001003-20260305-A001")},
                                   {c::text, std::string("雨天路面积水很深，老人出门不便")},
                                   {c::photos, TextSet::of({to_string(attachment_id_of(photo))})}};
  request.edits = {{c::kKind, {}, cells, {}}};
  request.attachments = {{photo, Media::jpeg, "small"}};
  return request;
}

SaveRequest edit_of(const RecordRef& ref, std::vector<Cell> cells) {
  return {{{ref.kind, ref.id, std::move(cells), {}}}, {Source::self, Verified::declared, 0}, {}};
}

RecordRef made_by(const Result<std::vector<SavedRecord>>& saved) {
  if (!saved.ok()) FAIL(to_log_line(saved.error()));
  REQUIRE(saved->size() == 1);
  return saved->front().ref;
}

std::vector<std::string> audit_of(Store& store) {
  const auto findings = store.audit();
  return findings.ok() ? *findings : std::vector<std::string>{to_log_line(findings.error())};
}

std::string read_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace ruhu::test
