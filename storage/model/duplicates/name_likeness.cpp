#include "storage/model/duplicates/name_likeness.hpp"

#include <algorithm>
#include <vector>

#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "storage/text/folding.hpp"
#include "storage/text/pinyin.hpp"

namespace ruhu {
namespace {

/// Everything else that a person is or was called.
std::vector<std::u32string> other_names(const Record& record) {
  std::vector<std::u32string> names;
  if (record.ref.kind != kinds::person::kKind) return names;
  names.push_back(comparable_name(record.text(kinds::person::former_name)));
  if (const auto* aliases = std::get_if<TextSet>(&record.get(kinds::person::alias)))
    for (const std::string& alias : aliases->items) names.push_back(comparable_name(alias));
  std::erase_if(names, [](const std::u32string& name) { return name.empty(); });
  return names;
}

std::string_view name_of(const Record& record) {
  return record.text(record.ref.kind == kinds::volunteer::kKind ? kinds::volunteer::name : kinds::person::name);
}

bool holds(const std::vector<std::u32string>& names, const std::u32string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool share_reading(char32_t one, char32_t other) {
  if (one == other) return true;
  const auto readings = readings_of(one);
  const auto others = readings_of(other);
  return std::any_of(readings.begin(), readings.end(), [&](std::string_view reading) {
    return std::find(others.begin(), others.end(), reading) != others.end();
  });
}

}  // namespace

std::u32string comparable_name(std::string_view name) { return letters_of_folded(decode_utf8(fold_for_search(name))); }

bool sound_alike(std::u32string_view one, std::u32string_view other) {
  return one.size() == other.size() && std::equal(one.begin(), one.end(), other.begin(), share_reading);
}

std::string usual_reading(std::u32string_view name) {
  std::string reading;
  const std::size_t surname = is_han(name.empty() ? U'a' : name[0]) ? surname_length(name) : 0;
  if (surname > 0)
    if (const auto readings = surname_readings(name.substr(0, surname)); !readings.empty()) reading = readings.front();
  for (std::size_t i = reading.empty() ? 0 : surname; i < name.size(); ++i) {
    const auto readings = readings_of(name[i]);
    if (readings.empty())
      append_utf8(reading, name[i]);
    else
      reading += readings.front();
  }
  return reading;
}

bool is_unnamed(std::string_view name) {
  for (const std::string_view mark : {"未命名", "之子", "之女", "未取名"})
    if (name.find(mark) != std::string_view::npos) return true;
  return false;
}

bool same_surname(std::u32string_view one, std::u32string_view other) {
  const std::size_t length = surname_length(one);
  return length > 0 && one.substr(0, length) == other.substr(0, length);
}

NameLikeness compare_names(const Record& one, const Record& other) {
  const std::u32string name = comparable_name(name_of(one));
  const std::u32string name_of_other = comparable_name(name_of(other));
  if (name.empty() || name_of_other.empty() || is_unnamed(name_of(one)) || is_unnamed(name_of(other)))
    return NameLikeness::none;
  if (name == name_of_other) return NameLikeness::same;
  if (holds(other_names(one), name_of_other) || holds(other_names(other), name)) return NameLikeness::variant;
  return sound_alike(name, name_of_other) ? NameLikeness::sound : NameLikeness::other;
}

}  // namespace ruhu
