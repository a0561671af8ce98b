#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/dictionary/validation.hpp"
#include "storage/model/value_json.hpp"
#include "tests/support/catch.hpp"

namespace ruhu::test {

inline const Dictionary& validation_dictionary() {
  static const Dictionary built_in = Dictionary::built_in().value();
  return built_in;
}
inline const KindDef& kind_named(std::string_view name) { return *validation_dictionary().find_kind(name); }
inline const FieldDef& field_named(std::string_view kind, std::string_view name) {
  const FieldDef* field = kind_named(kind).find(name);
  INFO(kind << "." << name);
  REQUIRE(field != nullptr);
  return *field;
}

/// 2026-04-01, noon in China.
inline Instant april_noon() { return from_ms(*parse_time("2026-04-01T04:00:00Z")); }

/// A record for checks of the whole: fields by name.
struct Draft {
  std::string_view kind_name;
  std::vector<std::pair<std::string_view, Value>> fields;

  std::vector<Finding> check(RecordAge age = RecordAge::existing) const {
    std::vector<Cell> values;
    for (const auto& [name, value] : fields) values.push_back({field_named(kind_name, name).no, value});
    return check_record(validation_dictionary(), kind_named(kind_name), values, april_noon(), age);
  }
  bool has(const std::string& key, Strength strength, RecordAge age) const {
    for (const auto& finding : check(age))
      if (finding.text_key == "check." + key) return finding.strength == strength;
    return false;
  }
  using Age = RecordAge;
  bool hints(const std::string& key, Age age = Age::existing) const { return has(key, Strength::hint, age); }
  bool warns(const std::string& key, Age age = Age::existing) const { return has(key, Strength::warning, age); }
  bool stops(const std::string& key, Age age = Age::existing) const { return has(key, Strength::error, age); }
  bool silent(const std::string& key, Age age = Age::existing) const {
    return !hints(key, age) && !warns(key, age) && !stops(key, age);
  }
};

inline Value text(const char* value) { return std::string(value); }
inline Value at(const char* time) { return *parse_time(time); }
inline Value whole(std::int64_t number) { return number; }
inline Value some_id() { return *parse_uuid("01a03480-043d-7983-8f85-dd4cbea7b905"); }
inline Value other_id() { return *parse_uuid("01a03480-043d-7983-8f85-dd4cbea7b906"); }

}  // namespace ruhu::test
