#include "app/queries/query_context.hpp"

#include <algorithm>
#include <array>

#include "dictionary_constants.hpp"

namespace ruhu {

std::string QueryContext::tr(std::string_view key, std::initializer_list<TextArg> args) const {
  return fill(text(lang, key), args);
}

std::string QueryContext::code_label(std::string_view list, std::string_view code) const {
  return code.empty() ? std::string() : dictionary.code_label(list, code, lang);
}

std::vector<std::string> QueryContext::grids() const {
  std::vector<std::string> codes;
  for (const ScopeCode scope : identity.scopes)
    if (scope.is_grid()) codes.push_back(to_string(scope));
  if (codes.empty() && !identity.scopes.empty()) codes.push_back(to_string(identity.scopes.front()));
  return codes;
}

bool QueryContext::sees_names(const Record& record) const {
  static constexpr std::array<std::string_view, 4> kFullRoles = {"worker", "lead", "clerk", "trainer"};
  if (std::find(kFullRoles.begin(), kFullRoles.end(), identity.role) == kFullRoles.end()) return false;
  const auto home = parse_scope_code(record.text(kinds::person::grid_id));
  return home && std::find(identity.scopes.begin(), identity.scopes.end(), *home) != identity.scopes.end();
}

Mask QueryContext::mask_for(const FieldDef& field, const Record& record) const {
  const bool number = field.mask == Mask::id_no || field.mask == Mask::phone;
  return number || !sees_names(record) ? field.mask : Mask::none;
}

}  // namespace ruhu
