#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"
#include "storage/model/identity.hpp"

namespace ruhu {

inline constexpr std::size_t kParcelsPerFileMax = 512;
inline constexpr std::size_t kParcelFileBytesMax = std::size_t{64} << 20U;

/// What one tablet gives another by hand: a file, or one message over the local network. Nothing in it can be read but
/// by the platform or the tablet that it is for.
struct ParcelFile {
  enum class For : std::uint8_t { platform = 0, tablet = 1 };
  struct Item {
    For whom = For::platform;
    TabletNo tablet;  ///< Whose request it is, or whom the answer is for.
    std::string box;
    auto operator<=>(const Item&) const = default;
  };
  std::string platform_key;  ///< The platform's public key: nobody else can open the parcels.
  Realm realm = Realm::live;
  TabletNo from;
  std::vector<Item> items;
};

std::string encode_parcel_file(const ParcelFile& file);
/// parcel_unfit: no such file, or not as it was written; too_large; protocol_newer: of a later program.
Result<ParcelFile> decode_parcel_file(std::string_view bytes);

}  // namespace ruhu
