// Dictionaries that are nearly right. A whole small one is spoilt in one place at a time.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "storage/dictionary/dictionary.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
using nlohmann::json;

namespace {

/// Everything that a dictionary may say, said once.
json whole_dictionary() {
  return json::parse(R"({
    "version": 7,
    "common": {"sections": [{"key": "every", "zh": "共", "en": "Common"}],
               "fields": [{"name": "grid_id", "no": 1, "type": "text", "section": "every", "zh": "网格", "en": "Grid"}]},
    "lists": [{"list": "tone", "domain": "L1", "zh": "色调", "en": "Tone",
               "codes": [{"code": "warm", "zh": "暖", "en": "warm"}]},
              {"list": "way", "groups": "tone", "zh": "步骤", "en": "Way",
               "codes": [{"code": "a", "zh": "一", "en": "a", "next": ["b"], "group": "warm"},
                         {"code": "b", "zh": "二", "en": "b"}]}],
    "not_collected": [{"key": "religion", "zh": "宗教", "en": "Religion", "columns": ["faith"]}],
    "kinds": [{"kind": "thing", "no": 1, "zh": "物", "en": "Thing", "title": ["name"],
               "sections": [{"key": "main", "zh": "主", "en": "Main"}],
               "fields": [{"name": "name", "no": 2, "type": "text", "required": true, "min": 1, "max": 9,
                           "check": "person_name", "sensitivity": "S2", "mask": "name", "search": "name",
                           "merge": "ask", "section": "main", "zh": "名", "en": "Name", "hint_zh": "全名",
                           "hint_en": "whole", "unit": "m", "index": true},
                          {"name": "born", "no": 3, "type": "date", "partial": true, "zh": "生", "en": "Born"},
                          {"name": "state", "no": 4, "type": "code", "list": "way", "merge": "flow", "default": "a",
                           "zh": "态", "en": "State"},
                          {"name": "part_of", "no": 5, "type": "ref", "target": "thing", "zh": "属", "en": "Part of"}]}]
  })");
}

std::string refusal(const json& dictionary) {
  const auto parsed = Dictionary::parse(dictionary.dump());
  if (parsed.ok()) return "accepted";
  CHECK(parsed.error().code == Errc::invalid_json);
  return parsed.error().detail;
}

/// Every place of the dictionary but the whole, as JSON pointers.
std::vector<json::json_pointer> places_of(const json& dictionary) {
  std::vector<json::json_pointer> places;
  const json flat = dictionary.flatten();
  for (const auto& [path, value] : flat.items())
    for (json::json_pointer at(path); !at.empty(); at = at.parent_pointer())
      if (std::find(places.begin(), places.end(), at) == places.end()) places.push_back(at);
  return places;
}

bool names(const std::string& refusal, const std::string& key) { return refusal.find(key) != std::string::npos; }

struct Spoilt {
  const char* place;
  json value;
  const char* told;
};

json field_like(const char* name, int no) {
  return {{"name", name}, {"no", no}, {"type", "text"}, {"zh", "又"}, {"en", "More"}};
}

}  // namespace

TEST_CASE("Dictionary: what is of the wrong type anywhere is refused, and the key is named", "[dictionary]") {
  const json whole = whole_dictionary();
  REQUIRE(refusal(whole) == "accepted");
  for (const json::json_pointer& place : places_of(whole)) {
    for (const json& wrong : {json(json::object({{"x", 1}})), json("x"), json(-1), json(true), json::array({1})}) {
      json spoilt = whole;
      json& at = spoilt[place];
      if (at.type() == wrong.type() || (at.is_number() && wrong.is_number())) continue;
      at = wrong;
      INFO(place.to_string() << " = " << wrong.dump());
      const std::string told = refusal(spoilt);
      CHECK(told != "accepted");
      const bool is_item = place.back().find_first_not_of("0123456789") == std::string::npos;
      CHECK((is_item || place.back() == "common" || names(told, place.back())));
    }
  }
}

TEST_CASE("Dictionary: without what it needs it is refused, without what it does not need it is not", "[dictionary]") {
  const json whole = whole_dictionary();
  static const std::set<std::string> kNeeded = {"version", "list", "zh", "en",   "code",
                                                "key",     "kind", "no", "name", "type"};
  for (const json::json_pointer& place : places_of(whole)) {
    json spoilt = whole;
    spoilt[place] = nullptr;
    INFO(place.to_string());
    const bool of_field = place.to_string().find("/fields/") != std::string::npos;
    if (kNeeded.contains(place.back()) && !(of_field && place.back() == "list")) {
      CHECK(names(refusal(spoilt), place.back() + " is missing"));
    } else if (place.back() == "required" || place.back() == "unit" || place.back() == "domain") {
      CHECK(refusal(spoilt) == "accepted");
    } else {
      refusal(spoilt);
    }
  }
}

TEST_CASE("Dictionary: what is too long or too many is refused", "[dictionary]") {
  const json whole = whole_dictionary();
  for (const json::json_pointer& place : places_of(whole)) {
    if (!whole[place].is_string()) continue;
    json spoilt = whole;
    spoilt[place] = std::string(1'001, 'x');
    INFO(place.to_string());
    CHECK(refusal(spoilt) != "accepted");
  }
  const auto many = [&](const char* place, std::size_t most) {
    json spoilt = whole;
    json& items = spoilt[json::json_pointer(place)];
    while (items.size() <= most) items.push_back(items.front());
    return refusal(spoilt);
  };
  CHECK(names(many("/kinds/0/sections", 100), "sections has too many items"));
  CHECK(names(many("/common/sections", 100), "sections has too many items"));
  CHECK(names(many("/kinds/0/fields", 500), "fields has too many items"));
  CHECK(names(many("/kinds/0/title", 500), "title has too many items"));
  CHECK(names(many("/not_collected/0/columns", 200), "columns has too many items"));
  CHECK(names(many("/not_collected", 200), "not_collected has too many items"));
  CHECK(names(many("/kinds", 500), "kinds has too many items"));
  CHECK(names(many("/lists", 1'000), "lists has too many items"));
  CHECK(names(many("/lists/1/codes", 20'000), "codes has too many items"));
}

TEST_CASE("Dictionary: names that point nowhere and what stands twice are refused", "[dictionary]") {
  const json whole = whole_dictionary();
  const json kind = whole["kinds"][0];
  json other_number = kind;
  other_number["no"] = 2;
  json other_name = kind;
  other_name["kind"] = "other";
  const Spoilt spoilt[] = {
      {"/kinds/0/title/0", "ghost", "thing: title names the unknown field ghost"},
      {"/kinds/0/fields/0/section", "ghost", "thing.name: names the unknown section ghost"},
      {"/kinds/0/fields/0/list", "way", "thing.name: has a list but is no code"},
      {"/kinds/0/fields/2/list", "ghost", "thing.state: names the unknown list ghost"},
      {"/kinds/0/fields/2/list", "tone", "thing.state: has a default outside its list"},
      {"/kinds/0/fields/2/default", "z", "thing.state: has a default outside its list"},
      {"/kinds/0/fields/3/target", "ghost", "thing.part_of: names the unknown target ghost"},
      {"/kinds/0/fields/3/name", "faith", "thing.faith: would hold what is never collected: religion"},
      {"/kinds/0/fields/4", field_like("more", 2), "thing.more: has the number of name"},
      {"/kinds/0/fields/4", field_like("name", 9), "thing.name: stands twice"},
      {"/kinds/0/fields/4", field_like("raw", 9), "name belongs to every record"},
      {"/kinds/0/fields/4", field_like("Big", 9), "must be a plain word"},
      {"/kinds/0/fields/0/min", 10, "min is above max"},
      {"/kinds/0/no", 0x10000, "no is out of range"},
      {"/kinds/1", other_number, "thing: stands twice"},
      {"/kinds/1", other_name, "has the number of another kind"},
      {"/lists/2", whole["lists"][0], "code list tone: stands twice"},
      {"/lists/1/codes", json::array(), "code list way: has no codes"},
      {"/lists/1/codes/1/code", "a", "code list way: repeats a code"},
      {"/lists/1/codes/1/code", "", "code list way: repeats a code"},
      {"/lists/1/codes/0/next/0", "z", "is followed by the unknown code z"},
      {"/lists/1/codes/0/group", "z", "names the unknown group z"},
      {"/not_collected/0/columns/0", "  ", "columns has an empty heading"},
  };
  for (const Spoilt& one : spoilt) {
    json dictionary = whole;
    dictionary[json::json_pointer(one.place)] = one.value;
    INFO(one.place << " = " << one.value.dump());
    CHECK_THAT(refusal(dictionary), Catch::Contains(one.told));
  }
}
