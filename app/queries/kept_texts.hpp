#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "storage/store.hpp"

// Names under which the app keeps what is no record: drafts, settings, where the worker was (Store::text).
namespace ruhu::kept {

inline constexpr std::string_view kLanguage = "settings.language";
inline constexpr std::string_view kTextScale = "settings.text_scale";
inline constexpr std::string_view kPhotoNetwork = "settings.photo_network";  ///< Absent: originals on Wi-Fi only …
inline constexpr std::string_view kAnyNetwork = "any";                       ///< … this: on every network.
inline constexpr std::string_view kRecent = "recent";               ///< Households opened lately, newest first.
inline constexpr std::string_view kDrafts = "drafts";               ///< Names of all drafts.
inline constexpr std::string_view kPlace = "place";                 ///< Where the worker was (place.hpp).
inline constexpr std::string_view kSyncComplete = "sync_complete";  ///< "1" once a sync has fetched everything.
inline constexpr std::string_view kAttached = "draft.attached";     ///< Keeps photos of the command line.

/// `door` is the household, or the dwelling where nobody is known.
std::string visit_draft(const RecordId& door);
/// `id` is the record, or for a new one the household it will belong to.
std::string form_draft(KindNo kind, std::string_view use, const RecordId& id);

/// A text that is a list, one item a line.
Result<std::vector<std::string>> lines(Store& store, std::string_view name);
Status set_lines(Store& store, std::string_view name, const std::vector<std::string>& items);

/// Keeps a draft and its place in the list of drafts; an empty value forgets both.
Status keep_draft(Store& store, const std::string& name, std::string_view value);

}  // namespace ruhu::kept
