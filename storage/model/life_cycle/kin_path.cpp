#include "storage/model/life_cycle/kin_path.hpp"

#include <algorithm>
#include <array>

namespace ruhu {
namespace {

struct CodeRow {
  std::string_view code;
  std::string_view way;  ///< Letters of `tie_of`; '*' at the end: adopted or step.
};

// Codes that say who somebody is. The head's own is empty; 69, 92 and 97 are relatives without a way.
constexpr auto kRows = std::to_array<CodeRow>({
    {"01", ""},    {"02", ""},    {"10", "E"},   {"11", "H"},   {"12", "W"},    {"20", "S"},   {"21", "S"},
    {"22", "S"},   {"23", "S"},   {"24", "S"},   {"25", "S"},   {"26", "S"},    {"27", "S*"},  {"28", "DH"},
    {"29", "S"},   {"30", "D"},   {"31", "D"},   {"32", "D"},   {"33", "D"},    {"34", "D"},   {"35", "D"},
    {"36", "D"},   {"37", "D*"},  {"38", "SW"},  {"39", "D"},   {"40", "CC"},   {"41", "SS"},  {"42", "SD"},
    {"43", "DS"},  {"44", "DD"},  {"45", "CSW"}, {"46", "CDH"}, {"47", "CCS"},  {"48", "CCD"}, {"49", "CC"},
    {"50", "P"},   {"51", "F"},   {"52", "M"},   {"53", "HF"},  {"54", "HM"},   {"55", "WF"},  {"56", "WM"},
    {"57", "F*"},  {"58", "M*"},  {"59", "P*"},  {"60", "PP"},  {"61", "FF"},   {"62", "FM"},  {"63", "MF"},
    {"64", "MM"},  {"65", "EPP"}, {"66", "PPF"}, {"67", "PPM"}, {"68", "EPPP"}, {"70", "Q"},   {"71", "A"},
    {"72", "AW"},  {"73", "B"},   {"74", "BW"},  {"75", "X"},   {"76", "XH"},   {"77", "Y"},   {"78", "YH"},
    {"79", "Q"},   {"81", "FA"},  {"82", "FAW"}, {"83", "FB"},  {"84", "FBW"},  {"85", "MG"},  {"86", "MGW"},
    {"87", "MZH"}, {"88", "MZ"},  {"89", "FZH"}, {"90", "FZ"},  {"91", "FGC"},  {"93", "GS"},  {"94", "GD"},
    {"95", "ZS"},  {"96", "ZD"},
});

Tie tie_of(char letter) {
  switch (letter) {
    case 'F': return {Step::up, Sex::male};
    case 'M': return {Step::up, Sex::female};
    case 'P': return {Step::up};
    case 'S': return {Step::down, Sex::male};
    case 'D': return {Step::down, Sex::female};
    case 'C': return {Step::down};
    case 'H': return {Step::spouse, Sex::male};
    case 'W': return {Step::spouse, Sex::female};
    case 'A': return {Step::sibling, Sex::male, Order::elder};
    case 'B': return {Step::sibling, Sex::male, Order::younger};
    case 'X': return {Step::sibling, Sex::female, Order::elder};
    case 'Y': return {Step::sibling, Sex::female, Order::younger};
    case 'G': return {Step::sibling, Sex::male};
    case 'Z': return {Step::sibling, Sex::female};
    case 'Q': return {Step::sibling};
    default: return {Step::spouse};  // 'E'
  }
}

Step inverse(Step step) {
  if (step == Step::up) return Step::down;
  return step == Step::down ? Step::up : step;
}

Order inverse(Order order) {
  if (order == Order::unknown) return order;
  return order == Order::elder ? Order::younger : Order::elder;
}

/// Picks by sex; the third where it is not known.
std::string_view by_sex(Sex sex, std::string_view male, std::string_view female, std::string_view unknown) {
  if (sex == Sex::unknown) return unknown;
  return sex == Sex::male ? male : female;
}

std::string_view by_order(Order order, std::string_view elder, std::string_view younger, std::string_view unknown) {
  if (order == Order::unknown) return unknown;
  return order == Order::elder ? elder : younger;
}

constexpr std::string_view kUntold = "80";

std::string_view grandchild(const KinPath& path) {
  const Sex last = path.back().sex;
  return by_sex(path.front().sex, by_sex(last, "41", "42", "40"), by_sex(last, "43", "44", "40"), "40");
}

std::string_view grandparent(const KinPath& path) {
  const Sex last = path.back().sex;
  return by_sex(path.front().sex, by_sex(last, "61", "62", "60"), by_sex(last, "63", "64", "60"), "60");
}

std::string_view sibling(const Tie& tie) {
  return by_sex(tie.sex, by_order(tie.order, "71", "73", "70"), by_order(tie.order, "75", "77", "70"), "70");
}

std::string_view sibling_in_law(const KinPath& path) {
  const Order order = path.front().order;
  return by_sex(path.back().sex, by_order(order, "76", "78", "79"), by_order(order, "72", "74", "79"), "79");
}

std::string_view nephew(const KinPath& path) {
  const Sex last = path.back().sex;
  return by_sex(path.front().sex, by_sex(last, "93", "94", ""), by_sex(last, "95", "96", ""), "");
}

std::string_view parents_sibling(const KinPath& path) {
  const Tie& who = path.back();
  const std::string_view of_father = by_sex(who.sex, by_order(who.order, "81", "83", kUntold), "90", kUntold);
  return by_sex(path.front().sex, of_father, by_sex(who.sex, "85", "88", kUntold), kUntold);
}

std::string_view parents_sibling_in_law(const KinPath& path) {
  const Sex last = path.back().sex;
  const std::string_view aunt = by_order(path[1].order, "82", "84", kUntold);
  return by_sex(path.front().sex, by_sex(last, "89", aunt, kUntold), by_sex(last, "87", "86", kUntold), kUntold);
}

std::string_view cousin(const KinPath& path) {
  if (path[0].sex == Sex::male && path[1].sex == Sex::male) return "91";
  const bool told = path[0].sex == Sex::female || path[1].sex == Sex::female;
  return told ? "92" : kUntold;
}

std::string_view spouses_parent(const KinPath& path, Sex head) {
  const Sex last = path.back().sex;
  const Sex spouse = path.front().sex == Sex::unknown ? opposite(head) : path.front().sex;
  return by_sex(spouse, by_sex(last, "53", "54", "59"), by_sex(last, "55", "56", "59"), "59");
}

}  // namespace

Sex sex_of(std::string_view gender) {
  if (gender == "1") return Sex::male;
  return gender == "2" ? Sex::female : Sex::unknown;
}

Sex opposite(Sex sex) {
  if (sex == Sex::unknown) return sex;
  return sex == Sex::male ? Sex::female : Sex::male;
}

KinCode kin_code(std::string_view relation) {
  if (relation == "99") return {KinClass::stranger, {}, false};
  if (relation == "69" || relation == "92" || relation == "97") return {KinClass::relative, {}, false};
  const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const CodeRow& r) { return r.code == relation; });
  if (row == kRows.end()) return {};
  KinCode code{KinClass::path, {}, row->way.ends_with('*')};
  for (const char letter : row->way)
    if (letter != '*') code.path.push_back(tie_of(letter));
  return code;
}

KinPath reversed(const KinPath& path, Sex start) {
  KinPath back;
  for (std::size_t i = path.size(); i-- > 0;)
    back.push_back({inverse(path[i].step), i == 0 ? start : path[i - 1].sex, inverse(path[i].order)});
  return back;
}

std::optional<KinPath> shortened(const KinPath& path, Sex start) {
  KinPath out;
  for (const Tie& tie : path) {
    Tie next = tie;
    while (!out.empty()) {
      const Step before = out.back().step;
      const Sex from = out.size() > 1 ? out[out.size() - 2].sex : start;
      const bool parent = before == Step::up && next.step == Step::spouse;
      const bool own_child = before == Step::spouse && next.step == Step::down;
      const bool siblings_parent = before == Step::sibling && next.step == Step::up;
      const bool childs_sibling = before == Step::down && next.step == Step::sibling;
      if (parent || siblings_parent) {
        next = {Step::up, next.sex};
      } else if (own_child || childs_sibling) {
        next = {Step::down, next.sex};
      } else if (before == Step::up && next.step == Step::down) {
        next = {Step::sibling, next.sex};
      } else if (before == Step::sibling && next.step == Step::sibling) {
        next = {Step::sibling, next.sex, out.back().order == next.order ? next.order : Order::unknown};
      } else if (before == Step::down && next.step == Step::up) {
        if (from == Sex::unknown || next.sex == Sex::unknown || from == next.sex) return std::nullopt;
        next = {Step::spouse, next.sex};
      } else if (before == Step::spouse && next.step == Step::spouse) {
        return std::nullopt;
      } else {
        break;
      }
      out.pop_back();
    }
    out.push_back(next);
  }
  return out;
}

std::string steps_of(const KinPath& path) {
  static constexpr std::string_view kLetters = "udsb";
  std::string steps;
  for (const Tie& tie : path) steps += kLetters[static_cast<std::size_t>(tie.step)];
  return steps;
}

std::string code_of_path(const KinPath& path, Sex head) {
  const std::string steps = steps_of(path);
  const Sex last = path.empty() ? Sex::unknown : path.back().sex;
  const auto text = [](std::string_view code) { return std::string(code); };
  if (steps == "s") return text(by_sex(last, "11", "12", "10"));
  if (steps == "d") return text(by_sex(last, "20", "30", kUntold));
  if (steps == "ds") return text(by_sex(last, "28", "38", by_sex(path.front().sex, "38", "28", kUntold)));
  if (steps == "dd") return text(grandchild(path));
  if (steps == "dds") return text(by_sex(last, "46", "45", "49"));
  if (steps == "ddd") return text(by_sex(last, "47", "48", "49"));
  if (steps == "u") return text(by_sex(last, "51", "52", "50"));
  if (steps == "uu") return text(grandparent(path));
  if (steps == "uuu") return text(by_sex(last, "66", "67", "69"));
  if (steps == "su") return text(spouses_parent(path, head));
  if (steps == "suu") return "65";
  if (steps == "suuu") return "68";
  if (steps == "b") return text(sibling(path.front()));
  if (steps == "bs") return text(sibling_in_law(path));
  if (steps == "bd") return text(nephew(path));
  if (steps == "ub") return text(parents_sibling(path));
  if (steps == "ubs") return text(parents_sibling_in_law(path));
  if (steps == "ubd") return text(cousin(path));
  return steps.empty() ? text(kUntold) : std::string();
}

}  // namespace ruhu
