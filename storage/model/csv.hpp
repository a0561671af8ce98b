#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"

namespace ruhu {

/// One row of a CSV file (RFC 4180): cells in quotes where they hold commas, quotes or line breaks.
using CsvRow = std::vector<std::string>;

/// The row with its line end (CRLF).
std::string to_csv(const CsvRow& row);

/// Reads rows one by one; a byte order mark at the start is passed over, LF and CRLF both end a row.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text);

  /// Nothing at the end; empty lines are passed over. invalid_value when a quote is never closed or text follows one,
  /// too_large beyond 1 MiB a row or 1,000 cells: the file cannot be read on from there.
  Result<std::optional<CsvRow>> next();
  /// Line of the file, from 1, on which the last row began.
  std::size_t line() const { return row_line_; }

 private:
  Result<std::string> cell();
  Result<std::string> quoted_cell();

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t row_line_ = 0;
};

}  // namespace ruhu
