#include "platform/keys/crypto.hpp"

#include <algorithm>
#include <set>

#include "tests/support/catch.hpp"

namespace ruhu {
namespace {

const std::string kAllBytes = [] {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  return bytes;
}();

TEST_CASE("sha256: gives the standard's digests") {
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("to_hex: comes back through from_hex, which takes nothing else") {
  CHECK(from_hex(to_hex(kAllBytes)) == kAllBytes);
  CHECK(from_hex("") == "");
  CHECK(from_hex("0aFF") == std::string("\x0a\xff"));
  for (const char* bad : {"0", "0g", "0a ", " 0a", "0a:0b", "0x"}) CHECK_FALSE(from_hex(bad).has_value());
}

TEST_CASE("to_base64url: comes back through from_base64url, which takes nothing else") {
  for (std::size_t length = 0; length <= kAllBytes.size(); ++length) {
    const auto bytes = kAllBytes.substr(kAllBytes.size() - length);
    CHECK(from_base64url(to_base64url(bytes)) == bytes);
  }
  CHECK(to_base64url("\xFB\xFF") == "-_8");
  CHECK(to_base64("\xFB\xFF") == "+/8=");
  for (const char* bad : {"-_8=", "+/8", "a", "ab c", "ab\n"}) CHECK_FALSE(from_base64url(bad).has_value());
}

TEST_CASE("equal_constant_time: agrees with equality") {
  CHECK(equal_constant_time("", ""));
  CHECK(equal_constant_time("abc", "abc"));
  CHECK_FALSE(equal_constant_time("abc", "abd"));
  CHECK_FALSE(equal_constant_time("abc", "ab"));
}

TEST_CASE("random_bytes: has the length asked for and does not repeat") {
  CHECK(random_bytes(0).empty());
  CHECK(random_bytes(32).size() == 32);
  CHECK(random_bytes(32) != random_bytes(32));
}

TEST_CASE("make_readable_code: uses every character but the confusable ones, in groups of four") {
  const std::string code = make_readable_code(10);
  CHECK(code.size() == 12);
  CHECK(code[4] == '-');
  CHECK(code[9] == '-');
  const std::string many = make_readable_code(4000);
  std::set<char> used(many.begin(), many.end());
  used.erase('-');
  CHECK(used.size() == 32);
  for (const char confusable : {'I', 'L', 'O', 'U'}) CHECK_FALSE(used.contains(confusable));
}

TEST_CASE("normalise_readable_code: understands what people make of a code") {
  CHECK(normalise_readable_code("7kq2-m0xd") == "7KQ2-M0XD");
  CHECK(normalise_readable_code(" 7KQ2 MOXD ") == "7KQ2-M0XD");
  CHECK(normalise_readable_code("il10O") == "1110-0");
  const auto made = make_readable_code(8);
  CHECK(normalise_readable_code(made) == made);
  for (const char* bad : {"", " - ", "7KQU", "7KQ2!", "七"}) CHECK_FALSE(normalise_readable_code(bad).has_value());
}

TEST_CASE("SigningKey: matches RFC 8032 section 7.1 test 2") {
  const auto key = SigningKey::from_seed(*from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  CHECK(to_hex(key.public_key()) == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  CHECK(to_hex(key.sign("\x72")) ==
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST_CASE("verify_signature: holds for the signer's own bytes only") {
  const auto key = SigningKey::generate();
  const auto other = SigningKey::generate();
  const auto signature = key.sign("a batch");
  CHECK(signature.size() == SigningKey::kSignatureBytes);
  CHECK(verify_signature(key.public_key(), "a batch", signature));
  CHECK_FALSE(verify_signature(key.public_key(), "a botch", signature));
  CHECK_FALSE(verify_signature(other.public_key(), "a batch", signature));
  CHECK_FALSE(verify_signature(key.public_key(), "a batch", signature.substr(1)));
  CHECK_FALSE(verify_signature("", "a batch", signature));
}

TEST_CASE("Secret: moves its bytes and leaves nothing behind") {
  Secret first{"a key"};
  Secret second = std::move(first);
  CHECK(first.empty());  // NOLINT(bugprone-use-after-move): the point of the test
  CHECK(second.view() == "a key");
  first = second.clone();
  CHECK(first.view() == second.view());
}

}  // namespace
TEST_CASE("seal_box: only the owner of the key opens it, and a change anywhere is noticed") {
  const auto owner = SigningKey::from_seed(std::string(SigningKey::kSeedBytes, 'o'));
  const auto other = SigningKey::from_seed(std::string(SigningKey::kSeedBytes, 'p'));
  const std::string box = seal_box(owner.public_key(), "张建国").value();
  CHECK(box.size() == kBoxBytes + 9);
  CHECK(box != seal_box(owner.public_key(), "张建国").value());
  CHECK(owner.open_box(box).value() == "张建国");
  CHECK(owner.open_box(seal_box(owner.public_key(), "").value()).value().empty());
  CHECK(other.open_box(box).error().code == Errc::malformed_message);
  for (std::size_t at = 0; at < box.size(); at += 7) {
    std::string changed = box;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    CHECK_FALSE(owner.open_box(changed).ok());
  }
  CHECK_FALSE(owner.open_box(box.substr(0, kBoxBytes - 1)).ok());
  CHECK_FALSE(seal_box("short", "x").ok());
  CHECK_FALSE(seal_box(std::string(32, '\xff'), "x").ok());
}

}  // namespace ruhu
