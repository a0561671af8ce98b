#include "app/queries/kept_texts.hpp"

#include <algorithm>

#include "platform/base/text.hpp"

namespace ruhu::kept {

std::string visit_draft(const RecordId& door) { return "draft.visit." + to_string(door); }

std::string form_draft(KindNo kind, std::string_view use, const RecordId& id) {
  return "draft.form." + std::to_string(kind.value) + "." + std::string(use) + "." + to_string(id);
}

Result<std::vector<std::string>> lines(Store& store, std::string_view name) {
  RUHU_TRY(const std::string all, store.text(name));
  std::vector<std::string> items;
  for (const std::string_view item : split(all, '\n'))
    if (!item.empty()) items.emplace_back(item);
  return items;
}

Status set_lines(Store& store, std::string_view name, const std::vector<std::string>& items) {
  return store.set_text(name, join(items, "\n"));
}

Status keep_draft(Store& store, const std::string& name, std::string_view value) {
  RUHU_TRY_DONE(store.set_text(name, value));
  RUHU_TRY(auto names, lines(store, kDrafts));
  const bool known = std::find(names.begin(), names.end(), name) != names.end();
  if (known == !value.empty()) return {};
  if (known)
    std::erase(names, name);
  else
    names.push_back(name);
  return set_lines(store, kDrafts, names);
}

}  // namespace ruhu::kept
