#include "app/commands/tablet.hpp"

#include <simdjson.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "platform/keys/file_key_store.hpp"
#include "sync/transport/http_transport.hpp"

namespace ruhu {
namespace {

std::string database_file(const std::filesystem::path& folder) { return (folder / "ruhu.db").string(); }

Error not_ours() { return make_error(Errc::not_our_server, "enrolment answer"); }

/// The error key of a refusal, if the answer is one of our server's.
Error refusal(std::string_view body) {
  simdjson::dom::parser parser;
  simdjson::dom::element json;
  std::string_view key;
  if (parser.parse(body.data(), body.size()).get(json) == simdjson::SUCCESS &&
      json["error"].get(key) == simdjson::SUCCESS)
    for (const ErrorTraits& traits : error_table())
      if (traits.key == key) return make_error(traits.code, "server");
  return not_ours();
}

Result<Identity> parse_identity(std::string_view body) {
  simdjson::dom::parser parser;
  simdjson::dom::element json;
  if (parser.parse(body.data(), body.size()).get(json) != simdjson::SUCCESS) return not_ours();
  const auto number = [&](const char* key) {
    std::uint64_t n = 0;
    return json[key].get(n) == simdjson::SUCCESS ? n : 0;
  };
  const auto word = [&](const char* key) {
    std::string_view s;
    return json[key].get(s) == simdjson::SUCCESS ? std::string(s) : std::string{};
  };
  Identity identity;
  identity.tablet = {static_cast<std::uint32_t>(number("tablet"))};
  identity.incarnation = static_cast<std::uint32_t>(number("incarnation"));
  identity.actor = {static_cast<std::uint32_t>(number("actor"))};
  identity.actor_name = word("name");
  identity.role = word("role");
  const std::string epoch = word("epoch");
  std::from_chars(epoch.data(), epoch.data() + epoch.size(), identity.epoch.value);
  const auto realm = parse_realm(word("realm"));
  const auto key = from_hex(word("server_key"));
  simdjson::dom::array scopes;
  if (json["scopes"].get(scopes) != simdjson::SUCCESS) return not_ours();
  for (const auto scope : scopes) {
    std::string_view code;
    const auto parsed = scope.get(code) == simdjson::SUCCESS ? parse_scope_code(code) : std::nullopt;
    if (!parsed) return not_ours();
    identity.scopes.push_back(*parsed);
  }
  if (identity.tablet.value == 0 || !realm || !key || key->size() != SigningKey::kPublicKeyBytes) return not_ours();
  identity.realm = *realm;
  identity.server_key = *key;
  return identity;
}

}  // namespace

Result<std::unique_ptr<Tablet>> Tablet::open_with(const std::filesystem::path& folder, std::string_view pin,
                                                  World world, bool create) {
  const auto key_store = make_file_key_store(folder / "keys");
  RUHU_TRY(const auto state, key_store->state());
  if (!state.exists && !create) return make_error(Errc::not_enrolled);
  RUHU_TRY(const Keys keys, state.exists ? key_store->unlock(pin) : key_store->create(pin));
  DatabaseOptions options;
  options.path = database_file(folder);
  options.key = keys.database_key.view();
  options.create = create;
  RUHU_TRY(auto store, Store::open(options, world.dictionary, world.clock, world.random));
  return std::unique_ptr<Tablet>(
      new Tablet(world, SigningKey::from_seed(keys.signing_seed.view()), std::shared_ptr<Store>(std::move(store))));
}

Result<DatabaseOptions> Tablet::database_of(const std::filesystem::path& folder, std::string_view pin) {
  const auto key_store = make_file_key_store(folder / "keys");
  RUHU_TRY(const auto state, key_store->state());
  if (!state.exists) return make_error(Errc::not_enrolled);
  RUHU_TRY(const Keys keys, key_store->unlock(pin));
  DatabaseOptions options;
  options.path = database_file(folder);
  options.key = keys.database_key.view();
  options.create = false;
  return options;
}

Result<std::unique_ptr<Tablet>> Tablet::open(const std::filesystem::path& folder, std::string_view pin, World world) {
  RUHU_TRY(auto tablet, open_with(folder, pin, world, false));
  RUHU_TRY(const auto identity, tablet->store().identity());
  if (!identity) return make_error(Errc::not_enrolled);
  return tablet;
}

Result<std::unique_ptr<Tablet>> Tablet::enrol(const std::filesystem::path& folder, const EnrolRequest& request,
                                              HttpClient& client, World world) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) return make_error(Errc::io_failed, "data folder");
  RUHU_TRY(auto tablet, open_with(folder, request.pin, world, true));
  RUHU_TRY(const auto known, tablet->store().identity());
  if (known) return make_error(Errc::already_enrolled);
  const nlohmann::json body{{"code", request.code}, {"public_key", to_hex(tablet->key_.public_key())}};
  HttpRequest http;
  http.method = "POST";
  http.url = join_url(request.server_url, "/v1/enrol");
  http.content_type = "application/json";
  http.body = body.dump();
  RUHU_TRY(const HttpResponse answer, client.send(http));
  if (answer.status != 200) return refusal(answer.body);
  RUHU_TRY(Identity identity, parse_identity(answer.body));
  identity.server_url = request.server_url;
  RUHU_TRY_DONE(tablet->store().set_identity(identity));
  return tablet;
}

SignBytes Tablet::sign_as_tablet() const {
  return [this](std::string_view bytes) { return key_.sign(bytes); };
}

CheckSignature Tablet::check_as_server_of(const Identity& identity) {
  return [server_key = identity.server_key](TabletNo, std::string_view bytes, std::string_view signature) {
    return verify_signature(server_key, bytes, signature);
  };
}

Result<std::unique_ptr<Replicator>> Tablet::replicator() {
  RUHU_TRY(const auto identity, store_->identity());
  if (!identity) return make_error(Errc::not_enrolled);
  return std::make_unique<Replicator>(*store_, world_.clock, world_.random, sign_as_tablet(),
                                      check_as_server_of(*identity));
}

Result<std::unique_ptr<AttachmentMover>> Tablet::attachment_mover(AttachmentMover::Originals originals) {
  RUHU_TRY(const auto identity, store_->identity());
  if (!identity) return make_error(Errc::not_enrolled);
  return std::make_unique<AttachmentMover>(*store_, world_.clock, world_.random, sign_as_tablet(),
                                           check_as_server_of(*identity), originals);
}

Result<std::unique_ptr<ParcelCourier>> Tablet::parcel_courier() {
  RUHU_TRY(const auto identity, store_->identity());
  if (!identity) return make_error(Errc::not_enrolled);
  return std::make_unique<ParcelCourier>(*store_, world_.random, sign_as_tablet(), check_as_server_of(*identity));
}

Result<std::unique_ptr<HandOver>> Tablet::hand_over() {
  RUHU_TRY(const auto identity, store_->identity());
  if (!identity) return make_error(Errc::not_enrolled);
  return std::make_unique<HandOver>(
      HandOver::Parts{.store = *store_,
                      .clock = world_.clock,
                      .random = world_.random,
                      .sign = sign_as_tablet(),
                      .check = check_as_server_of(*identity),
                      .seal_box = seal_box,
                      .open_box = [this](std::string_view box) { return key_.open_box(box); }});
}

namespace {

/// Any of those who prepare trips and take in their answers.
template <class Mover>
Errand errand_of(std::unique_ptr<Mover> mover, std::string_view path) {
  const std::shared_ptr<Mover> shared = std::move(mover);
  const auto trip = std::make_shared<typename Mover::Trip>();
  const auto prepare = [shared, trip]() -> Result<std::optional<std::string>> {
    RUHU_TRY(auto next, shared->prepare());
    if (!next) return std::optional<std::string>{};
    *trip = std::move(*next);
    return std::optional<std::string>{trip->sealed};
  };
  const auto take_in = [shared, trip](const std::string& answer) -> Status {
    const auto taken = shared->take_in(*trip, answer);
    return taken.ok() ? Status{} : Status{taken.error()};
  };
  return {path, prepare, take_in};
}

}  // namespace

Result<std::vector<Errand>> Tablet::errands(AttachmentMover::Originals originals) {
  RUHU_TRY(auto courier, parcel_courier());
  RUHU_TRY(auto mover, attachment_mover(originals));
  return std::vector<Errand>{errand_of(std::move(courier), kParcelsPath),
                             errand_of(std::move(mover), kAttachmentsPath)};
}

}  // namespace ruhu
