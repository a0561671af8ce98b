#include "sync/handover/parcel_file.hpp"

#include "platform/keys/crypto.hpp"
#include "sync/protocol/cbor.hpp"
#include "sync/protocol/parcel_messages.hpp"

namespace ruhu {
namespace {

constexpr std::string_view kMagic = "RUHUH";
constexpr std::uint64_t kFormOne = 1;
constexpr std::size_t kHashBytes = 32;

Error unfit(const char* what) { return make_error(Errc::parcel_unfit, what); }

}  // namespace

std::string encode_parcel_file(const ParcelFile& file) {
  CborWriter out;
  out.array(5);
  out.unsigned_int(kFormOne);
  out.bytes(file.platform_key);
  out.unsigned_int(static_cast<std::uint64_t>(file.realm));
  out.unsigned_int(file.from.value);
  out.array(file.items.size());
  for (const ParcelFile::Item& item : file.items) {
    out.array(3);
    out.unsigned_int(static_cast<std::uint64_t>(item.whom));
    out.unsigned_int(item.tablet.value);
    out.bytes(item.box);
  }
  const std::string body = std::string(kMagic) + out.take();
  return body + sha256(body);
}

Result<ParcelFile> decode_parcel_file(std::string_view bytes) {
  if (bytes.size() > kParcelFileBytesMax) return make_error(Errc::too_large, "hand-over file");
  if (!bytes.starts_with(kMagic) || bytes.size() < kMagic.size() + kHashBytes) return unfit("no hand-over file");
  const std::string_view body = bytes.substr(0, bytes.size() - kHashBytes);
  if (sha256(body) != bytes.substr(body.size())) return unfit("damaged");
  CborReader in(body.substr(kMagic.size()));
  ParcelFile file;
  in.array_of(5);
  const std::uint64_t form = in.unsigned_int();
  if (in.ok() && form > kFormOne) return make_error(Errc::protocol_newer, "hand-over file");
  file.platform_key = in.bytes_of(SigningKey::kPublicKeyBytes);
  file.realm = static_cast<Realm>(in.unsigned_up_to(1));
  file.from = {static_cast<std::uint32_t>(in.unsigned_up_to(UINT32_MAX))};
  file.items.resize(in.array(kParcelsPerFileMax));
  for (ParcelFile::Item& item : file.items) {
    in.array_of(3);
    item.whom = static_cast<ParcelFile::For>(in.unsigned_up_to(1));
    item.tablet = {static_cast<std::uint32_t>(in.unsigned_up_to(UINT32_MAX))};
    item.box = in.bytes();
    if (item.box.empty() || item.box.size() > kBoxBytesMax) in.fail();
  }
  if (!in.at_end()) return unfit("form");
  return file;
}

}  // namespace ruhu
