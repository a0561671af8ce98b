#pragma once
#include <string>

#include "platform/base/clock.hpp"
#include "platform/base/result.hpp"

namespace ruhu {

struct CertificateFiles {
  std::string certificate;  ///< PEM path.
  std::string key;          ///< PEM path, made with mode 0600.
};

/// Makes a P-256 key and a certificate signed by itself, valid from a day before `now` for ten years: enough
/// for tablets that pin the key. `host` is a DNS name or an IP address. Existing files are left alone:
/// io_failed.
Status write_self_signed(const CertificateFiles& files, const std::string& host, Instant now);

/// "sha256//…" of the public key in a PEM certificate, as tablets pin it. Errors: file_missing,
/// invalid_value.
Result<std::string> pin_of_certificate(const std::string& certificate_path);

}  // namespace ruhu
