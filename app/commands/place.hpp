#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/queries/visit.hpp"
#include "app/state/app_state.hpp"

// Where the worker was, as it lies in the store (kept::kPlace): a killed app comes back there. What was typed comes
// back from the drafts.
namespace ruhu {

/// A form on screen.
struct FormPlace {
  KindNo kind;
  std::optional<RecordId> id;         ///< Nothing: a new record.
  std::optional<RecordId> household;  ///< As in FormState.
  RecordId dwelling;                  ///< Where a new person's household lives.
  bool newborn = false;
  bool operator==(const FormPlace&) const = default;
};

/// A visit on screen, under the id that it will be saved with.
struct OpenVisit {
  RecordId visit;
  VisitStart start;
};

/// The open pages, bottom to top. Worth keeping only with a visit or a form among them: a list is found again soon.
struct Place {
  Tab tab = Tab::today;
  std::vector<Page> pages;
  RecordId household;  ///< Of the household page.
  RecordId dwelling;
  std::optional<OpenVisit> visit;
  std::optional<FormPlace> person;
  std::optional<FormPlace> record;

  bool is_work() const { return visit || person || record; }
};
std::string encode_place(const Place& place);
/// Nothing for bytes of a form that is unknown or cut short.
std::optional<Place> decode_place(std::string_view bytes);

}  // namespace ruhu
