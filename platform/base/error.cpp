#include "platform/base/error.hpp"

#include <array>

#include "platform/base/assert.hpp"

namespace ruhu {
namespace {

constexpr auto kTable = std::to_array<ErrorTraits>({
    {Errc::disk_full, "disk_full", true},
    {Errc::io_failed, "io_failed", true},
    {Errc::out_of_memory, "out_of_memory", true},
    {Errc::database_damaged, "database_damaged", false},
    {Errc::wrong_key, "wrong_key", false},
    {Errc::not_a_database, "not_a_database", false},
    {Errc::database_newer, "database_newer", false},
    {Errc::database_busy, "database_busy", true},
    {Errc::locked_by_other, "locked_by_other", true},
    {Errc::file_missing, "file_missing", false},
    {Errc::not_found, "not_found", false},
    {Errc::unknown_kind, "unknown_kind", false},
    {Errc::unknown_field, "unknown_field", false},
    {Errc::invalid_value, "invalid_value", false},
    {Errc::invalid_utf8, "invalid_utf8", false},
    {Errc::invalid_json, "invalid_json", false},
    {Errc::required_missing, "required_missing", false},
    {Errc::too_large, "too_large", false},
    {Errc::attachment_missing, "attachment_missing", false},
    {Errc::attachment_quota, "attachment_quota", false},
    {Errc::attachment_too_large, "attachment_too_large", false},
    {Errc::photo_unreadable, "photo_unreadable", false},
    {Errc::not_enrolled, "not_enrolled", false},
    {Errc::already_enrolled, "already_enrolled", false},
    {Errc::usage, "usage", false},
    {Errc::offline, "offline", true},
    {Errc::timed_out, "timed_out", true},
    {Errc::not_our_server, "not_our_server", true},
    {Errc::malformed_message, "malformed_message", false},
    {Errc::wrong_realm, "wrong_realm", false},
    {Errc::wrong_epoch, "wrong_epoch", false},
    {Errc::not_authorised, "not_authorised", false},
    {Errc::code_invalid, "code_invalid", false},
    {Errc::op_id_reused, "op_id_reused", false},
    {Errc::protocol_newer, "protocol_newer", false},
    {Errc::server_failed, "server_failed", true},
    {Errc::out_of_scope, "out_of_scope", false},
    {Errc::tablet_unknown, "tablet_unknown", false},
    {Errc::cancelled, "cancelled", true},
    {Errc::head_needed, "head_needed", false},
    {Errc::not_a_member, "not_a_member", false},
    {Errc::deceased, "deceased", false},
    {Errc::not_deceased, "not_deceased", false},
    {Errc::place_closed, "place_closed", false},
    {Errc::already_ended, "already_ended", false},
    {Errc::nothing_to_change, "nothing_to_change", false},
    {Errc::basis_missing, "basis_missing", false},
    {Errc::people_differ, "people_differ", false},
    {Errc::undo_expired, "undo_expired", false},
    {Errc::pin_wrong, "pin_wrong", false},
    {Errc::key_store_failed, "key_store_failed", false},
    {Errc::not_damaged, "not_damaged", false},
    {Errc::backup_unfit, "backup_unfit", false},
    {Errc::parcel_unfit, "parcel_unfit", false},
    {Errc::internal, "internal", false},
});

constexpr bool in_enum_order() {
  for (std::size_t i = 0; i < kTable.size(); ++i)
    if (static_cast<std::size_t>(kTable[i].code) != i) return false;
  return kTable.size() == static_cast<std::size_t>(Errc::internal) + 1;
}
static_assert(in_enum_order(), "one row per code, in the order of the enum");

}  // namespace

std::span<const ErrorTraits> error_table() { return kTable; }

const ErrorTraits& traits_of(Errc code) {
  const auto index = static_cast<std::size_t>(code);
  RUHU_ASSERT(index < kTable.size());
  return kTable[index];
}

std::string to_log_line(const Error& error) {
  std::string line{traits_of(error.code).key};
  if (!error.detail.empty()) line += " (" + error.detail + ")";
  return line + " at " + error.at.file_name() + ":" + std::to_string(error.at.line());
}

}  // namespace ruhu
