#pragma once
#include "storage/model/duplicates/likeness.hpp"

namespace ruhu {

/// Weighs one reason after the other.
class Scale {
 public:
  /// A reason for (positive) or against.
  void add(int weight, std::string_view reason) {
    score_ += weight;
    reasons_.emplace_back(reason);
  }
  /// What was weighed so far, as `alike` or `different` by kAskFrom.
  Likeness read(int situation) const;
  Likeness as(Likeness::Verdict verdict, int score, int situation) const {
    return {verdict, score, situation, reasons_};
  }

 private:
  int score_ = 0;
  std::vector<std::string> reasons_;
};

Likeness compare_persons(const Record& one, const Record& other, const Homes& homes_of_one,
                         const Homes& homes_of_other);
Likeness compare_volunteers(const Record& one, const Record& other);
Likeness compare_dwellings(const Record& one, const Record& other);
Likeness compare_households(const Record& one, const Record& other);
Likeness compare_enterprises(const Record& one, const Record& other);
Likeness compare_cases(const Record& one, const Record& other);

/// The citizen number in the form in which two are compared; "" for none, a wrong one, or another document's.
std::string comparable_number(const Record& person);
/// Numbers that can reach the person, without owners and repeats.
std::vector<std::string> phones_of(const Record& record);
/// What two spellings of a room have in common: "3单元502", "3-502" and "502室".
struct RoomName {
  std::string entrance;  ///< "" when not told.
  std::string room;      ///< "502"; the whole folded text where there is no number in it.
  std::string part;      ///< "a" of "502A", a room let separately.
};
RoomName comparable_room(std::string_view room_no);

}  // namespace ruhu
