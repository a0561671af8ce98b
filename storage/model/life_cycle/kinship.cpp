#include "storage/model/life_cycle/kinship.hpp"

#include <algorithm>
#include <optional>

#include "platform/base/assert.hpp"
#include "storage/model/life_cycle/kin_path.hpp"

namespace ruhu {
namespace {

constexpr std::string_view kUntold = "80";
constexpr std::string_view kRelative = "97";
constexpr std::string_view kStranger = "99";

/// A member with the way that leads to them from the present head.
struct Placed {
  const KinMember* member;
  KinCode code;
  Sex sex;
};

Sex sex_of_member(const KinMember& member, const KinCode& code) {
  const Sex known = sex_of(member.gender);
  if (known != Sex::unknown || code.path.empty()) return known;
  return code.path.back().sex;
}

bool may_be(Sex a, Sex b) { return a == b || a == Sex::unknown || b == Sex::unknown; }

bool may_be(const Tie& a, const Tie& b) {
  const bool order = a.order == b.order || a.order == Order::unknown || b.order == Order::unknown;
  return a.step == b.step && may_be(a.sex, b.sex) && order;
}

/// Elder or younger than the other; unknown where the dates overlap, as "1980" and "1980-05" do.
Order order_by_birth(std::string_view member, std::string_view other) {
  const std::size_t common = std::min(member.size(), other.size());
  const int sign = member.substr(0, common).compare(other.substr(0, common));
  if (common == 0 || sign == 0) return Order::unknown;
  return sign < 0 ? Order::elder : Order::younger;
}

class Family {
 public:
  explicit Family(const std::vector<KinMember>& members) {
    for (const KinMember& member : members) {
      Placed placed{&member, kin_code(member.relation), Sex::unknown};
      placed.sex = sex_of_member(member, placed.code);
      if (!placed.code.path.empty()) placed.code.path.back().sex = placed.sex;
      placed_.push_back(std::move(placed));
    }
    settle_couples();
  }

  const Placed& of(const RecordId& person) const {
    const auto at = std::find_if(placed_.begin(), placed_.end(),
                                 [&](const Placed& placed) { return placed.member->person == person; });
    RUHU_ASSERT(at != placed_.end());
    return *at;
  }

  RelationFound relation(const Placed& head, const Placed& member) const {
    if (head.code.kin == KinClass::stranger || member.code.kin == KinClass::stranger)
      return among_strangers(head, member);
    if (head.code.kin == KinClass::other || member.code.kin == KinClass::other) return {std::string(kUntold), false};
    if (head.code.kin == KinClass::relative || member.code.kin == KinClass::relative)
      return {std::string(kRelative), false};
    return along_paths(head, member);
  }

 private:
  /// The old head's sex follows from the spouse's where the head's own is not known.
  void settle_couples() {
    Sex head = Sex::unknown;
    for (const Placed& placed : placed_)
      if (placed.code.kin == KinClass::path && placed.code.path.empty()) head = placed.sex;
    for (const Placed& placed : placed_)
      if (head == Sex::unknown && steps_of(placed.code.path) == "s") head = opposite(placed.sex);
    head_ = head;
    for (Placed& placed : placed_)
      if (placed.code.kin == KinClass::path && placed.code.path.empty()) placed.sex = head;
  }

  static RelationFound among_strangers(const Placed& head, const Placed& member) {
    const bool both = head.code.kin == KinClass::stranger && member.code.kin == KinClass::stranger;
    const bool told = !both && head.code.kin != KinClass::other && member.code.kin != KinClass::other;
    return told ? RelationFound{std::string(kStranger), true} : RelationFound{std::string(kUntold), false};
  }

  /// How many people can stand at the end of the way: members there, or members married to somebody there.
  std::size_t candidates(const KinPath& way) const {
    std::size_t there = 0;
    std::size_t married = 0;
    for (const Placed& placed : placed_) {
      const KinPath& path = placed.code.path;
      if (path.size() < way.size() ||
          !std::equal(way.begin(), way.end(), path.begin(), [](const Tie& a, const Tie& b) { return may_be(a, b); }))
        continue;
      if (path.size() == way.size()) ++there;
      if (path.size() == way.size() + 1 && path.back().step == Step::spouse) ++married;
    }
    return std::max(there, married);
  }

  enum class Same : unsigned char { yes, no, untold };
  /// Do both ways meet the same person at this step? `way` has led both to where they are.
  Same meet(const KinPath& way, const KinPath& one, const KinPath& other) const {
    const Tie& a = one[way.size()];
    const Tie& b = other[way.size()];
    if (!may_be(a, b)) return Same::no;
    if (a.step == Step::spouse) return Same::yes;
    const bool told = a.sex != Sex::unknown && b.sex != Sex::unknown;
    if (a.step == Step::up) return told ? Same::yes : Same::untold;
    const bool both_end = one.size() == way.size() + 1 && other.size() == way.size() + 1;
    if (both_end) return Same::no;
    KinPath to = way;
    to.push_back({a.step, told ? a.sex : Sex::unknown, Order::unknown});
    return candidates(to) <= 1 ? Same::yes : Same::untold;
  }

  RelationFound along_paths(const Placed& head, const Placed& member) const {
    const KinPath& to_head = head.code.path;
    const KinPath& to_member = member.code.path;
    KinPath way;
    while (way.size() < to_head.size() && way.size() < to_member.size()) {
      const Same same = meet(way, to_head, to_member);
      if (same == Same::untold) return {std::string(kUntold), false};
      if (same == Same::no) break;
      const Tie& a = to_head[way.size()];
      way.push_back({a.step, a.sex == Sex::unknown ? to_member[way.size()].sex : a.sex, a.order});
    }
    const Sex fork = way.empty() ? head_ : way.back().sex;
    const auto from = static_cast<std::ptrdiff_t>(way.size());
    KinPath path = reversed({to_head.begin() + from, to_head.end()}, fork);
    path.insert(path.end(), to_member.begin() + from, to_member.end());
    const auto shorter = shortened(path, head.sex);
    if (!shorter || shorter->empty()) return {std::string(kUntold), false};
    return named(*shorter, head, member);
  }

  static RelationFound named(KinPath path, const Placed& head, const Placed& member) {
    path.back().sex = member.sex;
    if (steps_of(path) == "b") {
      const Order born = order_by_birth(member.member->birth_date, head.member->birth_date);
      if (born != Order::unknown) path.back().order = born;
    }
    const bool certain = !head.code.by_choice && !member.code.by_choice;
    // "Eldest son" stays so for the other parent.
    const bool same_child = steps_of(path) == "d" && steps_of(member.code.path) == "d";
    const bool fits = gender_of_relation(member.member->relation) == "" ||
                      member.sex == sex_of(gender_of_relation(member.member->relation));
    if (same_child && fits) return {member.member->relation, certain};
    const std::string code = code_of_path(path, head.sex);
    if (code.empty()) return {std::string(kRelative), certain};
    return {code, certain && code != kUntold};
  }

  std::vector<Placed> placed_;
  Sex head_ = Sex::unknown;
};

}  // namespace

RelationFound relation_towards(const std::vector<KinMember>& family, const RecordId& new_head, const RecordId& member) {
  if (new_head == member) return {"02", true};
  const Family all(family);
  return all.relation(all.of(new_head), all.of(member));
}

RelationFound relation_of_child(std::string_view parent_relation, std::string_view head_gender,
                                std::string_view gender) {
  const KinCode parent = kin_code(parent_relation);
  if (parent.kin == KinClass::stranger) return {std::string(kStranger), true};
  if (parent.kin == KinClass::other) return {std::string(kUntold), false};
  if (parent.kin == KinClass::relative) return {std::string(kRelative), true};
  KinPath path = parent.path;
  path.push_back({Step::down, sex_of(gender)});
  const auto shorter = shortened(path, sex_of(head_gender));
  if (!shorter) return {std::string(kUntold), false};
  const std::string code = code_of_path(*shorter, sex_of(head_gender));
  if (code.empty()) return {std::string(kRelative), true};
  return {code, code != kUntold};
}

std::string relation_for_gender(const std::string& relation, std::string_view gender) {
  if (gender != "1" && gender != "2") return relation;
  if (relation == "40") return gender == "1" ? "41" : "42";
  const std::string_view said = gender_of_relation(relation);
  if (said.empty() || said == gender) return relation;
  KinPath path = kin_code(relation).path;
  if (path.empty()) return relation;
  path.back().sex = sex_of(gender);
  const std::string code = code_of_path(path, Sex::unknown);
  return code.empty() ? std::string(kRelative) : code;
}

}  // namespace ruhu
