#pragma once
#include <cstdint>

#include "platform/base/result.hpp"
#include "storage/sqlite/database.hpp"

namespace ruhu {

/// Form of the tables that every tablet has beside its records (sys_…); stands in the file as `user_version`.
/// The records' own tables follow the dictionary (tables.hpp).
inline constexpr std::int64_t kLayout = 5;

/// Layout of the file; 0: a new one. database_newer when a later program wrote it.
Result<std::int64_t> read_layout(Database& db);

/// Takes the sys_ tables from whatever layout they have to kLayout, step by step. Nothing is dropped but what can be
/// made again from the rows. Part of the caller's transaction.
Status bring_layout_up(Database& db, std::int64_t from);

}  // namespace ruhu
