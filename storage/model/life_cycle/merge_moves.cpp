#include "storage/model/life_cycle/merge_moves.hpp"

#include <charconv>
#include <optional>

#include "storage/model/stored_form.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kParts = 8;
constexpr const char* kNothing = "-";

std::string hex_of(const Value& value) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  if (is_empty(value)) return kNothing;
  std::string hex;
  for (const char c : encode_value(value)) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4U];
    hex += kDigits[byte & 15U];
  }
  return hex;
}

std::optional<std::int64_t> number_of(std::string_view text, int base = 10) {
  std::int64_t number = 0;
  const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return error == std::errc{} && at == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

Result<Value> value_of(std::string_view hex) {
  if (hex == kNothing) return Value{};
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    const auto byte = number_of(hex.substr(i, 2), 16);
    if (!byte) return make_error(Errc::invalid_value, "merge_case.moves");
    bytes += static_cast<char>(*byte);
  }
  return decode_value(bytes);
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return parts;
}

Result<MergeMove> move_of_line(std::string_view line) {
  const auto parts = split(line, ' ');
  if (parts.size() != kParts) return make_error(Errc::invalid_value, "merge_case.moves");
  const auto id = parse_uuid(parts[1]);
  const auto kind = number_of(parts[0]);
  const auto column = number_of(parts[2]);
  const auto source = number_of(parts[3]);
  const auto verified = number_of(parts[4]);
  const auto day = number_of(parts[5]);
  const bool whole = id && kind && column && source && verified && day;
  if (!whole || *source < 0 || *source > static_cast<int>(Source::derived) || *verified < 0 ||
      *verified > static_cast<int>(Verified::confirmed))
    return make_error(Errc::invalid_value, "merge_case.moves");
  MergeMove move;
  move.record = {KindNo{static_cast<decltype(KindNo::value)>(*kind)}, *id};
  move.column = ColumnNo{static_cast<decltype(ColumnNo::value)>(*column)};
  move.evidence = {static_cast<Source>(*source), static_cast<Verified>(*verified), static_cast<std::int32_t>(*day)};
  RUHU_TRY(move.before, value_of(parts[6]));
  RUHU_TRY(move.after, value_of(parts[7]));
  return move;
}

}  // namespace

std::string text_of_moves(const std::vector<MergeMove>& moves) {
  std::string text;
  for (const MergeMove& move : moves) {
    if (!text.empty()) text += '\n';
    text += std::to_string(move.record.kind.value) + ' ' + to_string(move.record.id) + ' ' +
            std::to_string(move.column.value) + ' ' + std::to_string(static_cast<int>(move.evidence.source)) + ' ' +
            std::to_string(static_cast<int>(move.evidence.verified)) + ' ' + std::to_string(move.evidence.as_of_day) +
            ' ' + hex_of(move.before) + ' ' + hex_of(move.after);
  }
  return text;
}

Result<std::vector<MergeMove>> moves_of_text(std::string_view text) {
  std::vector<MergeMove> moves;
  for (const std::string_view line : split(text, '\n')) {
    RUHU_TRY(MergeMove move, move_of_line(line));
    moves.push_back(std::move(move));
  }
  return moves;
}

}  // namespace ruhu
