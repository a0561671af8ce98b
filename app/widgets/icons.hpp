#pragma once

// Code points of Material Icons that the app draws (tests/ui checks that the font has them).
namespace ruhu::icon {

inline constexpr const char* kAdd = "\uE145";
inline constexpr const char* kAlert = "\uE002";
inline constexpr const char* kApartment = "\uEA40";
inline constexpr const char* kArrowBack = "\uE5C4";
inline constexpr const char* kArrowForward = "\uE5C8";
inline constexpr const char* kBackspace = "\uE14A";
inline constexpr const char* kBaby = "\uEB41";
inline constexpr const char* kCalendar = "\uE935";
inline constexpr const char* kCampaign = "\uEF49";
inline constexpr const char* kCancel = "\uE5C9";
inline constexpr const char* kCheck = "\uE5CA";
inline constexpr const char* kCheckCircle = "\uE86C";
inline constexpr const char* kChevronRight = "\uE5CC";
inline constexpr const char* kClear = "\uE5CD";
inline constexpr const char* kClock = "\uE8B5";
inline constexpr const char* kCloudDone = "\uE2BF";
inline constexpr const char* kCloudOff = "\uE2C1";
inline constexpr const char* kCloudUpload = "\uE2C3";
inline constexpr const char* kConflict = "\uE0B6";
inline constexpr const char* kDocument = "\uE873";
inline constexpr const char* kDoneAll = "\uE877";
inline constexpr const char* kEdit = "\uE3C9";
inline constexpr const char* kExpandLess = "\uE5CE";
inline constexpr const char* kExpandMore = "\uE5CF";
inline constexpr const char* kHandover = "\uE8D4";
inline constexpr const char* kHistory = "\uE889";
inline constexpr const char* kHome = "\uE88A";
inline constexpr const char* kHourglass = "\uE88B";
inline constexpr const char* kInbox = "\uE156";
inline constexpr const char* kInfo = "\uE88E";
inline constexpr const char* kLanguage = "\uE8E2";
inline constexpr const char* kLock = "\uE897";
inline constexpr const char* kLogout = "\uE9BA";
inline constexpr const char* kMore = "\uE5D3";
inline constexpr const char* kNeed = "\uEA70";
inline constexpr const char* kNote = "\uE745";
inline constexpr const char* kPeople = "\uE7FB";
inline constexpr const char* kPerson = "\uE7FD";
inline constexpr const char* kPersonAdd = "\uE7FE";
inline constexpr const char* kPhone = "\uE0CD";
inline constexpr const char* kPlace = "\uE55F";
inline constexpr const char* kPublic = "\uE80B";
inline constexpr const char* kRefresh = "\uE5D5";
inline constexpr const char* kRemove = "\uE15B";
inline constexpr const char* kSchool = "\uE80C";
inline constexpr const char* kSearch = "\uE8B6";
inline constexpr const char* kSettings = "\uE8B8";
inline constexpr const char* kStop = "\uE047";
inline constexpr const char* kSync = "\uE627";
inline constexpr const char* kTablet = "\uE32F";
inline constexpr const char* kTextSize = "\uE262";
inline constexpr const char* kToday = "\uE85D";
inline constexpr const char* kVerified = "\uE8E8";
inline constexpr const char* kVisible = "\uE8F4";

}  // namespace ruhu::icon
