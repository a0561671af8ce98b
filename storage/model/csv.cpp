#include "storage/model/csv.hpp"

#include <algorithm>

namespace ruhu {
namespace {

constexpr std::size_t kRowBytesMax = std::size_t{1} << 20U;
constexpr std::size_t kCellsMax = 1'000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool needs_quotes(std::string_view cell) {
  const bool edge_blank = !cell.empty() && (cell.front() == ' ' || cell.back() == ' ');
  // At the start of a file a byte order mark would be passed over.
  return edge_blank || cell.starts_with(kByteOrderMark) || cell.find_first_of(",\"\r\n") != std::string_view::npos;
}

}  // namespace

std::string to_csv(const CsvRow& row) {
  std::string out;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) out += ',';
    // A row of one empty cell would read as an empty line.
    if (!needs_quotes(row[i]) && !(row.size() == 1 && row[i].empty())) {
      out += row[i];
      continue;
    }
    out += '"';
    for (const char c : row[i]) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  return out + "\r\n";
}

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

Result<std::string> CsvReader::quoted_cell() {
  std::string out;
  for (++at_; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == '\n') ++line_;
    if (c != '"') {
      out += c;
    } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
      out += text_[++at_];
    } else {
      ++at_;
      const bool ends = at_ == text_.size() || text_[at_] == ',' || text_[at_] == '\n' || text_[at_] == '\r';
      if (!ends) return make_error(Errc::invalid_value, "text after a closing quote");
      return out;
    }
    if (out.size() > kRowBytesMax) return make_error(Errc::too_large, "row");
  }
  return make_error(Errc::invalid_value, "a quote is not closed");
}

Result<std::string> CsvReader::cell() {
  if (at_ < text_.size() && text_[at_] == '"') return quoted_cell();
  const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
  std::string out(text_.substr(at_, end - at_));
  at_ = end;
  return out;
}

Result<std::optional<CsvRow>> CsvReader::next() {
  while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r'))
    if (text_[at_++] == '\n') ++line_;
  if (at_ >= text_.size()) return std::optional<CsvRow>{};
  row_line_ = line_;
  const std::size_t start = at_;
  CsvRow row;
  for (;;) {
    if (row.size() == kCellsMax || at_ - start > kRowBytesMax) return make_error(Errc::too_large, "row");
    RUHU_TRY(std::string one, cell());
    row.push_back(std::move(one));
    if (at_ >= text_.size() || text_[at_] != ',') break;
    ++at_;
  }
  if (at_ < text_.size() && text_[at_] == '\r') ++at_;
  if (at_ < text_.size() && text_[at_] == '\n') ++at_, ++line_;
  return std::optional<CsvRow>{std::move(row)};
}

}  // namespace ruhu
