#pragma once
#include "server/admin/demo/days.hpp"
#include "server/admin/demo/demo_community.hpp"
#include "server/admin/demo/dice.hpp"
#include "server/admin/demo/name_maker.hpp"
#include "server/admin/demo/record_writer.hpp"

namespace ruhu::demo {

/// What everybody who invents something works with.
struct Stage {
  Dice& dice;
  RecordWriter& out;
  NameMaker& names;
  PhoneBook& phones;
  DemoCounts& counts;
  Day today;
};

/// A dwelling that has been handed out, as far as its residents and visits need to know it.
struct Home {
  RecordId dwelling;
  ScopeCode grid;
  std::string address;  ///< Down to the room.
  int built_year = 0;
  int worker = 1;  ///< Number of the grid's first worker.
  bool let = false;
  bool dormitory = false;
  bool shop = false;  ///< Nobody's home at all.
};

/// `source` and `verified` as given, some day in the last year and a half.
inline Provenance provenance_of(Stage& stage, Source source, Verified verified) {
  return {source, verified, stage.today - stage.dice.between(1, 540)};
}

}  // namespace ruhu::demo
