#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "platform/base/result.hpp"

namespace ruhu {

// Small private files that survive a power cut. Each call that writes returns once the disk has the bytes and
// the name.

/// Errors: file_missing; too_large beyond `limit` bytes; io_failed.
Result<std::string> read_small_file(const std::filesystem::path& path, std::size_t limit);

/// Makes the folder (mode 0700) with all folders above it; fine when it is there already. Errors: io_failed,
/// disk_full.
Status make_private_folder(const std::filesystem::path& folder);

enum class IfPresent : unsigned char { refuse, replace };

/// Writes beside the file and moves it there in one step, mode 0600: a reader sees the old bytes or the new
/// ones. Errors: io_failed (also when the file is there and must not be), disk_full.
Status write_durable_file(const std::filesystem::path& path, std::string_view bytes, IfPresent if_present);

/// Brings a file that somebody wrote to the disk and gives it its name in one step. Errors as above; the file keeps its
/// old name then.
Status place_durable_file(const std::filesystem::path& from, const std::filesystem::path& to, IfPresent if_present);

}  // namespace ruhu
