#include "storage/dictionary/dictionary.hpp"

#include <algorithm>
#include <utility>

#include "dictionary_constants.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

/// A dictionary of one kind `thing` with the fields given, one list `colour` and the section `main`.
std::string dictionary_with(const std::string& fields, const std::string& more_lists = "",
                            const std::string& not_collected = "") {
  return R"({"version":7,"common":{"sections":[],"fields":[]},"lists":[{"list":"colour","zh":"颜色","en":"Colour",)"
         R"("codes":[{"code":"01","zh":"红","en":"red"}]})" +
         more_lists + R"(],"not_collected":[)" + not_collected +
         R"(],"kinds":[{"kind":"thing","no":1,"zh":"物","en":"Thing",)"
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
  CHECK_FALSE(dictionary->get_kind(kinds::visit::kKind).find("notice_id")->indexed);
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

TEST_CASE("Dictionary: refuses a merge rule that does not fit the type", "[dictionary]") {
  const auto field = [](const std::string& type, const std::string& rule) {
    return R"({"name":"one","no":3,"zh":"一","en":"One","type":")" + type + R"(","merge":")" + rule + R"("})";
  };
  for (const std::string type : {"int", "number", "date", "time"})
    for (const std::string rule : {"max", "min"}) CHECK(refusal(field(type, rule)) == "accepted");
  CHECK(refusal(field("texts", "append")) == "accepted");
  for (const auto& [type, rule] : std::vector<std::pair<std::string, std::string>>{{"text", "max"},
                                                                                   {"bool", "min"},
                                                                                   {"texts", "max"},
                                                                                   {"text", "append"},
                                                                                   {"text", "flow"},
                                                                                   {"refs", "flow"}}) {
    INFO(type << " " << rule);
    CHECK(contains(refusal(field(type, rule)), "merge does not fit the type"));
  }
}

TEST_CASE("Dictionary: a field that merges as flow knows the steps of its list", "[dictionary]") {
  const std::string field = R"({"name":"state","no":3,"zh":"一","en":"One","type":"code","merge":"flow","list":"way"})";
  const auto way = [](const std::string& next) {
    return R"(,{"list":"way","zh":"一","en":"Way","codes":[{"code":"a","zh":"一","en":"a","next":[)" + next +
           R"(]},{"code":"b","zh":"二","en":"b","next":[]}]})";
  };
  const auto dictionary = Dictionary::parse(dictionary_with(field, way(R"("b")")));
  REQUIRE(dictionary.ok());
  const FieldDef& state = *dictionary->find_kind("thing")->find("state");
  CHECK(state.allows_step("a", "b"));
  CHECK_FALSE(state.allows_step("b", "a"));
  CHECK_FALSE(state.allows_step("a", "a"));
  const auto detail = [&](const std::string& lists) {
    return Dictionary::parse(dictionary_with(field, lists)).error().detail;
  };
  CHECK(contains(detail(way("")), "thing.state: merges as flow"));
  CHECK(contains(detail(way(R"("c")")), "unknown code c"));
  CHECK(contains(detail(way(R"("a")")), "unknown code a"));
}

TEST_CASE("Dictionary: a code names its group in the list that its list names", "[dictionary]") {
  const auto list = [](const std::string& groups, const std::string& group) {
    return R"(,{"list":"sub","groups":")" + groups +
           R"(","zh":"一","en":"Sub","codes":[{"code":"x","zh":"一","en":"x",)" + R"("group":")" + group + R"("}]})";
  };
  const auto good = Dictionary::parse(dictionary_with("", list("colour", "01")));
  REQUIRE(good.ok());
  CHECK(good->find_list("sub")->find("x")->group == "01");
  for (const auto& lists : {list("colour", "02"), list("shape", "01"), list("", "01")})
    CHECK(contains(Dictionary::parse(dictionary_with("", lists)).error().detail, "unknown group"));
}

TEST_CASE("Dictionary: numbers of kinds are permanent", "[dictionary]") {
  static constexpr std::string_view kKinds[] = {
      "community", "grid",        "micro_grid",   "compound",        "building",        "entrance",
      "dwelling",  "household",   "membership",   "person",          "residency",       "visit",
      "need",      "label",       "person_label", "notice",          "consent",         "case",
      "case_step", "enterprise",  "inspection",   "hazard",          "service_request", "activity",
      "volunteer", "social_org",  "service_team", "resource",        "points_entry",    "target",
      "task",      "supervision", "assessment",   "assessment_item", "contract",        "merge_case"};
  const auto dictionary = Dictionary::built_in();
  REQUIRE(dictionary.ok());
  for (std::uint16_t i = 0; i < std::size(kKinds); ++i) {
    INFO(kKinds[i]);
    REQUIRE(dictionary->find_kind(kKinds[i]) != nullptr);
    CHECK(dictionary->find_kind(kKinds[i])->no == KindNo{static_cast<std::uint16_t>(i + 1)});
  }
  CHECK(dictionary->find_kind("case")->no == kinds::case_::kKind);
}

TEST_CASE("Dictionary: every code list of the domain is there", "[dictionary]") {
  const auto dictionary = Dictionary::built_in();
  REQUIRE(dictionary.ok());
  for (int i = 1; i <= 41; ++i) {
    const std::string domain = "L" + std::to_string(i);
    INFO(domain);
    const auto lists = dictionary->lists();
    CHECK(std::any_of(lists.begin(), lists.end(), [&](const CodeList& list) { return list.domain == domain; }));
  }
}

TEST_CASE("Dictionary: a care label leads to its tier and to the days between visits", "[dictionary]") {
  const auto dictionary = Dictionary::built_in();
  REQUIRE(dictionary.ok());
  const auto days = [&](std::string_view label) {
    const std::string& tier = dictionary->find_list("label_code")->find(label)->group;
    return dictionary->find_list("label_tier")->find(tier)->group;
  };
  CHECK(days("E1") == "7");
  CHECK(days("E3") == "30");
  CHECK(days("N1") == "90");
}

TEST_CASE("Dictionary: everything about a care label is sensitive personal information", "[dictionary]") {
  const auto dictionary = Dictionary::built_in();
  REQUIRE(dictionary.ok());
  for (const FieldDef& field : dictionary->get_kind(kinds::person_label::kKind).fields) {
    INFO(field.name);
    if (field.section != "record") CHECK(field.sensitivity == Sensitivity::s3);
  }
}

TEST_CASE("Dictionary: headings of what is never collected are known however they are written", "[dictionary]") {
  const auto dictionary = Dictionary::built_in();
  REQUIRE(dictionary.ok());
  const auto key = [&](std::string_view heading) {
    const NotCollected* never = dictionary->find_not_collected(heading);
    return never == nullptr ? std::string("-") : never->key;
  };
  CHECK(key("宗教信仰") == "religion");
  CHECK(key(" Religion ") == "religion");
  CHECK(key("RELIGIOUS_BELIEF") == "religion");
  CHECK(key("居民政治面貌(代码)") == "political_status");
  CHECK(key("政治 面貌") == "political_status");
  CHECK(key("是否刑释人员") == "criminal_record");
  CHECK(key("吸毒史") == "drug_use");
  CHECK(key("信访情况") == "petitioning");
  CHECK(key("精神障碍患者") == "psychiatric");
  CHECK(key("HIV") == "hiv");
  CHECK(key("ＨＩＶ") == "hiv");
  CHECK(key("艾滋病") == "hiv");
  CHECK(key("人脸照片") == "biometrics");
  CHECK(key("指纹") == "biometrics");
  CHECK(key("银行卡号") == "bank");
  for (const std::string_view heading : {"姓名", "积分银行", "单元", "集团员工数", "riverbank", "party size", ""})
    CHECK(key(heading) == "-");
}

TEST_CASE("Dictionary: a dictionary with a field for what is never collected is refused", "[dictionary]") {
  const std::string never = R"({"key":"religion","zh":"宗教","en":"Religion","columns":["宗教","faith","holy day"]})";
  const auto detail = [&](const std::string& name, const std::string& zh, const std::string& en) {
    const auto result = Dictionary::parse(dictionary_with(
        R"({"name":")" + name + R"(","no":3,"type":"text","zh":")" + zh + R"(","en":")" + en + R"("})", "", never));
    return result.ok() ? std::string("accepted") : result.error().detail;
  };
  CHECK(detail("one", "一", "One") == "accepted");
  CHECK(contains(detail("faith", "一", "One"), "thing.faith: would hold what is never collected: religion"));
  CHECK(contains(detail("holy_day", "一", "One"), "never collected"));
  CHECK(contains(detail("one", "所信宗教", "One"), "never collected"));
  CHECK(contains(detail("one", "一", "Faith"), "never collected"));
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
