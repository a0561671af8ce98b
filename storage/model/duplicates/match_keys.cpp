// Keys: what two records of one thing are likely to share. Only records that share one are ever compared.
#include <algorithm>
#include <cmath>

#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "storage/model/duplicates/comparison.hpp"
#include "storage/model/duplicates/name_likeness.hpp"
#include "storage/text/folding.hpp"

namespace ruhu {
namespace {

/// FNV-1a. Two texts with one hash cost a comparison, nothing else.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash;
}

class KeyMaker {
 public:
  explicit KeyMaker(const Record& record) : record_(record) {}

  std::vector<MatchKey> run() {
    const KindNo kind = record_.ref.kind;
    if (kind == kinds::person::kKind) person();
    if (kind == kinds::volunteer::kKind) volunteer();
    if (kind == kinds::dwelling::kKind) dwelling();
    if (kind == kinds::household::kKind) household();
    if (kind == kinds::enterprise::kKind) enterprise();
    if (kind == kinds::case_::kKind) case_report();
    std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    if (keys_.size() > kMatchKeysMax) keys_.resize(kMatchKeysMax);
    return std::move(keys_);
  }

  std::optional<MatchKey> number_alone() {
    number();
    return keys_.empty() ? std::nullopt : std::optional(keys_.front());
  }

 private:
  void add(char what, std::string_view text, bool is_rare = false) {
    if (text.empty()) return;
    const std::string whole = std::to_string(record_.ref.kind.value) + what + std::string(text);
    keys_.push_back({hash_of(whole), is_rare});
  }
  static std::string text_of_id(const RecordId& id) { return id.is_nil() ? std::string() : to_string(id); }

  /// The digits in order of size: a number and the same with two digits swapped have one key.
  void number() {
    std::string digits = comparable_number(record_);
    std::sort(digits.begin(), digits.end());
    add('n', digits, true);
  }
  void phones() {
    for (const std::string& phone : phones_of(record_)) add('t', phone);
  }
  void named(std::string_view name, std::string_view with) {
    const std::string reading = usual_reading(comparable_name(name));
    if (!reading.empty() && !with.empty()) add('b', reading + ' ' + std::string(with));
  }

  void person() {
    namespace p = kinds::person;
    number();
    phones();
    const std::string_view birth = record_.text(p::birth_date);
    const std::string_view year = birth.substr(0, 4);
    named(record_.text(p::name), year);
    named(record_.text(p::former_name), year);
    if (const auto* aliases = std::get_if<TextSet>(&record_.get(p::alias)))
      for (std::size_t i = 0; i < std::min<std::size_t>(aliases->items.size(), 3); ++i) named(aliases->items[i], year);
    const std::string guardian = text_of_id(record_.uuid(p::guardian_id));
    if (!guardian.empty()) add('g', guardian + std::string(birth));
  }
  void volunteer() {
    namespace v = kinds::volunteer;
    number();
    phones();
    add('p', text_of_id(record_.uuid(v::person_id)), true);
    named(record_.text(v::name), record_.text(v::birth_date));
  }
  void dwelling() {
    namespace d = kinds::dwelling;
    const std::string building = text_of_id(record_.uuid(d::building_id));
    if (building.empty()) return;
    add('r', building + comparable_room(record_.text(d::room_no)).room);
    if (const auto* aliases = std::get_if<TextSet>(&record_.get(d::room_aliases)))
      for (std::size_t i = 0; i < std::min<std::size_t>(aliases->items.size(), 8); ++i)
        add('r', building + comparable_room(aliases->items[i]).room);
  }
  void household() {
    namespace h = kinds::household;
    const std::string dwelling = text_of_id(record_.uuid(h::dwelling_id));
    const std::string head = text_of_id(record_.uuid(h::head_person_id));
    if (!dwelling.empty() && !head.empty()) add('h', dwelling + head);
    const std::string_view number = record_.text(h::hukou_no);
    if (!dwelling.empty() && !number.empty()) add('u', dwelling + std::string(number));
  }
  void enterprise() {
    namespace e = kinds::enterprise;
    add('c', record_.text(e::uscc), true);
    for (const ColumnNo column : {e::name, e::sign_name}) {
      const std::string name = encode_utf8(comparable_name(record_.text(column)));
      if (name.empty()) continue;
      add('s', name + text_of_id(record_.uuid(e::building_id)));
      const std::string dwelling = text_of_id(record_.uuid(e::dwelling_id));
      if (!dwelling.empty()) add('s', name + dwelling);
    }
  }
  /// Squares of about 110 m in four grids laid across each other: two points within 50 m share one of them.
  void case_report() {
    namespace c = kinds::case_;
    const std::string category(record_.text(c::category));
    if (category.empty()) return;
    for (const ColumnNo column : {c::dwelling_id, c::enterprise_id, c::building_id}) {
      const std::string place = text_of_id(record_.uuid(column));
      if (!place.empty()) add('e', category + place);
    }
    const std::string place = fold_for_search(record_.text(c::place));
    if (!place.empty()) add('e', category + place);
    const auto* lat = std::get_if<double>(&record_.get(c::lat));
    const auto* lng = std::get_if<double>(&record_.get(c::lng));
    if (lat == nullptr || lng == nullptr) return;
    constexpr double kSquares = 1'000;  // in a degree
    for (const double north : {0.0, 0.5})
      for (const double east : {0.0, 0.5})
        add('q', category + std::to_string(std::floor(*lat * kSquares + north)) + ' ' +
                     std::to_string(std::floor(*lng * kSquares + east)) + ' ' + std::to_string(north + 2 * east));
  }

  const Record& record_;
  std::vector<MatchKey> keys_;
};

bool has_ended(const Record& record) {
  const std::string_view status = record.text(kinds::person::status);
  if (status == "closed" || status == "void") return true;
  return record.ref.kind == kinds::case_::kKind && record.text(kinds::case_::state) == "merged";
}

}  // namespace

std::optional<MatchKey> number_key(const Record& record) { return KeyMaker(record).number_alone(); }

std::vector<MatchKey> match_keys(const Record& record) {
  if (!can_be_twice(record.ref.kind) || has_ended(record)) return {};
  return KeyMaker(record).run();
}

}  // namespace ruhu
