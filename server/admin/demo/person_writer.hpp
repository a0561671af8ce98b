#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/admin/demo/family.hpp"
#include "server/admin/demo/place_tables.hpp"
#include "server/admin/demo/stage.hpp"

namespace ruhu::demo {

/// One person while their household moves in.
struct Resident {
  RecordId id;
  Relative who;
  std::string surname;
  std::string name;
  std::string_view category = "01";  ///< L16
  std::string_view ethnicity = "01";
  std::string_view hukou_division;
  std::string hukou_address;
  RecordId guardian;  ///< Nil: none in this household.
  bool has_partner = false;
  bool lives_alone = false;
  std::string phone;  ///< Filled when the person is written; empty: none known.
};

/// Gives citizen numbers of the practice area, each only once.
class CitizenNumbers {
 public:
  std::string next(Day born, bool male);

 private:
  std::unordered_map<std::int64_t, unsigned> given_;  ///< How many, by day and sex.
};

/// Hands out person records.
class PersonWriter {
 public:
  explicit PersonWriter(Stage& stage) : stage_(stage) {}
  void write(Resident& person, ScopeCode grid);

 private:
  void add_document(RecordDraft& draft, const Resident& person, Provenance& provenance);
  void add_overseas_document(RecordDraft& draft);
  void add_birth(RecordDraft& draft, const Resident& person, bool has_number);
  void add_phone(RecordDraft& draft, Resident& person);
  void add_social(RecordDraft& draft, const Resident& person);
  void add_contacts(RecordDraft& draft, const Resident& person);
  void count(std::string_view category);
  int age_of(const Resident& person) const { return age_on(stage_.today, person.who.born); }

  Stage& stage_;
  CitizenNumbers numbers_;
  std::uint64_t overseas_ = 0;
};

}  // namespace ruhu::demo
