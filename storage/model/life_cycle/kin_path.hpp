#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The way from one person of a family to another, in steps. Only kinship.cpp works with it.
namespace ruhu {

enum class Sex : unsigned char { unknown, male, female };
enum class Step : unsigned char { up, down, spouse, sibling };
enum class Order : unsigned char { unknown, elder, younger };

/// One step and who is reached by it.
struct Tie {
  Step step;
  Sex sex = Sex::unknown;
  Order order = Order::unknown;  ///< Siblings only: of the one reached.
  auto operator<=>(const Tie&) const = default;
};
using KinPath = std::vector<Tie>;

Sex sex_of(std::string_view gender);
Sex opposite(Sex sex);

/// What kind of statement a relation code is.
enum class KinClass : unsigned char {
  path,      ///< Says who it is, step by step.
  relative,  ///< A relative, but not which.
  other,     ///< Not told at all.
  stranger,  ///< Not a relative.
};
struct KinCode {
  KinClass kin = KinClass::other;
  KinPath path;            ///< From the head; empty for the head.
  bool by_choice = false;  ///< Adopted or step: of one of a couple, perhaps not of the other.
};
KinCode kin_code(std::string_view relation);

/// The same way walked back; `start` is the sex of who stood at its beginning.
KinPath reversed(const KinPath& path, Sex start);

/// Shortens what is one step in truth: a parent's spouse is a parent, a brother's father is the own father.
/// Nothing where two people may or may not be one.
std::optional<KinPath> shortened(const KinPath& path, Sex start);

/// The code for a way from a head of this sex; "" where the list has none, "80" where the way does not tell enough.
std::string code_of_path(const KinPath& path, Sex head);

/// "udsb": the steps alone.
std::string steps_of(const KinPath& path);

}  // namespace ruhu
