#include "tests/bench/peers_population.hpp"

#include <algorithm>

#include "dictionary_constants.hpp"
#include "platform/base/random.hpp"
#include "storage/dictionary/citizen_id.hpp"

namespace ruhu::bench {
namespace {

namespace f = kinds::person;

constexpr std::uint64_t kFirstGrid = 350582006001001;
constexpr std::size_t kGrids = 40;
constexpr std::string_view kSurnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴",
                                          "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗"};
constexpr std::string_view kGiven[] = {"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰",
                                       "娟", "涛", "明", "超", "秀", "霞", "平", "刚", "桂", "英", "华", "玉", "兰",
                                       "红", "文", "建", "国", "志", "海", "云", "春", "梅", "雪", "龙", "鹏", "浩",
                                       "宇", "轩", "欣", "怡", "佳", "晨", "阳", "博", "思", "雨", "涵"};
constexpr std::string_view kStreets[] = {"灵源街道", "梅岭街道", "青阳街道", "西园街道", "罗山街道", "新塘街道"};
constexpr std::string_view kNotes[] = {"高血压,长期服药", "独居,邻居每日看望", "无", "听力不好,需面谈",
                                       "糖尿病,饮食控制"};

class PersonMaker {
 public:
  server::ImportRecord next(std::size_t number) {
    server::ImportRecord record;
    record.ref = {f::kKind, make_id(number)};
    record.provenance = {Source::import_, Verified::declared, 20'500};
    const std::string born = date();
    const auto text = [&](ColumnNo column, std::string value) { record.cells.push_back({column, std::move(value)}); };
    text(f::grid_id, to_string(peers_grids()[number % kGrids]));
    text(f::status, "active");
    text(f::name, name());
    text(f::id_type, "111");
    text(f::id_no, citizen_id(born));
    text(f::id_verified, "seen");
    text(f::gender, std::to_string(1 + random_.below(2)));
    text(f::birth_date, born);
    text(f::birth_calendar, "solar");
    text(f::ethnicity, "0" + std::to_string(1 + random_.below(3)));
    text(f::phone, phone());
    text(f::phone_owner, "本人");
    text(f::category, "0" + std::to_string(1 + random_.below(4)));
    text(f::hukou_division, "350582006001");
    text(f::hukou_address, "福建省泉州市晋江市" + std::string(of(kStreets)) + std::to_string(1 + random_.below(200)) +
                               "号" + std::to_string(1 + random_.below(30)) + "栋" +
                               std::to_string(101 + random_.below(900)) + "室");
    text(f::marital, random_.chance(0.3) ? "10" : "20");
    text(f::education, std::to_string(10 + random_.below(6)));
    text(f::employment, random_.chance(0.5) ? "11" : "27");
    text(f::emergency_name, name());
    text(f::emergency_relation, "10");
    text(f::emergency_phone, phone());
    text(f::self_care, std::to_string(1 + random_.below(3)));
    text(f::health_note, std::string(of(kNotes)));
    std::sort(record.cells.begin(), record.cells.end(),
              [](const Cell& a, const Cell& b) { return a.column < b.column; });
    return record;
  }

 private:
  template <class Words>
  std::string_view of(const Words& words) {
    return words[random_.below(std::size(words))];
  }
  std::string name() {
    std::string full(of(kSurnames));
    full += of(kGiven);
    return random_.chance(0.8) ? full + std::string(of(kGiven)) : full;
  }
  std::string digits(int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += static_cast<char>('0' + random_.below(10));
    return out;
  }
  std::string two(std::uint64_t n) { return n < 10 ? "0" + std::to_string(n) : std::to_string(n); }
  std::string phone() { return "13" + digits(9); }
  std::string date() {
    return std::to_string(1935 + random_.below(85)) + "-" + two(1 + random_.below(12)) + "-" +
           two(1 + random_.below(28));
  }
  std::string citizen_id(const std::string& born) {
    const std::string first = "350582" + born.substr(0, 4) + born.substr(5, 2) + born.substr(8, 2) + digits(3);
    return first + citizen_id_check_digit(first);
  }
  /// As a tablet makes them: the first bytes are the time, the rest is chance.
  Uuid make_id(std::size_t number) {
    Uuid id;
    const std::uint64_t ms = 1'772'000'000'000 + number * 40;
    for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(ms >> (8 * (5 - i)));
    for (std::size_t i = 6; i < id.bytes.size(); ++i) id.bytes[i] = static_cast<std::uint8_t>(random_.below(256));
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x70U);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
    return id;
  }

  SeededRandom random_{20'260'301};
};

}  // namespace

std::vector<ScopeCode> peers_grids() {
  std::vector<ScopeCode> grids;
  for (std::size_t i = 0; i < kGrids; ++i) grids.push_back({kFirstGrid + i});
  return grids;
}

std::vector<server::ImportRecord> peers_population(std::size_t persons) {
  PersonMaker maker;
  std::vector<server::ImportRecord> all;
  for (std::size_t i = 0; i < persons; ++i) all.push_back(maker.next(i));
  return all;
}

}  // namespace ruhu::bench
