#include "storage/search/search_keys.hpp"

#include <algorithm>

#include "storage/text/pinyin.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;

namespace {

bool has(const std::vector<std::string>& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::string joined(const std::vector<std::string>& keys) {
  std::string out;
  for (const auto& key : keys) out += (out.empty() ? "" : " ") + key;
  return out;
}

/// True when every word of the query begins a key that the text gives: what a store does.
bool finds(std::string_view query, SearchUse use, std::string_view text) {
  const auto keys = search_keys(use, text);
  const auto has_token = [&](KeyClass key_class, std::string_view token) {
    return std::any_of(keys.begin(), keys.end(),
                       [&](const SearchKey& key) { return key.key_class == key_class && key.text.starts_with(token); });
  };
  const auto matches = [&](const SearchTerm& term) {
    std::string_view rest = term.prefix;
    for (;;) {
      const auto at = rest.find(' ');
      if (!has_token(term.key_class, rest.substr(0, at))) return false;
      if (at == std::string_view::npos) return true;
      rest.remove_prefix(at + 1);
    }
  };
  const auto words = parse_query(query).all_of;
  return !words.empty() && std::all_of(words.begin(), words.end(), [&](const SearchWord& word) {
    return std::any_of(word.any_of.begin(), word.any_of.end(), matches);
  });
}

}  // namespace

TEST_CASE("Name keys: name, given name, pinyin and initials", "[search]") {
  CHECK(joined(name_keys("张建国")) == "张建国 建国 zhangjianguo zjg jianguo");
}

TEST_CASE("Name keys: the surname's own reading comes first, the usual one is kept", "[search]") {
  struct Case {
    const char* name;
    const char* first;
    const char* other;
  };
  const Case cases[] = {{"曾国藩", "zengguofan", "cengguofan"}, {"单雄", "shanxiong", "danxiong"},
                        {"翟三", "zhaisan", "disan"},           {"仇英", "qiuying", "chouying"},
                        {"解三", "xiesan", "jiesan"},           {"查三", "zhasan", "chasan"},
                        {"朴三", "piaosan", "pusan"},           {"区三", "ousan", "qusan"}};
  for (const auto& [name, first, other] : cases) {
    INFO(name);
    const auto keys = name_keys(name);
    REQUIRE(keys.size() > 3);
    CHECK(keys[2] == first);
    CHECK(has(keys, other));
  }
}

TEST_CASE("Name keys: surnames of two characters are whole", "[search]") {
  CHECK(joined(name_keys("尉迟恭")) == "尉迟恭 恭 yuchigong weichigong ycg wcg gong");
  CHECK(has(name_keys("万俟三"), "moqisan"));
  CHECK(has(name_keys("欧阳三"), "三"));
  CHECK(has(name_keys("长孙三"), "zhangsunsan"));
  CHECK(surname_length(U"欧阳") == 2);
  CHECK(surname_length(U"张三") == 1);
}

TEST_CASE("Name keys: traditional and simplified give the same keys", "[search]") {
  CHECK(name_keys("陳建國") == name_keys("陈建国"));
  CHECK(name_keys("單雄") == name_keys("单雄"));
}

TEST_CASE("Name keys: characters beyond 16 bits have a reading", "[search]") { CHECK(has(name_keys("𠅤三"), "xisan")); }

TEST_CASE("Name keys: a given name is found by each of its readings", "[search]") {
  CHECK(has(name_keys("张乐"), "zhangle"));
  CHECK(has(name_keys("张乐"), "zhangyue"));
}

TEST_CASE("Name keys: dots, blanks and width make no difference", "[search]") {
  CHECK(joined(name_keys("买买提•吐尔逊")) == joined(name_keys("买买提·吐尔逊")));
  CHECK(has(name_keys("买买提·吐尔逊"), "吐尔逊"));
  CHECK(name_keys("张 三") == name_keys("张三"));
  CHECK(has(name_keys("John Smith"), "smith"));
}

TEST_CASE("Name keys: their number is bounded", "[search]") {
  std::string name;
  for (int i = 0; i < 50; ++i) name += "乐";
  CHECK(name_keys(name).size() <= 24);
  CHECK(name_keys("").empty());
  CHECK(name_keys("···").empty());
}

TEST_CASE("Tail key: the last six characters, backwards", "[search]") {
  CHECK(tail_key("13800138000") == "000831");
  CHECK(tail_key("11010519491231002x") == "X20013");
  CHECK(tail_key("138-0013-8000 女儿") == "000831");
  CHECK(tail_key("12") == "21");
  CHECK(tail_key("女儿").empty());
}

TEST_CASE("Address tokens: the ways to write one room meet", "[search]") {
  CHECK(joined(address_tokens("3栋2单元501")) == "b3. u2. r501.");
  CHECK(joined(address_tokens("3-2-501室")) == "b3. u2. r501.");
  CHECK(joined(address_tokens("3-502")) == "b3. u3. r502.");
  CHECK(joined(address_tokens("3单元502")) == "u3. r502.");
  CHECK(joined(address_tokens("0502室")) == "r502.");
  CHECK(joined(address_tokens("５０２")) == "r502.");
}

TEST_CASE("Address tokens: Chinese numerals count before a unit only", "[search]") {
  CHECK(joined(address_tokens("十二栋")) == "b12. 十 二 栋");
  CHECK(joined(address_tokens("五〇二室")) == "r502. 五 〇 二 室");
  CHECK(joined(address_tokens("三里河")) == "三 里 河");
}

TEST_CASE("Address tokens: roads, groups and letters", "[search]") {
  CHECK(joined(address_tokens("灵源街道××路12号")) == "灵 源 街 道 路 h12.");
  CHECK(joined(address_tokens("安全村1组12号")) == "安 全 村 g1. h12.");
  CHECK(joined(address_tokens("A座502")) == "ba. r502.");
  CHECK(has(address_tokens("a502"), "r502."));
}

TEST_CASE("Search: a name is found by Han, pinyin and initials while it is typed", "[search]") {
  for (const char* query : {"张", "张建", "建国", "zhang", "zhangjian", "zhang jian guo", "Zhang Jianguo", "zjg", "zj",
                            "jianguo", "張建國", "张 建国"})
    CHECK(finds(query, SearchUse::name, "张建国"));
  for (const char* query : {"章", "jg", "guo", "zhangsan", "", "  "})
    CHECK_FALSE(finds(query, SearchUse::name, "张建国"));
}

TEST_CASE("Search: ü may be typed as v or ü", "[search]") {
  CHECK(finds("lv bu", SearchUse::name, "吕布"));
  CHECK(finds("lü", SearchUse::name, "吕布"));
}

TEST_CASE("Search: a number is found by its last digits", "[search]") {
  for (const char* query : {"017", "0017", "010017", "350599199001010017"})
    CHECK(finds(query, SearchUse::tail, "350599199001010017"));
  for (const char* query : {"9999", "01001", "3505", "17"})
    CHECK_FALSE(finds(query, SearchUse::tail, "350599199001010017"));
  CHECK(finds("002x", SearchUse::tail, "11010519491231002X"));
}

TEST_CASE("Search: a room is found however it is written", "[search]") {
  for (const char* query : {"3-502", "3栋502", "3单元502", "502", "50", "502室", "三单元502"})
    CHECK(finds(query, SearchUse::address, "3-502"));
  for (const char* query : {"4-502", "3-503", "31-502", "503"}) CHECK_FALSE(finds(query, SearchUse::address, "3-502"));
}

TEST_CASE("Search: an address is found by its characters and its numbers", "[search]") {
  const char* address = "阳光花园12号楼";
  for (const char* query : {"阳光", "花园", "阳光12号楼", "12号楼", "十二号楼", "阳光 12"})
    CHECK(finds(query, SearchUse::address, address));
  CHECK_FALSE(finds("1号楼", SearchUse::address, address));
  CHECK_FALSE(finds("月光", SearchUse::address, address));
}

TEST_CASE("Search: the bare number of an entrance is found as people say it", "[search]") {
  for (const char* query : {"2单元", "二单元"}) CHECK(finds(query, SearchUse::entrance, "2"));
  CHECK_FALSE(finds("3单元", SearchUse::entrance, "2"));
  CHECK(finds("东单元", SearchUse::entrance, "东单元"));
}

TEST_CASE("Search: odd input is harmless", "[search]") {
  for (const char* query : {"%_'\";--", "\xFF\xFE", "。。。", "-", "x", "'", "·"}) (void)parse_query(query);
  CHECK(parse_query(std::string(100'000, '1')).all_of.size() <= 8);
}
