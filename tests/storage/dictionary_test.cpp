#include "storage/dictionary/dictionary.hpp"

#include "dictionary_constants.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

/// A dictionary of one kind `thing` with the fields given, one list `colour` and the section `main`.
std::string dictionary_with(const std::string& fields) {
  return R"({"version":7,"common":{"sections":[],"fields":[]},"lists":[{"list":"colour","zh":"颜色","en":"Colour",)"
         R"("codes":[{"code":"01","zh":"红","en":"red"}]}],"kinds":[{"kind":"thing","no":1,"zh":"物","en":"Thing",)"
         R"("title":[],"sections":[{"key":"main","zh":"主","en":"Main"}],"fields":[)" +
         fields + "]}]}";
}

std::string refusal(const std::string& fields) {
  const auto result = Dictionary::parse(dictionary_with(fields));
  if (result.ok()) return "accepted";
  CHECK(result.error().code == Errc::invalid_json);
  return result.error().detail;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("Dictionary: the built-in one is read without trouble", "[dictionary]") {
  const auto built_in = Dictionary::built_in();
  REQUIRE(built_in.ok());
  CHECK(built_in->version() >= 1);
  CHECK(built_in->kinds().size() == 36);
  CHECK(built_in->find_kind("person") != nullptr);
  CHECK(built_in->find_kind("no_such_kind") == nullptr);
  CHECK(built_in->find_list("relation") != nullptr);
}

TEST_CASE("Dictionary: generated constants are the numbers of the dictionary", "[dictionary]") {
  const auto dictionary = Dictionary::built_in();
  REQUIRE(dictionary.ok());
  const KindDef& person = dictionary->get_kind(kinds::person::kKind);
  CHECK(person.name == "person");
  CHECK(person.find(kinds::person::id_no)->name == "id_no");
  CHECK(person.find("birth_date")->no == kinds::person::birth_date);
}

TEST_CASE("Dictionary: every kind begins with the common fields", "[dictionary]") {
  const auto dictionary = Dictionary::built_in();
  REQUIRE(dictionary.ok());
  for (const KindDef& kind : dictionary->kinds()) {
    INFO(kind.name);
    REQUIRE(kind.fields.size() > 2);
    CHECK(kind.fields[0].name == "grid_id");
    CHECK(kind.fields[1].name == "status");
  }
}

TEST_CASE("Dictionary: a required reference is indexed, an optional one is not", "[dictionary]") {
  const auto dictionary = Dictionary::built_in();
  REQUIRE(dictionary.ok());
  const KindDef& visit = dictionary->get_kind(kinds::visit::kKind);
  CHECK(visit.find("dwelling_id")->indexed);
  CHECK_FALSE(visit.find("respondent_id")->indexed);
}

TEST_CASE("Dictionary: an unknown code is shown as itself", "[dictionary]") {
  const auto dictionary = Dictionary::parse(dictionary_with(""));
  REQUIRE(dictionary.ok());
  CHECK(dictionary->code_label("colour", "01", Lang::zh_cn) == "红");
  CHECK(dictionary->code_label("colour", "01", Lang::en) == "red");
  CHECK(dictionary->code_label("colour", "77", Lang::en) == "77");
  CHECK(dictionary->code_label("no_list", "01", Lang::en) == "01");
}

TEST_CASE("Dictionary: refuses what is inconsistent and names the field", "[dictionary]") {
  const std::string labels = R"("zh":"一","en":"One","section":"main")";
  const std::string good = R"({"name":"one","no":3,"type":"text",)" + labels + "}";
  REQUIRE(refusal(good) == "accepted");
  const auto field = [&](const std::string& rest) { return "{" + rest + "," + labels + "}"; };

  CHECK(contains(refusal(good + "," + field(R"("name":"two","no":3,"type":"text")")), "thing.two: has the number"));
  CHECK(contains(refusal(good + "," + field(R"("name":"one","no":4,"type":"text")")), "thing.one: stands twice"));
  CHECK(contains(refusal(field(R"("name":"one","no":3,"type":"colour")")), "thing.one: type"));
  CHECK(contains(refusal(field(R"("name":"one","no":0,"type":"text")")), "thing.one: no"));
  CHECK(contains(refusal(field(R"("name":"one","no":"3","type":"text")")), "wrong type"));
  CHECK(contains(refusal(field(R"("name":"one","no":3,"type":"code","list":"shape")")), "unknown list shape"));
  CHECK(contains(refusal(field(R"("name":"one","no":3,"type":"code")")), "unknown list"));
  CHECK(contains(refusal(field(R"("name":"one","no":3,"type":"ref","target":"ghost")")), "unknown target ghost"));
  CHECK(contains(refusal(field(R"("name":"one","no":3,"type":"text","merge":"luck")")), "unknown value luck"));
  CHECK(contains(refusal(field(R"("name":"one","no":3,"type":"texts","merge":"latest")")),
                 "merge does not fit the type"));
  CHECK(contains(refusal(field(R"("name":"one","no":3,"type":"text","min":9,"max":1)")), "min is above max"));
  CHECK(contains(refusal(R"({"name":"one","no":3,"type":"text","zh":"一"})"), "en is missing"));
}

TEST_CASE("Dictionary: refuses names that are no plain words, as they become columns", "[dictionary]") {
  for (const std::string name : {"a b", "a\\\"; DROP TABLE x;--", "Name", "1st", "", "id", "meta", "raw"}) {
    INFO(name);
    CHECK(refusal(R"({"name":")" + name + R"(","no":3,"type":"text","zh":"一","en":"One"})") != "accepted");
  }
}

TEST_CASE("Dictionary: refuses text that is no JSON, and JSON without end", "[dictionary]") {
  CHECK(Dictionary::parse("").error().code == Errc::invalid_json);
  CHECK(Dictionary::parse("[]").error().code == Errc::invalid_json);
  CHECK(Dictionary::parse("{\"version\":1,\"kinds\":[").error().code == Errc::invalid_json);
  CHECK(Dictionary::parse(std::string(100'000, '[')).error().code == Errc::invalid_json);
  CHECK(Dictionary::parse(std::string((std::size_t{8} << 20U) + 1, ' ')).error().code == Errc::too_large);
}
