#include "sync/protocol/messages.hpp"
#include "tests/app/session_world.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using test::SessionWorld;

namespace {

using Originals = AttachmentMover::Originals;

/// A platform that takes everything as sent and has no news.
class Agreeable final : public Transport {
 public:
  Result<std::string> exchange(std::string_view sealed, std::stop_token) override {
    const auto any = [](TabletNo, std::string_view, std::string_view) { return true; };
    RUHU_TRY(const Opened opened, open_envelope(sealed, any));
    RUHU_TRY(const SyncRequest request, decode_request(opened.message));
    SyncResponse response;
    response.nonce = request.nonce;
    response.epoch = request.epoch;
    response.realm = request.realm;
    for (const std::string& batch : request.batches) {
      RUHU_TRY(const auto changes, decode_changes(batch));
      for (const Change& change : changes) {
        OpResult result;
        result.op = change.id;
        result.version = {1};
        response.news.results.push_back(result);
        response.news.acknowledged = change.id.counter;
      }
    }
    return seal(opened.tablet, encode_response(response),
                [](std::string_view) { return std::string(kSignatureBytes, 's'); });
  }
};

/// Says once what it was given, and takes one answer.
class Echo final : public Transport {
 public:
  explicit Echo(bool offline) : offline_(offline) {}
  Result<std::string> exchange(std::string_view sealed, std::stop_token) override {
    if (offline_) return make_error(Errc::offline);
    return std::string(sealed);
  }

 private:
  bool offline_;
};

/// A session whose text always gets through and whose only errand is one trip.
struct Errands {
  SessionWorld world;
  InlineRunner runner;
  std::optional<Originals> originals;
  std::vector<std::string> answers;
  std::string path;
  Metering metering = Metering::unknown;
  bool offline = false;
  Session session{parts()};

  Session::Parts parts() {
    Session::Parts parts = world.parts(runner, runner);
    parts.make_transport = [](const Identity&) { return std::make_unique<Agreeable>(); };
    parts.make_errands = [this](Originals chosen) -> Result<std::vector<Errand>> {
      originals = chosen;
      const auto done = std::make_shared<bool>(false);
      const auto prepare = [done]() -> Result<std::optional<std::string>> {
        if (std::exchange(*done, true)) return std::optional<std::string>{};
        return std::optional<std::string>{"one trip"};
      };
      const auto take_in = [this](const std::string& answer) -> Status {
        answers.push_back(answer);
        return {};
      };
      return std::vector<Errand>{{"/v1/errand", prepare, take_in}};
    };
    parts.make_errand_transport = [this](const Identity&, std::string_view to) -> std::unique_ptr<Transport> {
      path = to;
      return std::make_unique<Echo>(offline);
    };
    parts.metering = [this] { return metering; };
    return parts;
  }
  void handle(Command command) {
    std::vector<Command> commands;
    commands.push_back(std::move(command));
    session.handle(std::move(commands));
    while (session.poll()) {
    }
  }
};

}  // namespace

TEST_CASE("Errands: they follow the text of a sync, on their own path", "[app]") {
  Errands e;
  e.session.start();
  e.handle(SyncNow{});
  CHECK(e.session.state().sync.phase == SyncPhase::idle);
  CHECK(e.answers == std::vector<std::string>{"one trip"});
  CHECK(e.path == "/v1/errand");
  CHECK(e.session.state().sync.queued == 0);
}

TEST_CASE("Errands: a network that gives way after the text is told, and the text is through", "[app]") {
  Errands e;
  e.offline = true;
  e.session.start();
  e.handle(SyncNow{});
  CHECK(e.session.state().sync.phase == SyncPhase::offline);
  CHECK(e.session.state().sync.queued == 0);
  CHECK(e.answers.empty());
}

TEST_CASE("Photos: originals wait where the network costs, unless the worker lets them go", "[app]") {
  Errands e;
  e.session.start();
  CHECK(e.session.state().settings.photos_on_wifi_only);
  e.handle(SyncNow{});
  CHECK(e.originals == Originals::move);  // a desktop does not say what its network costs
  e.metering = Metering::unmetered;
  e.handle(SyncNow{});
  CHECK(e.originals == Originals::move);
  e.metering = Metering::metered;
  e.handle(SyncNow{});
  CHECK(e.originals == Originals::leave);
  e.handle(SetPhotoNetwork{false});
  e.handle(SyncNow{});
  CHECK(e.originals == Originals::move);
  CHECK_FALSE(e.session.state().settings.photos_on_wifi_only);
  e.handle(SetPhotoNetwork{true});
  e.handle(SyncNow{});
  CHECK(e.originals == Originals::leave);
}
