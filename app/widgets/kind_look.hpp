#pragma once
#include "app/state/common.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu {

/// How a record of a kind is marked in lists: icon and colour of its disc. Kinds without a mark of their own look like
/// a document.
struct KindLook {
  const char* icon = nullptr;
  Tone tone = Tone::neutral;
};
KindLook look_of_kind(const Dictionary& dictionary, KindNo kind);

}  // namespace ruhu
