#include <algorithm>

#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "storage/model/duplicates/comparison.hpp"
#include "storage/model/duplicates/name_likeness.hpp"
#include "tests/support/catch.hpp"

using namespace ruhu;
namespace p = kinds::person;
using Verdict = Likeness::Verdict;

namespace {

constexpr const char* kNumber = "11010519491231002X";

Uuid id_of(int n) {
  Uuid id;
  id.bytes[15] = static_cast<std::uint8_t>(n);
  return id;
}

Record record(KindNo kind, int n, std::initializer_list<Cell> cells) {
  Record made;
  made.ref = {kind, id_of(n)};
  for (const Cell& cell : cells) made.set(cell.column, cell.value);
  return made;
}

Record person(int n, const char* name, std::initializer_list<Cell> more = {}) {
  Record made = record(p::kKind, n, more);
  made.set(p::name, std::string(name));
  return made;
}

Value text(const char* s) { return std::string(s); }

/// They share a key, and that is what comparing them comes to, whichever is named first.
Likeness weighed(const Record& one, const Record& other) {
  const Likeness there = compare_records(one, other);
  const Likeness back = compare_records(other, one);
  CHECK(there.score == back.score);
  CHECK(there.verdict == back.verdict);
  CHECK(there.situation == back.situation);
  if (there.verdict != Verdict::different) {
    const auto keys = match_keys(one);
    const auto others = match_keys(other);
    CHECK(std::any_of(keys.begin(), keys.end(), [&](const MatchKey& key) {
      return std::find(others.begin(), others.end(), key) != others.end();
    }));
  }
  return there;
}

}  // namespace

TEST_CASE("Duplicates: the old and the new form of one number are one person", "[duplicates]") {
  const Likeness found =
      weighed(person(1, "张三", {{p::id_no, text("110105491231002")}}), person(2, "张三", {{p::id_no, text(kNumber)}}));
  CHECK(found.verdict == Verdict::same);
  CHECK(found.situation == 8);
}

TEST_CASE("Duplicates: one number with another name and year of birth is two people", "[duplicates]") {
  const Likeness found = weighed(person(1, "张三", {{p::id_no, text(kNumber)}, {p::birth_date, text("1949-12-31")}}),
                                 person(2, "李秀英", {{p::id_no, text(kNumber)}, {p::birth_date, text("1952-03-01")}}));
  CHECK(found.verdict == Verdict::clash);
  CHECK(found.situation == 7);
}

TEST_CASE("Duplicates: names differ in writing, not by distance", "[duplicates]") {
  const auto likeness = [](const char* one, const char* other) {
    return compare_names(person(1, one), person(2, other));
  };
  CHECK(likeness("張偉", "张伟") == NameLikeness::same);
  CHECK(likeness("阿依古丽·买买提", "阿依古丽买买提") == NameLikeness::same);
  CHECK(likeness("阿依古丽•买买提", "阿依古丽・买买提") == NameLikeness::same);
  CHECK(likeness("张伟", "张玮") == NameLikeness::sound);
  CHECK(likeness("单雄信", "山雄信") == NameLikeness::sound);  // 单 is read shan as a surname
  CHECK(likeness("张三", "张四") == NameLikeness::other);
  CHECK(likeness("李某某之子(未命名)", "张四") == NameLikeness::none);
  CHECK(compare_names(person(1, "王芳", {{p::former_name, text("王小芳")}}), person(2, "王小芳")) ==
        NameLikeness::variant);
  CHECK(compare_names(person(1, "王芳"), person(2, "王建国", {{p::alias, TextSet{{"王芳"}}}})) ==
        NameLikeness::variant);
}

TEST_CASE("Duplicates: name and birth, name by ear with a phone, the lunar birthday: each is worth asking",
          "[duplicates]") {
  const auto born = [](int n, const char* name, const char* day) {
    return person(n, name, {{p::birth_date, text(day)}});
  };
  CHECK(weighed(born(1, "张伟", "1980-05-01"), born(2, "張偉", "1980-05-01")).verdict == Verdict::alike);
  Record one = born(1, "张伟", "1980-05-01");
  Record other = born(2, "张玮", "1980-05-01");
  CHECK(weighed(one, other).verdict == Verdict::different);
  one.set(p::phone, text("13800138000"));
  other.set(p::more_phones, TextSet{{"13800138000 女儿"}});
  CHECK(weighed(one, other).verdict == Verdict::alike);
  const Likeness lunar = weighed(born(1, "陈阿婆", "1947-08-15"), born(2, "陈阿婆", "1947-09-29"));
  CHECK(lunar.verdict == Verdict::alike);
  CHECK(std::count(lunar.reasons.begin(), lunar.reasons.end(), "duplicate.birth_lunar") == 1);
}

TEST_CASE("Duplicates: neither a name nor a phone alone makes one person of two", "[duplicates]") {
  CHECK(weighed(person(1, "张伟"), person(2, "张伟")).verdict == Verdict::different);
  CHECK(weighed(person(1, "张伟", {{p::phone, text("13800138000")}}),
                person(2, "李芳", {{p::phone, text("13800138000")}}))
            .verdict == Verdict::different);
  CHECK(weighed(person(1, "张伟", {{p::birth_date, text("1980-05-01")}}),
                person(2, "张伟", {{p::birth_date, text("1991-02-03")}}))
            .verdict == Verdict::different);
}

TEST_CASE("Duplicates: twins are two, with and without numbers", "[duplicates]") {
  const auto child = [](int n, const char* name, const char* number) {
    Record made = person(
        n, name, {{p::birth_date, text("1990-01-01")}, {p::guardian_id, id_of(9)}, {p::phone, text("13800138000")}});
    if (number != nullptr) made.set(p::id_no, text(number));
    return made;
  };
  CHECK(weighed(child(1, "张大宝", "350599199001010017"), child(2, "张小宝", "350599199001010033")).verdict ==
        Verdict::different);
  const Likeness young = weighed(child(1, "张大宝", nullptr), child(2, "张小宝", nullptr));
  CHECK(young.verdict == Verdict::different);
  CHECK(young.situation == 11);
}

TEST_CASE("Duplicates: a newborn entered twice is suggested, a boy and a girl are not", "[duplicates]") {
  const auto infant = [](int n, const char* name, const char* gender) {
    return person(n, name,
                  {{p::birth_date, text("2026-02-01")}, {p::guardian_id, id_of(9)}, {p::gender, text(gender)}});
  };
  const Likeness found = weighed(infant(1, "李芳之子(未命名)", "1"), infant(2, "李芳之子", "1"));
  CHECK(found.verdict == Verdict::alike);
  CHECK(found.situation == 12);
  CHECK(weighed(infant(1, "李芳之子(未命名)", "1"), infant(2, "李芳之女", "2")).verdict == Verdict::different);
  CHECK(weighed(infant(1, "李芳之子(未命名)", "1"), infant(2, "李小明", "1")).situation == 12);
}

TEST_CASE("Duplicates: two digits swapped ten places apart pass both checks, so the door is asked", "[duplicates]") {
  // Weights repeat after ten places: no check digit tells the two numbers apart.
  const auto holder = [](int n, const char* number) {
    return person(n, "张三", {{p::id_no, text(number)}, {p::birth_date, text("1960-01-01")}});
  };
  const Likeness found = weighed(holder(1, "350582196001010016"), holder(2, "350502196001018016"));
  CHECK(found.verdict == Verdict::alike);
  CHECK(found.situation == 6);
}

TEST_CASE("Duplicates: a dwelling typed in three ways is one, rooms let separately are asked about", "[duplicates]") {
  namespace d = kinds::dwelling;
  const auto room = [](int n, const char* no) {
    return record(d::kKind, n, {{d::building_id, id_of(9)}, {d::room_no, text(no)}});
  };
  for (const char* other : {"502室", "3单元502", "3-502", "五〇二室"}) {
    const Likeness found = weighed(room(1, "3-502"), room(2, other));
    INFO(other);
    CHECK(found.verdict == Verdict::alike);
    CHECK(found.situation == 18);
  }
  CHECK(weighed(room(1, "502A"), room(2, "502B")).situation == 19);
  CHECK(weighed(room(1, "502"), room(2, "502B")).verdict == Verdict::alike);
  CHECK(weighed(room(1, "3-502"), room(2, "2-502")).verdict == Verdict::different);
  CHECK(weighed(room(1, "502"), room(2, "503")).verdict == Verdict::different);
  CHECK(weighed(room(1, "一楼东"), room(2, "一楼西")).verdict == Verdict::different);
}

TEST_CASE("Duplicates: a shop under one name with two codes has changed hands", "[duplicates]") {
  namespace e = kinds::enterprise;
  const auto shop = [](int n, const char* code) {
    Record made = record(e::kKind, n, {{e::name, text("阿明小吃店")}, {e::building_id, id_of(9)}});
    if (code != nullptr) made.set(e::uscc, text(code));
    return made;
  };
  CHECK(weighed(shop(1, nullptr), shop(2, "91350582MA2Y00000U")).verdict == Verdict::alike);
  CHECK(weighed(shop(1, "91350582MA2Y00000U"), shop(2, "91350582MA2Y00000U")).verdict == Verdict::same);
  const Likeness owners = weighed(shop(1, "91350582MA2Y00000U"), shop(2, "91350582MA2Y00001Y"));
  CHECK(owners.verdict == Verdict::clash);
  CHECK(owners.situation == 26);
}

TEST_CASE("Duplicates: two reports of one thing lie close in place and time", "[duplicates]") {
  namespace c = kinds::case_;
  const auto report = [](int n, double lat, std::int64_t hour) {
    return record(c::kKind, n,
                  {{c::category, text("22")}, {c::lat, lat}, {c::lng, 118.5}, {c::found_at, hour * 3'600'000}});
  };
  CHECK(weighed(report(1, 24.70010, 0), report(2, 24.70040, 70)).verdict == Verdict::alike);
  CHECK(weighed(report(1, 24.70010, 0), report(2, 24.70070, 1)).verdict == Verdict::different);
  CHECK(weighed(report(1, 24.70010, 0), report(2, 24.70010, 73)).verdict == Verdict::different);
}

TEST_CASE("Duplicates: what has ended has no keys", "[duplicates]") {
  Record gone = person(1, "张三", {{p::id_no, text(kNumber)}, {p::status, text("void")}});
  CHECK(match_keys(gone).empty());
  gone.set(p::status, text("active"));
  CHECK(!match_keys(gone).empty());
}
