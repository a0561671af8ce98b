#pragma once
#include <cstdint>
#include <source_location>
#include <span>
#include <string>
#include <string_view>

namespace ruhu {

/// Every ordinary way a thing can fail. One row per code in `error_table()`; the text shown is `error.<key>`.
enum class Errc : std::uint8_t {
  // storage
  disk_full,
  io_failed,
  out_of_memory,
  database_damaged,
  wrong_key,
  not_a_database,
  database_newer,
  database_busy,
  locked_by_other,
  file_missing,
  not_found,
  // data given to us
  unknown_kind,
  unknown_field,
  invalid_value,
  invalid_utf8,
  invalid_json,
  required_missing,
  too_large,
  attachment_missing,
  attachment_quota,
  attachment_too_large,
  photo_unreadable,
  not_enrolled,
  already_enrolled,
  usage,
  // sync
  offline,
  timed_out,
  not_our_server,
  malformed_message,
  wrong_realm,
  wrong_epoch,
  not_authorised,
  code_invalid,
  op_id_reused,
  protocol_newer,
  server_failed,
  out_of_scope,
  tablet_unknown,
  cancelled,
  // life of people, households and places
  head_needed,
  not_a_member,
  deceased,
  not_deceased,
  place_closed,
  already_ended,
  nothing_to_change,
  basis_missing,
  people_differ,
  undo_expired,
  // keys
  pin_wrong,
  key_store_failed,
  not_damaged,   ///< A restore was asked for, but the present database is sound.
  backup_unfit,  ///< The backup is damaged, or not of this tablet.
  parcel_unfit,  ///< A hand-over file that is none, is damaged, or belongs to another platform.
  internal,
};

/// An outcome that the caller must deal with. `detail` goes to the log and never holds personal data.
struct Error {
  Errc code = Errc::internal;
  std::string detail;
  std::source_location at = std::source_location::current();
};

inline Error make_error(Errc code, std::string detail = {}, std::source_location at = std::source_location::current()) {
  return Error{code, std::move(detail), at};
}

/// What the rest of the program does about a code.
struct ErrorTraits {
  Errc code;
  std::string_view key;  ///< Text key suffix: the texts are `error.<key>` and `error.<key>.next`.
  bool transient;        ///< True when doing the same again later may succeed without anybody changing anything.
};

std::span<const ErrorTraits> error_table();
const ErrorTraits& traits_of(Errc code);

/// "key (detail) at file:line", for logs.
std::string to_log_line(const Error& error);

}  // namespace ruhu
