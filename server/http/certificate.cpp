#include "server/http/certificate.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

namespace ruhu {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using File = std::unique_ptr<std::FILE, Freed<std::fclose>>;

constexpr std::chrono::days kValid{3652};

bool is_host(const std::string& host) {
  const auto fits = [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
           c == ':';
  };
  return !host.empty() && host.size() <= 64 && std::all_of(host.begin(), host.end(), fits);
}

bool is_address(const std::string& host) {
  return host.find(':') != host.npos || host.find_first_not_of("0123456789.") == host.npos;
}

bool set_time(ASN1_TIME* time, Instant at) {
  return ASN1_TIME_set(time, std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count()) != nullptr;
}

bool add_extension(X509* certificate, int what, const std::string& value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, what, value.c_str()));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_random_serial(X509* certificate) {
  std::uint64_t serial = 0;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) return false;
  return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1U) == 1;
}

Certificate make_certificate(EVP_PKEY* key, const std::string& host, Instant now) {
  Certificate made(X509_new());
  X509* c = made.get();
  if (c == nullptr) return nullptr;
  X509_NAME* name = X509_get_subject_name(c);
  const auto* text = reinterpret_cast<const unsigned char*>(host.c_str());
  const bool ok = X509_set_version(c, X509_VERSION_3) == 1 && set_random_serial(c) &&
                  set_time(X509_getm_notBefore(c), now - std::chrono::days{1}) &&
                  set_time(X509_getm_notAfter(c), now + kValid) && X509_set_pubkey(c, key) == 1 &&
                  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0) == 1 &&
                  X509_set_issuer_name(c, name) == 1 &&
                  add_extension(c, NID_subject_alt_name, (is_address(host) ? "IP:" : "DNS:") + host) &&
                  add_extension(c, NID_basic_constraints, "critical,CA:TRUE") && X509_sign(c, key, EVP_sha256()) > 0;
  return ok ? std::move(made) : nullptr;
}

/// Never over a file that is there.
File create_file(const std::string& path, mode_t mode) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  return File(fd < 0 ? nullptr : ::fdopen(fd, "w"));
}

std::string to_pin(const std::array<unsigned char, SHA256_DIGEST_LENGTH>& hash) {
  std::array<unsigned char, 4 * ((SHA256_DIGEST_LENGTH + 2) / 3) + 1> text{};
  const int length = EVP_EncodeBlock(text.data(), hash.data(), static_cast<int>(hash.size()));
  return "sha256//" + std::string(text.begin(), text.begin() + length);
}

}  // namespace

Status write_self_signed(const CertificateFiles& files, const std::string& host, Instant now) {
  if (!is_host(host)) return make_error(Errc::usage, "host name of a certificate");
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = key == nullptr ? nullptr : make_certificate(key.get(), host, now);
  if (certificate == nullptr) return make_error(Errc::internal, "certificate not made");
  const File certificate_file = create_file(files.certificate, 0644);
  if (certificate_file == nullptr) return make_error(Errc::io_failed, "certificate file");
  const File key_file = create_file(files.key, 0600);
  if (key_file == nullptr) {
    std::remove(files.certificate.c_str());
    return make_error(Errc::io_failed, "key file");
  }
  const bool written = PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
                       PEM_write_X509(certificate_file.get(), certificate.get()) == 1 &&
                       std::fflush(key_file.get()) == 0 && std::fflush(certificate_file.get()) == 0;
  if (written) return {};
  std::remove(files.certificate.c_str());
  std::remove(files.key.c_str());
  return make_error(Errc::io_failed, "certificate files");
}

Result<std::string> pin_of_certificate(const std::string& certificate_path) {
  const File file(std::fopen(certificate_path.c_str(), "re"));
  if (file == nullptr) return make_error(Errc::file_missing, "certificate");
  const Certificate certificate(PEM_read_X509(file.get(), nullptr, nullptr, nullptr));
  if (certificate == nullptr) return make_error(Errc::invalid_value, "not a PEM certificate");
  unsigned char* der = nullptr;
  const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &der);
  if (length <= 0) return make_error(Errc::invalid_value, "certificate without a usable key");
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  SHA256(der, static_cast<std::size_t>(length), hash.data());
  OPENSSL_free(der);
  return to_pin(hash);
}

}  // namespace ruhu
