#include "server/admin/demo/demo_community.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "storage/dictionary/citizen_id.hpp"
#include "storage/dictionary/validation.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace ruhu;

const Instant kToday = std::chrono::sys_days{std::chrono::year{2026} / 4 / 1};

const Dictionary& dictionary() {
  static const Dictionary kBuiltIn = Dictionary::built_in().value();
  return kBuiltIn;
}

DemoOptions options(std::string size, std::uint64_t seed = 1) { return {seed, std::move(size), kToday}; }

/// Everything that a demo hands out, in order.
struct Demo {
  DemoCounts counts;
  std::vector<Record> records;

  explicit Demo(const DemoOptions& with) {
    counts = generate_demo(dictionary(), with, [this](DemoRecord&& r) {
               records.push_back({r.ref, std::move(r.cells), {}});
             }).value();
  }
  std::vector<const Record*> all(KindNo kind) const {
    std::vector<const Record*> found;
    for (const auto& record : records)
      if (record.ref.kind == kind) found.push_back(&record);
    return found;
  }
};

const Demo& xilinsi() {
  static const Demo kDemo(options("xilinsi"));
  return kDemo;
}

/// FNV-1a over everything that is stored.
class Fingerprint {
 public:
  void add(const DemoRecord& record) {
    add(std::to_string(record.ref.kind.value) + to_string(record.ref.id) + to_string(record.scope));
    for (const auto& cell : record.cells) {
      add(std::to_string(cell.column.value) + ":" + std::to_string(cell.value.index()));
      add(text_of(cell.value));
      add(std::to_string(int_of(cell.value)) + (bool_of(cell.value) ? "t" : "f") + to_string(uuid_of(cell.value)));
      if (const auto* number = std::get_if<double>(&cell.value)) add(std::to_string(*number));
      if (const auto* gap = std::get_if<Gap>(&cell.value)) add(std::to_string(static_cast<int>(*gap)));
      if (const auto* set = std::get_if<TextSet>(&cell.value))
        for (const auto& item : set->items) add(item);
    }
    const auto& p = record.provenance;
    add(std::to_string(p.as_of_day) + std::string(code_of(p.source)) + std::string(code_of(p.verified)));
  }
  std::uint64_t value() const { return hash_; }

 private:
  void add(std::string_view text) {
    for (const char c : text) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    hash_ = (hash_ ^ 0xFFU) * 1099511628211ULL;
  }
  std::uint64_t hash_ = 14695981039346656037ULL;
};

std::uint64_t fingerprint(const DemoOptions& with) {
  Fingerprint print;
  CHECK(generate_demo(dictionary(), with, [&](DemoRecord&& record) { print.add(record); }).ok());
  return print.value();
}

bool is_open(const Record& record) { return record.text(kinds::person::status) == "active"; }

/// Accounts are not records.
bool names_account(const FieldDef& field) { return field.target.empty(); }

}  // namespace

TEST_CASE("Demo community: has the figures of the founding case", "[demo]") {
  const auto& counts = xilinsi().counts;
  CHECK(counts.communities == 1);
  CHECK(counts.grids == 26);
  CHECK(counts.micro_grids == 84);
  CHECK(counts.compounds == 22);
  CHECK(counts.households == 2357);
  CHECK(counts.persons == 10318);
  CHECK(counts.registered == 6240);
  CHECK(counts.registered + counts.floating + counts.overseas + counts.pending == 10318);
  CHECK(counts.overseas > 0);
  CHECK(counts.pending > 0);
  CHECK(counts.shops == 646);
  CHECK(counts.needs == 150);
  CHECK(counts.visits > 2000);
  CHECK(counts.visits < 3000);
  CHECK(counts.memberships == 10318);
}

TEST_CASE("Demo community: has its compounds, grids and shops by kind", "[demo]") {
  std::map<std::string, int> compounds;
  for (const auto* record : xilinsi().all(kinds::compound::kKind))
    ++compounds[std::string(record->text(kinds::compound::kind))];
  CHECK(compounds == std::map<std::string, int>{{"1", 8}, {"3", 7}, {"4", 3}, {"5", 4}});
  std::map<std::string, int> grids;
  std::set<std::string> codes;
  for (const auto* record : xilinsi().all(kinds::grid::kKind)) {
    ++grids[std::string(record->text(kinds::grid::kind))];
    codes.emplace(record->text(kinds::grid::code));
  }
  CHECK(grids == std::map<std::string, int>{{"basic", 23}, {"dedicated", 3}});
  CHECK(codes.size() == 26);
  CHECK(codes.contains("350582006001001"));
  CHECK(codes.contains("350582006001901"));
  int shops = 0;
  for (const auto* record : xilinsi().all(kinds::dwelling::kKind))
    if (const auto use = record->text(kinds::dwelling::use); use == "6" || use == "7") ++shops;
  CHECK(shops == 646);
}

TEST_CASE("Demo community: is the same for the same seed and another for another", "[demo]") {
  CHECK(fingerprint(options("tiny", 7)) == fingerprint(options("tiny", 7)));
  CHECK(fingerprint(options("tiny", 7)) != fingerprint(options("tiny", 8)));
  CHECK(fingerprint(options("xilinsi")) == fingerprint(options("xilinsi")));
}

TEST_CASE("Demo community: stays the same on every machine", "[demo]") {
  // A change here is fine when the inventing was changed on purpose; it must never come from a compiler or
  // library.
  CHECK(fingerprint(options("tiny")) == 15085958185748558144ULL);
}

TEST_CASE("Demo community: passes every check of the dictionary", "[demo]") {
  for (const std::uint64_t seed : {1ULL, 2ULL}) {
    const Demo demo(options(seed == 1 ? "xilinsi" : "tiny", seed));
    for (const auto& record : demo.records) {
      const KindDef& kind = dictionary().get_kind(record.ref.kind);
      for (const auto& cell : record.cells) {
        const FieldDef* field = kind.find(cell.column);
        if (field == nullptr) FAIL(kind.name << " column " << cell.column.value);
        const auto findings = check_value(dictionary(), *field, cell.value, kToday);
        if (has_error(findings))
          FAIL(kind.name << "." << field->name << " " << text_of(cell.value) << " " << findings[0].text_key);
        if (normalise(*field, cell.value) != cell.value) FAIL(kind.name << "." << field->name << " is not normal");
      }
      const auto findings = check_record(dictionary(), kind, record.cells, kToday);
      for (const auto& finding : findings)
        if (finding.strength != Strength::hint) FAIL(kind.name << "." << finding.field << " " << finding.text_key);
      if (!std::is_sorted(record.cells.begin(), record.cells.end(),
                          [](const Cell& a, const Cell& b) { return a.column <= b.column; }))
        FAIL(kind.name << ": cells out of order or twice");
    }
  }
}

TEST_CASE("Demo community: hands out nothing before what it refers to", "[demo]") {
  std::unordered_map<Uuid, KindNo> seen;
  for (const auto& record : xilinsi().records) {
    const KindDef& kind = dictionary().get_kind(record.ref.kind);
    for (const auto& cell : record.cells) {
      const auto* id = std::get_if<Uuid>(&cell.value);
      const FieldDef& field = *kind.find(cell.column);
      if (id == nullptr || names_account(field)) continue;
      const auto at = seen.find(*id);
      if (at == seen.end()) FAIL(kind.name << "." << field.name << " names a record to come");
      if (at->second != dictionary().find_kind(field.target)->no)
        FAIL(kind.name << "." << field.name << ": wrong kind");
    }
    if (!seen.emplace(record.ref.id, record.ref.kind).second) FAIL("id used twice");
  }
}

TEST_CASE("Demo community: has one head in each household, who is a member", "[demo]") {
  namespace m = kinds::membership;
  std::unordered_map<Uuid, Uuid> heads;
  std::unordered_map<Uuid, int> members;
  for (const auto* record : xilinsi().all(m::kKind)) {
    ++members[record->uuid(m::household_id)];
    if (record->text(m::relation) != "02") continue;
    if (!heads.emplace(record->uuid(m::household_id), record->uuid(m::person_id)).second) FAIL("two heads");
  }
  for (const auto* household : xilinsi().all(kinds::household::kKind)) {
    if (heads[household->ref.id] != household->uuid(kinds::household::head_person_id)) FAIL("head differs");
  }
  CHECK(members.size() == 2357);
}

TEST_CASE("Demo community: gives everybody one main home, and a hukou here to the registered only", "[demo]") {
  namespace r = kinds::residency;
  std::unordered_map<Uuid, int> primary;
  std::unordered_map<Uuid, int> registered;
  for (const auto* record : xilinsi().all(r::kKind)) {
    if (!is_open(*record)) continue;
    if (bool_of(record->get(r::primary))) ++primary[record->uuid(r::person_id)];
    if (bool_of(record->get(r::registered_here))) ++registered[record->uuid(r::person_id)];
  }
  for (const auto* person : xilinsi().all(kinds::person::kKind)) {
    const bool here = person->text(kinds::person::category) == "01";
    if (primary[person->ref.id] != 1) FAIL("not one main home");
    if (registered[person->ref.id] != (here ? 1 : 0)) FAIL("hukou does not follow from the category");
  }
}

TEST_CASE("Demo community: invents citizen numbers of the practice area only, each once", "[demo]") {
  namespace p = kinds::person;
  std::set<std::string> numbers;
  std::set<std::string> phones;
  for (const auto* person : xilinsi().all(p::kKind)) {
    const std::string number(person->text(p::id_no));
    if (!number.empty() && !numbers.insert(number).second) FAIL("number given twice");
    const std::string phone(person->text(p::phone));
    if (!phone.empty() && !phones.insert(phone).second) FAIL("phone given twice");
    if (person->text(p::id_type) != "111" || number.empty()) continue;
    const auto id = parse_citizen_id(number);
    if (!id || id->area != "350599") FAIL("not a practice number");
    if (id->male != (person->text(p::gender) == "1")) FAIL("sex differs");
  }
  CHECK(numbers.size() > 9000);
  CHECK(phones.size() > 7500);
}

TEST_CASE("Demo community: makes families in which ages fit", "[demo]") {
  struct Member {
    std::string relation;
    int born;
    bool male;
  };
  namespace p = kinds::person;
  namespace m = kinds::membership;
  std::unordered_map<Uuid, const Record*> people;
  for (const auto* person : xilinsi().all(p::kKind)) people[person->ref.id] = person;
  std::unordered_map<Uuid, std::vector<Member>> households;
  for (const auto* record : xilinsi().all(m::kKind)) {
    const Record& person = *people.at(record->uuid(m::person_id));
    households[record->uuid(m::household_id)].push_back(
        {std::string(record->text(m::relation)), std::stoi(std::string(person.text(p::birth_date).substr(0, 4))),
         person.text(p::gender) == "1"});
  }
  for (const auto& [id, members] : households) {
    const auto head = std::find_if(members.begin(), members.end(), [](const Member& x) { return x.relation == "02"; });
    for (const auto& member : members) {
      const char generation = member.relation[0];
      const int younger = member.born - head->born;  // lunar years may differ by one
      if ((generation == '2' || generation == '3') && member.relation != "28" && member.relation != "38" &&
          younger < 17)
        FAIL("child too old: " << member.relation);
      if (generation == '4' && younger < 35) FAIL("grandchild too old");
      if ((member.relation == "51" || member.relation == "52") && younger > -17) FAIL("parent too young");
      if (member.relation == "62" && younger > -35) FAIL("grandmother too young");
      if ((member.relation == "12" || member.relation == "38") && member.male) FAIL("wife is a man");
      if ((member.relation == "11" || member.relation == "28") && !member.male) FAIL("husband is a woman");
      if ((member.relation == "11" || member.relation == "12") && std::abs(younger) > 8) FAIL("spouses far apart");
    }
  }
}

TEST_CASE("Demo community: has the names that programs get wrong", "[demo]") {
  int beyond_16_bits = 0;
  int with_dot = 0;
  int lunar = 0;
  for (const auto* person : xilinsi().all(kinds::person::kKind)) {
    const auto name = decode_utf8(person->text(kinds::person::name));
    if (std::any_of(name.begin(), name.end(), [](char32_t c) { return c > 0xFFFF; })) ++beyond_16_bits;
    if (name.find(U'·') != std::u32string::npos) ++with_dot;
    if (person->text(kinds::person::birth_calendar) == "lunar") ++lunar;
  }
  CHECK(beyond_16_bits > 10);
  CHECK(with_dot > 10);
  CHECK(lunar > 100);
}

TEST_CASE("Demo community: keeps every address and room once", "[demo]") {
  std::set<std::string> addresses;
  for (const auto* building : xilinsi().all(kinds::building::kKind))
    if (!addresses.emplace(building->text(kinds::building::std_address)).second) FAIL("address given twice");
  std::set<std::string> rooms;
  for (const auto* dwelling : xilinsi().all(kinds::dwelling::kKind)) {
    namespace d = kinds::dwelling;
    const std::string where = to_string(dwelling->uuid(d::building_id)) + to_string(dwelling->uuid(d::entrance_id));
    if (!rooms.insert(where + std::string(dwelling->text(d::room_no))).second) FAIL("room given twice");
  }
}

TEST_CASE("Demo community: states the scope that the record's grid says", "[demo]") {
  const auto counts = generate_demo(dictionary(), options("tiny"), [](DemoRecord&& record) {
    const Record plain{record.ref, std::move(record.cells), {}};
    if (to_string(record.scope) != plain.text(kinds::person::grid_id)) FAIL("scope differs");
    if (record.provenance.source == Source::none || record.provenance.as_of_day == 0) FAIL("no provenance");
  });
  REQUIRE(counts.ok());
  CHECK(counts.value().grids == 1);
  CHECK(counts.value().households == 12);
}

TEST_CASE("Demo community: can be a whole town for the bench", "[demo]") {
  const auto counts = generate_demo(dictionary(), options("city"), [](DemoRecord&&) {});
  REQUIRE(counts.ok());
  CHECK(counts.value().grids == 40);
  CHECK(counts.value().households == 35'000);
  CHECK(counts.value().persons == 100'000);
}

TEST_CASE("Demo community: refuses a size that it does not know", "[demo]") {
  const auto counts = generate_demo(dictionary(), options("huge"), [](DemoRecord&&) {});
  REQUIRE_FALSE(counts.ok());
  CHECK(counts.error().code == Errc::usage);
}
