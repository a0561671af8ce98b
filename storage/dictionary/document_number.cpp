#include "storage/dictionary/document_number.hpp"

#include <algorithm>

#include "platform/base/text.hpp"
#include "storage/dictionary/citizen_id.hpp"

namespace ruhu {
namespace {

constexpr std::string_view kSerialMark = "字第";

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

bool is_letters_and_digits(std::string_view number) {
  return !number.empty() && std::all_of(number.begin(), number.end(), is_letter_or_digit);
}

/// 6-12 letters and digits with at least five digits: E12345678, EA1234567, 123456789.
bool is_passport_number(std::string_view number) {
  const auto digits = std::count_if(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_letters_and_digits(number) && number.size() >= 6 && number.size() <= 12 && digits >= 5;
}

/// To the mainland: 8 digits, or 10 on the older cards that counted renewals.
bool has_travel_permit_digits(std::string_view digits) {
  return is_all_digits(digits) && (digits.size() == 8 || digits.size() == 10);
}

bool is_service_card_number(std::string_view number) {
  return number.find(kSerialMark) != std::string_view::npos || is_letters_and_digits(number);
}

}  // namespace

bool has_document_characters(std::string_view number) {
  if (std::all_of(number.begin(), number.end(), is_letter_or_digit)) return true;
  return number.starts_with("军") || number.starts_with("武") || number.find(kSerialMark) != std::string_view::npos;
}

std::string_view document_shape_key(std::string_view kind, std::string_view number) {
  const std::string_view tail = number.empty() ? number : number.substr(1);
  const bool lettered = !number.empty() && is_letter(number[0]);
  if (kind == "113") {
    const bool household = is_all_digits(number) && number.size() <= 9;
    return household || looks_like_citizen_id(number) ? "" : "check.document.booklet";
  }
  if (kind == "114" || kind == "115")
    return is_service_card_number(number) || number.starts_with("军") || number.starts_with("武")
               ? ""
               : "check.document.service_card";
  if (kind == "414") return is_passport_number(number) ? "" : "check.document.passport";
  if (kind == "511") return has_travel_permit_digits(number) ? "" : "check.document.taiwan_permit";
  if (kind == "516") {
    const bool from_there = lettered && (number[0] == 'H' || number[0] == 'M');
    return from_there && has_travel_permit_digits(tail) ? "" : "check.document.hongkong_macao_permit";
  }
  if (kind == "C02") return lettered && is_all_digits(tail) && tail.size() == 9 ? "" : "check.document.birth";
  return "";
}

}  // namespace ruhu
