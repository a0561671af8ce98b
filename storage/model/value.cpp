#include "storage/model/value.hpp"

#include <algorithm>
#include <iterator>

namespace ruhu {

TextSet TextSet::of(std::vector<std::string> items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  return {std::move(items)};
}

bool TextSet::contains(std::string_view item) const { return std::binary_search(items.begin(), items.end(), item); }

SetDelta difference(const TextSet& from, const TextSet& to) {
  SetDelta delta;
  std::set_difference(to.items.begin(), to.items.end(), from.items.begin(), from.items.end(),
                      std::back_inserter(delta.added.items));
  std::set_difference(from.items.begin(), from.items.end(), to.items.begin(), to.items.end(),
                      std::back_inserter(delta.removed.items));
  return delta;
}

TextSet apply(const TextSet& set, const SetDelta& delta) {
  TextSet kept;
  TextSet result;
  std::set_difference(set.items.begin(), set.items.end(), delta.removed.items.begin(), delta.removed.items.end(),
                      std::back_inserter(kept.items));
  std::set_union(kept.items.begin(), kept.items.end(), delta.added.items.begin(), delta.added.items.end(),
                 std::back_inserter(result.items));
  return result;
}

std::string_view text_of(const Value& v) {
  const auto* s = std::get_if<std::string>(&v);
  return s == nullptr ? std::string_view{} : std::string_view{*s};
}

std::int64_t int_of(const Value& v, std::int64_t fallback) {
  const auto* i = std::get_if<std::int64_t>(&v);
  return i == nullptr ? fallback : *i;
}

bool bool_of(const Value& v) {
  const auto* b = std::get_if<bool>(&v);
  return b != nullptr && *b;
}

Uuid uuid_of(const Value& v) {
  const auto* id = std::get_if<Uuid>(&v);
  return id == nullptr ? Uuid{} : *id;
}

}  // namespace ruhu
