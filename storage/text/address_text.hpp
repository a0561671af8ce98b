#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace ruhu {

/// One piece of an address as people write it.
struct AddressPiece {
  enum class Of : unsigned char { han, latin, number } of = Of::han;
  std::string text;     ///< The character, the word in lower case, or the number without leading zeros ("3", "3a").
  std::string roles;    ///< Numbers: what it may count: b building, u entrance, f floor, r room, h door, g
                        ///< group, l lane.
  bool closed = false;  ///< A number followed by its word (3栋) or by another number (3-): it is written to its end.
  bool spoken = false;  ///< From Chinese numerals: first the number, then each of its characters again.
};

/// Takes a folded and simplified text apart: "阳光3栋2单元501", "3-502", "3-2-501室", "三栋", "A座".
std::vector<AddressPiece> take_address_apart(std::string_view folded);

}  // namespace ruhu
