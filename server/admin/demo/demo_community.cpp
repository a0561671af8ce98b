#include "server/admin/demo/demo_community.hpp"

#include <array>
#include <utility>

#include "dictionary_constants.hpp"
#include "platform/base/assert.hpp"
#include "server/admin/demo/area_builder.hpp"
#include "server/admin/demo/place_tables.hpp"

namespace ruhu {
namespace demo {
namespace {

constexpr int kMadeDaysAgo = 90;  ///< When the demo records pretend to have been entered.
constexpr int kMiddleLat = 24'731'000;
constexpr int kMiddleLng = 118'522'000;
constexpr int kGridStep = 4'000;  ///< Some 420 m.
constexpr int kGridsPerRow = 6;

constexpr std::array kAllKinds = {kinds::community::kKind, kinds::grid::kKind,      kinds::micro_grid::kKind,
                                  kinds::compound::kKind,  kinds::building::kKind,  kinds::entrance::kKind,
                                  kinds::dwelling::kKind,  kinds::household::kKind, kinds::membership::kKind,
                                  kinds::person::kKind,    kinds::residency::kKind, kinds::visit::kKind,
                                  kinds::need::kKind};

/// Walks through the plan and has everything handed out.
class Generator {
 public:
  Generator(const DemoOptions& options, Dice& dice, const DemoSink& sink)
      : dice_(dice),
        out_(instant_of(day_of(options.today) - kMadeDaysAgo, 0), dice, sink),
        names_(dice),
        phones_(dice),
        stage_{dice_, out_, names_, phones_, counts_, day_of(options.today)},
        addresses_(dice),
        households_(stage_) {}

  DemoCounts run(const std::vector<CommunityPlan>& plan) {
    for (const auto& community : plan) write_community(community);
    return total();
  }

 private:
  void write_community(const CommunityPlan& plan);
  void write_grids(const CommunityPlan& plan);
  std::vector<RecordId> write_compounds(const CommunityPlan& plan);
  void build_grid(const CommunityPlan& plan, const GridPlan& grid, const std::vector<RecordId>& compounds,
                  CommunitySite& site);
  std::vector<RecordId> write_micro_grids(const GridPlan& grid);
  DemoCounts total() const;
  Provenance official() { return provenance_of(stage_, Source::committee, Verified::confirmed); }

  Dice& dice_;
  RecordWriter out_;
  NameMaker names_;
  PhoneBook phones_;
  DemoCounts counts_;
  Stage stage_;
  AddressBook addresses_;
  HouseholdWriter households_;
  int grids_numbered_ = 0;  ///< In all communities; numbers the logins.
  int grids_built_ = 0;
  std::size_t areas_ = 0;
};

void Generator::write_community(const CommunityPlan& plan) {
  namespace f = kinds::community;
  RecordDraft draft;
  draft.text(f::code, to_string(plan.code)).text(f::name, plan.name).text(f::kind, "3");
  const RecordId id = out_.new_id();
  out_.write({f::kKind, id}, plan.code, std::move(draft), official());
  write_grids(plan);
  const auto compounds = write_compounds(plan);
  households_.begin_community(plan.households, plan.needs);
  CommunitySite site{plan.code, 0};
  for (const auto& grid : plan.grids) build_grid(plan, grid, compounds, site);
}

void Generator::write_grids(const CommunityPlan& plan) {
  namespace f = kinds::grid;
  for (const auto& grid : plan.grids) {
    const std::string number = padded(static_cast<unsigned>(++grids_numbered_), 2);
    RecordDraft draft;
    draft.text(f::code, to_string(grid.code)).text(f::name, grid.name);
    draft.text(f::kind, grid.dedicated ? "dedicated" : "basic");
    draft.set(f::worker_ids, {to_string(demo_account_id("w" + number))});
    draft.ref(f::supervisor_id, demo_account_id("s" + number));
    const RecordId id = out_.new_id();
    out_.write({f::kKind, id}, plan.code, std::move(draft), official());
  }
}

std::vector<RecordId> Generator::write_compounds(const CommunityPlan& plan) {
  namespace f = kinds::compound;
  std::vector<RecordId> ids;
  for (const auto& compound : plan.compounds) {
    std::string_view kind = "5";
    if (compound.quarter == Quarter::estate) kind = "1";
    if (compound.quarter == Quarter::resettlement) kind = "3";
    if (compound.quarter == Quarter::urban_village) kind = "4";
    const bool managed = kind == "1" || kind == "3";
    ids.push_back(out_.new_id());
    RecordDraft draft;
    draft.text(f::name, compound.name).text(f::kind, kind).flag(f::has_gate, managed);
    if (managed) draft.text(f::property_company, dice_.pick(property_companies()));
    out_.write({f::kKind, ids.back()}, plan.code, std::move(draft), official());
  }
  return ids;
}

std::vector<RecordId> Generator::write_micro_grids(const GridPlan& grid) {
  namespace f = kinds::micro_grid;
  std::vector<RecordId> ids;
  for (int no = 1; no <= grid.micro_grids; ++no) {
    ids.push_back(out_.new_id());
    RecordDraft draft;
    draft.integer(f::no, no);
    out_.write({f::kKind, ids.back()}, grid.code, std::move(draft), official());
  }
  return ids;
}

void Generator::build_grid(const CommunityPlan& plan, const GridPlan& grid, const std::vector<RecordId>& compounds,
                           CommunitySite& site) {
  GridSite here{site, grid.code, write_micro_grids(grid), 0};
  here.lat_micro = kMiddleLat + grids_built_ / kGridsPerRow * kGridStep;
  here.lng_micro = kMiddleLng + grids_built_ % kGridsPerRow * kGridStep;
  here.worker = ++grids_built_;
  for (const auto& area : grid.areas)
    here.doors += static_cast<int>(area.locals.size() + area.lets.size()) + area.shops;
  for (const auto& area : grid.areas) {
    const std::string_view road = road_names()[areas_++ % road_names().size()];
    const bool inside = area.compound != kNoCompound;
    AreaSite area_site{here, area, inside ? compounds[area.compound] : RecordId{},
                       inside ? plan.compounds[area.compound].name : std::string(), road};
    AreaBuilder(stage_, addresses_, households_, area_site).build();
  }
  RUHU_ASSERT(here.doors_opened == here.doors);
}

DemoCounts Generator::total() const {
  DemoCounts counts = counts_;
  counts.communities = out_.written(kinds::community::kKind);
  counts.grids = out_.written(kinds::grid::kKind);
  counts.micro_grids = out_.written(kinds::micro_grid::kKind);
  counts.compounds = out_.written(kinds::compound::kKind);
  counts.buildings = out_.written(kinds::building::kKind);
  counts.entrances = out_.written(kinds::entrance::kKind);
  counts.dwellings = out_.written(kinds::dwelling::kKind);
  counts.households = out_.written(kinds::household::kKind);
  counts.memberships = out_.written(kinds::membership::kKind);
  counts.persons = out_.written(kinds::person::kKind);
  counts.residencies = out_.written(kinds::residency::kKind);
  counts.visits = out_.written(kinds::visit::kKind);
  counts.needs = out_.written(kinds::need::kKind);
  return counts;
}

}  // namespace
}  // namespace demo

Result<DemoCounts> generate_demo(const Dictionary& dictionary, const DemoOptions& options, const DemoSink& sink) {
  for (const KindNo kind : demo::kAllKinds)
    if (dictionary.find_kind(kind) == nullptr)
      return make_error(Errc::unknown_kind, "the dictionary has no kind " + std::to_string(kind.value));
  demo::Dice dice(options.seed);
  const auto plan = demo::make_plan(options.size, dice);
  if (!plan) return make_error(Errc::usage, "unknown size of demo: " + options.size);
  return demo::Generator(options, dice, sink).run(*plan);
}

Uuid demo_account_id(std::string_view login) {
  constexpr std::size_t kLoginMax = 6;
  RUHU_ASSERT(!login.empty() && login.size() <= kLoginMax);
  Uuid id;
  id.bytes[6] = 0x70;  // version 7
  id.bytes[8] = 0x80;
  for (std::size_t i = 0; i < login.size(); ++i)
    id.bytes[id.bytes.size() - login.size() + i] = static_cast<std::uint8_t>(login[i]);
  return id;
}

}  // namespace ruhu
