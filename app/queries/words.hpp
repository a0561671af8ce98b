#pragma once
#include <string>
#include <unordered_map>

#include "app/queries/query_context.hpp"
#include "app/state/common.hpp"
#include "storage/store.hpp"

// Records in the words of the screen.
namespace ruhu {

inline constexpr std::int32_t kStillValidDays = 90;  ///< A confirmed field is not asked again within it (domain.md W3).

/// Days since 1970-01-01 in China's civil time.
std::int32_t local_day(Instant at);
/// Minutes since local midnight.
int local_minute(Instant at);
Instant start_of_day(std::int32_t day);
/// The Monday on or before the day.
std::int32_t monday_of(std::int32_t day);

std::string iso_of_day(std::int32_t day);                          ///< "2026-03-05"
std::optional<std::int32_t> day_of_iso(std::string_view iso);      ///< Nothing unless a full date.
std::string time_text(Instant at);                                 ///< "09:12"
std::string date_time_text(Instant at);                            ///< "2026-01-29 10:20"
std::string day_title(const QueryContext& ctx, std::int32_t day);  ///< "3月12日 星期四"
/// "今天 08:12", "昨天 17:40", "2026-03-05 08:12".
std::string recent_time_text(const QueryContext& ctx, Instant at);
/// "今天", "昨天", "42 天前".
std::string days_ago_text(const QueryContext& ctx, std::int32_t days);

/// A field's value for reading; empty when it was not asked.
std::string value_text(const QueryContext& ctx, const FieldDef& field, const Value& value);

/// Full years on the day of the query; nothing when the birth date does not tell.
std::optional<int> age_of(const QueryContext& ctx, const Record& person);
std::string person_name(const QueryContext& ctx, const Record& person);   ///< Masked as the role demands.
std::string person_about(const QueryContext& ctx, const Record& person);  ///< "男 · 78岁"

/// Joins what is not empty.
std::string join_facts(std::initializer_list<std::string_view> facts, std::string_view separator = " · ");

/// Names of accounts, each read once.
class ActorNames {
 public:
  explicit ActorNames(Store& store) : store_(store) {}
  const std::string& of(ActorNo actor);  ///< "" when unknown.

 private:
  Store& store_;
  std::unordered_map<std::uint32_t, std::string> known_;
};

/// The day on which what the stamp covers was last said or confirmed; nothing when not known.
std::optional<std::int32_t> day_of_stamp(const Stamp& stamp);
ProvenanceLine provenance_line(const QueryContext& ctx, ActorNames& names, const Stamp& stamp);

}  // namespace ruhu
