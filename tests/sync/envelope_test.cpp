#include "sync/protocol/envelope.hpp"

#include <zstd.h>

#include "platform/base/random.hpp"
#include "platform/keys/crypto.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

constexpr TabletNo kTablet{0x01020304};

struct Peers {
  SigningKey server = SigningKey::from_seed(std::string(32, 's'));
  SignBytes sign = [this](std::string_view bytes) { return server.sign(bytes); };
  CheckSignature check = [this](TabletNo, std::string_view bytes, std::string_view signature) {
    return verify_signature(server.public_key(), bytes, signature);
  };
  Errc refusal(std::string_view bytes) const {
    const auto opened = open_envelope(bytes, check);
    return opened.ok() ? Errc::internal : opened.error().code;
  }
  /// An envelope that the server signed around any frame.
  std::string around(const std::string& frame) const {
    const std::string head("RUHU1\x04\x03\x02\x01", 9);
    return head + server.sign(head + frame) + frame;
  }
};

}  // namespace

TEST_CASE("Envelope: opens to what was sealed", "[envelope]") {
  const Peers peers;
  for (const std::string& message : {std::string(), std::string("短信"), std::string(3'000'000, 'x')}) {
    const auto opened = open_envelope(seal(kTablet, message, peers.sign), peers.check);
    REQUIRE(opened.ok());
    CHECK(opened->tablet == kTablet);
    CHECK(opened->message == message);
  }
}

TEST_CASE("Envelope: any flipped bit makes it not our server's", "[envelope]") {
  const Peers peers;
  const std::string sealed = seal(kTablet, "一户一档,一访一记", peers.sign);
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    std::string damaged = sealed;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    INFO("byte " << at);
    CHECK(peers.refusal(damaged) == Errc::not_our_server);
  }
}

TEST_CASE("Envelope: any cut and any addition makes it not our server's", "[envelope]") {
  const Peers peers;
  const std::string sealed = seal(kTablet, "一户一档", peers.sign);
  for (std::size_t length = 0; length < sealed.size(); ++length)
    CHECK(peers.refusal(sealed.substr(0, length)) == Errc::not_our_server);
  CHECK(peers.refusal(sealed + '\0') == Errc::not_our_server);
}

TEST_CASE("Envelope: a login page, nothing, and noise are not our server's", "[envelope]") {
  const Peers peers;
  SeededRandom random(7);
  std::string noise = "RUHU1";
  for (int i = 0; i < 5'000; ++i) noise += static_cast<char>(random.next());
  CHECK(peers.refusal("") == Errc::not_our_server);
  CHECK(peers.refusal("RUHU1") == Errc::not_our_server);
  CHECK(peers.refusal("<html>请登录 Wi-Fi</html>") == Errc::not_our_server);
  CHECK(peers.refusal(noise) == Errc::not_our_server);
}

TEST_CASE("Envelope: somebody else's signature makes it not our server's", "[envelope]") {
  const Peers peers;
  const SigningKey other = SigningKey::from_seed(std::string(32, 'o'));
  const auto sign = [&](std::string_view bytes) { return other.sign(bytes); };
  CHECK(peers.refusal(seal(kTablet, "hello", sign)) == Errc::not_our_server);
}

TEST_CASE("Envelope: signed but broken inside is malformed", "[envelope]") {
  const Peers peers;
  CHECK(peers.refusal(peers.around("")) == Errc::malformed_message);
  CHECK(peers.refusal(peers.around("no zstd frame at all")) == Errc::malformed_message);
  std::string frame(ZSTD_compressBound(100), '\0');
  frame.resize(ZSTD_compress(frame.data(), frame.size(), std::string(100, 'a').data(), 100, 3));
  CHECK(peers.refusal(peers.around(frame.substr(0, frame.size() - 1))) == Errc::malformed_message);
}

TEST_CASE("Envelope: signed and larger than the limit is refused without unpacking", "[envelope]") {
  const Peers peers;
  CHECK(peers.refusal(seal(kTablet, std::string(kMessageBytesMax + 1, '\0'), peers.sign)) == Errc::too_large);
}
