#pragma once
#include <string>
#include <string_view>

// Days as ISO texts, "2026-03-05". Partial ones are read as their first day. What is no date comes back as given.
namespace ruhu {

std::string day_before(std::string_view day);
std::string days_after(std::string_view day, int days);
/// The same day so many months later, or the last of that month.
std::string months_after(std::string_view day, int months);
/// `day`, or the first day that `since` can mean when that is later.
std::string not_before(std::string_view day, std::string_view since);
/// Full years; an unknown birth date counts as an adult's.
bool is_adult(std::string_view birth_date, std::string_view day);

}  // namespace ruhu
