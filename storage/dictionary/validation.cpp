#include "storage/dictionary/validation.hpp"

#include <algorithm>
#include <cmath>

#include "platform/base/text.hpp"
#include "storage/dictionary/citizen_id.hpp"
#include "storage/dictionary/division.hpp"
#include "storage/dictionary/document_number.hpp"
#include "storage/dictionary/lunar_date.hpp"
#include "storage/dictionary/partial_date.hpp"
#include "storage/dictionary/phone.hpp"
#include "storage/dictionary/uscc.hpp"

namespace ruhu {
namespace {

constexpr std::size_t kTextBytesMax = std::size_t{64} << 10U;  ///< When the field itself states no limit.
constexpr std::size_t kSetItemsMax = 200;
constexpr int kAgeMax = 125;
constexpr int kAgeUnusual = 120;
constexpr std::int64_t kTimeMax = 253'402'300'799'999;  ///< End of the year 9999.
constexpr std::int64_t kTimeMin = -62'135'596'800'000;  ///< Start of the year 1.

/// One value under examination, and what was found so far.
class Examination {
 public:
  Examination(const Dictionary& dictionary, const FieldDef& field, Instant now)
      : dictionary_(dictionary), field_(field), today_(civil_date(now)) {}

  std::vector<Finding> run(const Value& value) {
    if (is_empty(value) || is_gap(value)) return {};
    switch (field_.type) {
      case FieldType::text:
      case FieldType::note:
      case FieldType::digits:
      case FieldType::phone:
      case FieldType::date:
      case FieldType::code: text_value(value); break;
      case FieldType::time:
      case FieldType::integer: whole_number(value); break;
      case FieldType::number: number(value); break;
      case FieldType::boolean: expect(std::holds_alternative<bool>(value)); break;
      case FieldType::ref: expect(!uuid_of(value).is_nil()); break;
      case FieldType::codes:
      case FieldType::refs:
      case FieldType::texts: set(value); break;
    }
    return std::move(found_);
  }

 private:
  void add(std::string_view text_key, Strength strength = Strength::error) {
    found_.push_back({strength, field_.name, std::string(text_key)});
  }
  bool expect(bool right_type) {
    if (!right_type) add("check.type");
    return right_type;
  }

  void text_value(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    if (!expect(text != nullptr) || !readable(*text)) return;
    if (text->empty()) return;
    if (field_.type == FieldType::code) return code(*text);
    if (field_.type == FieldType::date) return date(*text);
    if (field_.check != Check::uscc) length(*text);  // which says itself what is too short
    if (field_.type == FieldType::digits && !is_all_digits(*text)) add("check.digits");
    if (field_.type == FieldType::phone || field_.check == Check::phone) return phone(*text);
    by_check(*text);
  }

  bool readable(const std::string& text) {
    if (!is_valid_utf8(text)) return add("check.utf8"), false;
    const bool lines = field_.type == FieldType::note;
    const auto is_control = [lines](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return byte == 0x7F || (byte < 0x20 && !(lines && (c == '\n' || c == '\t')));
    };
    if (std::any_of(text.begin(), text.end(), is_control)) return add("check.control_character"), false;
    return true;
  }

  void length(const std::string& text) {
    const auto characters = static_cast<double>(length_utf8(text));
    if (field_.min && characters < *field_.min) add("check.too_short");
    if (field_.max ? characters > *field_.max : text.size() > kTextBytesMax) add("check.too_long");
  }

  void code(const std::string& text) {
    const CodeList* list = dictionary_.find_list(field_.list);
    if (list == nullptr || list->find(text) == nullptr) add("check.code");
  }

  void range(double value) {
    if (field_.min && value < *field_.min) add("check.too_small");
    if (field_.max && value > *field_.max) add("check.too_large");
  }

  void whole_number(const Value& value) {
    const auto* number = std::get_if<std::int64_t>(&value);
    if (!expect(number != nullptr)) return;
    if (field_.type == FieldType::integer) return range(static_cast<double>(*number));
    if (*number < kTimeMin || *number > kTimeMax) add("check.time");
  }

  void number(const Value& value) {
    const auto* real = std::get_if<double>(&value);
    const auto* whole = std::get_if<std::int64_t>(&value);
    if (!expect(real != nullptr || whole != nullptr)) return;
    const double amount = real != nullptr ? *real : static_cast<double>(*whole);
    if (!std::isfinite(amount)) return add("check.type");
    range(amount);
  }

  void set(const Value& value) {
    if (const auto* delta = std::get_if<SetDelta>(&value)) return items(delta->added);
    const auto* all = std::get_if<TextSet>(&value);
    if (!expect(all != nullptr)) return;
    const auto count = static_cast<double>(all->items.size());
    if (field_.type == FieldType::refs && field_.min && count < *field_.min) add("check.too_few");
    items(*all);
  }

  void items(const TextSet& all) {
    if (all.items.size() > kSetItemsMax) add("check.too_many");
    for (const std::string& item : all.items) {
      if (!readable(item)) return;
      if (field_.type == FieldType::refs) {
        expect(parse_uuid(item).has_value());
      } else if (field_.type == FieldType::codes) {
        code(item);
      } else {
        text_item(item);
      }
      if (!found_.empty()) return;  // one finding per set is enough to look at it
    }
  }

  void date(const std::string& text) {
    const auto date = parse_partial_date(text);
    if (!date) return add("check.date");
    if (!field_.partial && !date->is_complete()) return add("check.date_incomplete");
    if (field_.check != Check::past_date) return;
    if (first_day(*date) > today_) return add("check.past_date");
    if (age_in_years(last_day(*date), today_) > kAgeMax) add("check.date_too_old");
  }

  void text_item(const std::string& item) {
    if (field_.check == Check::attachment) return attachment(item);
    length(item);
    if (field_.check == Check::phone) phone(split_owned_phone(item).number);
  }

  void phone(const std::string& number) {
    const auto fault = find_phone_fault(number);
    if (!fault) return;
    switch (*fault) {
      case PhoneFault::shape: return add("check.phone");
      case PhoneFault::foreign: return add("check.phone.foreign", Strength::warning);
      case PhoneFault::service: break;
    }
    // A hotline may be one; nobody lives behind it.
    if (field_.sensitivity >= Sensitivity::s2) add("check.phone.service");
  }

  void attachment(const std::string& id) {
    constexpr std::size_t kDigits = 64;
    if (id.size() != kDigits || id.find_first_not_of("0123456789abcdef") != std::string::npos) add("check.attachment");
  }

  void by_check(const std::string& text) {
    switch (field_.check) {
      case Check::person_name: return person_name(text);
      case Check::citizen_id: return document_number(text);
      case Check::division: return division(text);
      case Check::room_no: return room_no(text);
      case Check::past_date: return date(text);
      case Check::uscc: return uscc(text);
      case Check::attachment: return attachment(text);
      case Check::phone:
      case Check::none: return;
    }
  }

  void person_name(const std::string& text) {
    for (const char32_t c : decode_utf8(text)) {
      if ((c >= U'0' && c <= U'9') || (c >= 0xFF10 && c <= 0xFF19)) return add("check.person_name.digits");
      if (c == U'<' || c == U'>' || c == U'@' || c == U'#' || c == U'*') return add("check.person_name.character");
    }
    const std::u32string folded = decode_utf8(fold_for_comparison(text));
    constexpr char32_t kDot = 0xB7;
    if (folded.empty() || folded.front() == kDot || folded.back() == kDot ||
        folded.find(std::u32string{kDot, kDot}) != std::u32string::npos)
      add("check.person_name.dot");
  }

  void document_number(const std::string& text) {
    const std::string number = normalise_citizen_id(text);
    if (!looks_like_citizen_id(number)) {
      if (!has_document_characters(number)) add("check.document_number", Strength::warning);
      return;
    }
    if (const auto fault = find_citizen_id_fault(number, today_)) return add(text_key_of(*fault));
    const auto id = parse_citizen_id(number);
    if (age_in_years(id->birth, today_) > kAgeUnusual) add("check.citizen_id.age", Strength::warning);
    if (!is_plausible_area(id->area)) add("check.citizen_id.area", Strength::warning);
  }

  void division(const std::string& text) {
    if (!is_division_code(text)) add("check.division");
  }

  void uscc(const std::string& text) {
    if (const auto fault = find_uscc_fault(normalise_uscc(text))) add(text_key_of(*fault));
  }

  void room_no(const std::string& text) {
    const auto is_name_part = [](char c) {
      return (static_cast<unsigned char>(c) & 0x80U) != 0 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
             (c >= 'A' && c <= 'Z');
    };
    if (std::none_of(text.begin(), text.end(), is_name_part)) add("check.room_no");
  }

  const Dictionary& dictionary_;
  const FieldDef& field_;
  CivilDate today_;
  std::vector<Finding> found_;
};

bool has_ascii_only(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80U) == 0; });
}

std::string normalise_text(const FieldDef& field, const std::string& text) {
  if (!is_valid_utf8(text)) return text;
  if (field.type == FieldType::phone || field.check == Check::phone) return normalise_phone(text);
  if (field.type == FieldType::date) return iso_date_form(text).value_or(std::string(trim(text)));
  if (field.type == FieldType::digits) {
    std::string digits = fold_for_comparison(text);
    std::erase(digits, ' ');
    return is_all_digits(digits) ? digits : std::string(trim(text));
  }
  if (field.check == Check::uscc) {
    std::string code = normalise_uscc(text);
    return has_ascii_only(code) ? code : std::string(trim(text));
  }
  if (field.check == Check::citizen_id) {
    std::string number = normalise_citizen_id(text);
    return has_ascii_only(number) ? number : std::string(trim(text));
  }
  return std::string(trim(text));
}

std::string normalise_item(const FieldDef& field, const std::string& item) {
  if (const auto id = field.type == FieldType::refs ? parse_uuid(trim(item)) : std::nullopt) return to_string(*id);
  if (field.check == Check::phone && is_valid_utf8(item)) return to_string(split_owned_phone(item));
  return std::string(trim(item));
}

TextSet normalise_items(const FieldDef& field, const TextSet& set) {
  std::vector<std::string> items;
  for (const std::string& item : set.items) {
    std::string plain = normalise_item(field, item);
    if (!plain.empty()) items.push_back(std::move(plain));
  }
  return TextSet::of(std::move(items));
}

std::string arg_text(Lang lang, const FindingArg& arg) {
  if (!arg.day) return arg.value;
  if (arg.lunar)
    if (const auto lunar = lunar_date(to_day_number(*arg.day))) return lunar_text(lang, *lunar);
  return to_string(PartialDate{arg.day->year, arg.day->month, arg.day->day});
}

}  // namespace

Value normalise(const FieldDef& field, Value value) {
  if (auto* text = std::get_if<std::string>(&value)) {
    std::string plain = normalise_text(field, *text);
    if (plain.empty()) return {};
    return plain;
  }
  if (const auto* set = std::get_if<TextSet>(&value)) {
    TextSet plain = normalise_items(field, *set);
    if (plain.items.empty()) return {};
    return plain;
  }
  const auto* whole = std::get_if<std::int64_t>(&value);
  if (whole != nullptr && field.type == FieldType::number) return static_cast<double>(*whole);
  return value;
}

std::vector<Finding> check_value(const Dictionary& dictionary, const FieldDef& field, const Value& value, Instant now) {
  return Examination(dictionary, field, now).run(value);
}

std::string finding_text(Lang lang, const Finding& finding, std::string_view label) {
  std::string words = fill(text(lang, finding.text_key), {{"label", label}});
  for (const FindingArg& arg : finding.args) words = fill(words, {{arg.name, arg_text(lang, arg)}});
  return words;
}

void hide_in_texts(std::vector<Finding>& findings, std::string_view field) {
  for (Finding& finding : findings)
    for (FindingArg& arg : finding.args)
      if (arg.tells_of == field) arg = {.name = arg.name, .value = "••••"};
}

bool is_about_household(const Finding& finding) { return finding.text_key.starts_with("check.household."); }

bool has_error(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& f) { return f.strength == Strength::error; });
}

}  // namespace ruhu
