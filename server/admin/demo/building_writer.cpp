#include "server/admin/demo/building_writer.hpp"

#include <algorithm>
#include <array>

#include "dictionary_constants.hpp"

namespace ruhu::demo {
namespace {

constexpr int kLiftFromFloors = 8;
constexpr int kSpreadMicro = 1700;  ///< Buildings stand within some 190 m of the middle of their grid.
constexpr double kMicro = 1e6;

std::string building_code(const CommunitySite& community) {
  return to_string(community.code) + padded(community.buildings, 5);
}

RecordId micro_grid_of(const GridSite& grid) {
  const std::size_t count = grid.micro_grids.size();
  if (grid.doors <= 0) return grid.micro_grids.front();
  const auto at = static_cast<std::size_t>(grid.doors_opened) * count / static_cast<std::size_t>(grid.doors);
  return grid.micro_grids[std::min(at, count - 1)];
}

}  // namespace

Building BuildingWriter::write_building(GridSite& grid, const BuildingSpec& spec) {
  namespace f = kinds::building;
  ++grid.community.buildings;
  Building building{stage_.out.new_id(),
                    {},
                    spec.address,
                    stage_.dice.between(spec.built_from, std::min(spec.built_to, year_of(stage_.today) - 1))};
  RecordDraft draft;
  draft.ref(f::compound_id, spec.compound).text(f::std_address, spec.address).text(f::kind, spec.kind);
  draft.text(f::code, building_code(grid.community)).integer(f::floors, spec.floors);
  draft.integer(f::entrances, std::max(1, spec.entrances)).integer(f::built_year, building.built_year);
  draft.flag(f::lift, spec.floors >= kLiftFromFloors).text(f::use_state, "in_use");
  if (stage_.dice.per_mille(300)) draft.text(f::plate_qr, "MLP|" + building_code(grid.community));
  draft.number(f::lat, (grid.lat_micro + stage_.dice.between(-kSpreadMicro, kSpreadMicro)) / kMicro);
  draft.number(f::lng, (grid.lng_micro + stage_.dice.between(-kSpreadMicro, kSpreadMicro)) / kMicro);
  draft.text(f::coord_sys, "wgs84");
  stage_.out.write({f::kKind, building.id}, grid.code, std::move(draft),
                   provenance_of(stage_, Source::committee, Verified::confirmed));
  write_entrances(grid, building, spec.entrances);
  return building;
}

void BuildingWriter::write_entrances(const GridSite& grid, Building& building, int count) {
  namespace f = kinds::entrance;
  for (int no = 1; no <= count; ++no) {
    building.entrances.push_back(stage_.out.new_id());
    RecordDraft draft;
    draft.ref(f::building_id, building.id).text(f::no, std::to_string(no));
    stage_.out.write({f::kKind, building.entrances.back()}, grid.code, std::move(draft),
                     provenance_of(stage_, Source::committee, Verified::confirmed));
  }
}

Home BuildingWriter::write_dwelling(const GridSite& grid, const Building& building, const DwellingSpec& spec) {
  namespace f = kinds::dwelling;
  const RecordId id = stage_.out.new_id();
  RecordDraft draft;
  draft.ref(f::building_id, building.id).text(f::room_no, spec.room).ref(f::micro_grid_id, micro_grid_of(grid));
  std::string address = building.address;
  if (spec.entrance != kNoEntrance) {
    draft.ref(f::entrance_id, building.entrances[static_cast<std::size_t>(spec.entrance)]);
    if (!spec.names_entrance) address += std::to_string(spec.entrance + 1) + "单元";
  }
  if (!spec.alias.empty()) draft.set(f::room_aliases, {spec.alias});
  draft.text(f::use, spec.use).text(f::occupancy, spec.occupancy).text(f::tenure, spec.let ? "2" : spec.tenure);
  if (spec.area_m2 > 0) draft.number(f::area_m2, spec.area_m2 + (stage_.dice.per_mille(400) ? 0.5 : 0.0));
  if (spec.rooms > 0) draft.integer(f::rooms, spec.rooms);
  if (spec.let) add_rental(draft, spec);
  const bool seen = stage_.dice.per_mille(250);
  stage_.out.write(
      {f::kKind, id}, grid.code, std::move(draft),
      provenance_of(stage_, seen ? Source::booklet : Source::self, seen ? Verified::seen : Verified::declared));
  const bool shop = spec.use == "7";
  return {id, grid.code, address + spec.room, building.built_year, grid.worker, spec.let, spec.dormitory, shop};
}

void BuildingWriter::add_rental(RecordDraft& draft, const DwellingSpec& spec) {
  namespace f = kinds::dwelling;
  static constexpr std::array<std::string_view, 4> kHazards = {"02", "01", "03", "99"};
  Dice& dice = stage_.dice;
  std::string landlord(stage_.names.local_surname());
  const bool man = dice.per_mille(700);
  landlord += stage_.names.given_name(man, dice.between(1950, 1985));
  const std::string phone = stage_.phones.next_mobile();
  draft.text(f::rental_purpose, spec.use == "7" ? "03" : (spec.dormitory ? "01" : "02"));
  draft.flag(f::rental_registered, dice.per_mille(680)).integer(f::rental_rooms, std::max(1, spec.let_rooms));
  draft.set(f::rental_hazards, {std::string(dice.per_mille(850) ? "00" : dice.pick(kHazards))});
  draft.text(f::owner_name, landlord).text(f::owner_phone, phone);
  if (dice.per_mille(600)) draft.text(f::rental_contact_name, landlord).text(f::rental_contact_phone, phone);
}

}  // namespace ruhu::demo
