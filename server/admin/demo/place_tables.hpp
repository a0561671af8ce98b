#pragma once
#include <span>
#include <string_view>

namespace ruhu::demo {

/// Invented names only: no real estate, company, road or village is meant.
struct HomeTown {
  std::string_view division;  ///< County code, 6 digits.
  std::string_view county;    ///< Province and county as in a booklet.
  int weight;                 ///< How many newcomers come from there; any unit.
};

struct NeedPhrase {
  std::string_view category;  ///< L26
  std::string_view mode;      ///< L27
  std::string_view urgency;
  std::string_view text;
  int min_age;  ///< Of the person it is for; 0: for the whole household.
};

std::span<const std::string_view> road_names();
std::span<const std::string_view> lane_names();
std::span<const std::string_view> estate_names();  ///< Commercial compounds.
std::span<const std::string_view> resettlement_names();
std::span<const std::string_view> village_names();  ///< Urban villages and self-built quarters.
std::span<const std::string_view> property_companies();
std::span<const std::string_view> community_names();
std::span<const HomeTown> home_towns();
std::span<const std::string_view> townships();  ///< Second half of a hukou address.

std::span<const std::string_view> best_times();
std::span<const std::string_view> languages();
std::span<const std::string_view> access_notes();
std::span<const std::string_view> contact_notes();  ///< Written when somebody was met …
std::span<const std::string_view> attempt_notes();  ///< … and when nobody was.
std::span<const NeedPhrase> need_phrases();

}  // namespace ruhu::demo
