#include "app/queries/settings.hpp"

#include <algorithm>
#include <charconv>

#include "app/queries/kept_texts.hpp"
#include "app/queries/record_cache.hpp"
#include "app/queries/today.hpp"
#include "dictionary_constants.hpp"

namespace ruhu {
namespace {

/// "https://grid.example.cn:8443/x" → "grid.example.cn:8443".
std::string host_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return std::string(url.substr(0, url.find('/')));
}

}  // namespace

Result<Lang> stored_language(Store& store, Lang fallback) {
  RUHU_TRY(const std::string name, store.text(kept::kLanguage));
  return name.empty() ? fallback : parse_lang(name);
}

Result<bool> photos_go_anywhere(Store& store) {
  RUHU_TRY(const std::string network, store.text(kept::kPhotoNetwork));
  return network == kept::kAnyNetwork;
}

Result<Settings> query_settings(Store& store, const QueryContext& ctx) {
  Settings settings;
  settings.lang = ctx.lang;
  RUHU_TRY(const std::string percent, store.text(kept::kTextScale));
  int scale = 100;
  std::from_chars(percent.data(), percent.data() + percent.size(), scale);
  settings.text_scale = static_cast<float>(std::clamp(scale, 100, 200)) / 100.0F;
  RUHU_TRY(const bool anywhere, photos_go_anywhere(store));
  settings.photos_on_wifi_only = !anywhere;
  settings.practice = ctx.identity.realm == Realm::practice;
  settings.worker = ctx.identity.actor_name;
  settings.grid = grid_name(store, ctx);
  RecordCache records(store);
  if (!ctx.identity.scopes.empty()) {
    const std::string code = to_string(ctx.identity.scopes.front().community());
    for (const Record* community : records.list(kinds::community::kKind, {kinds::community::code, code}))
      settings.community = community->text(kinds::community::name);
  }
  settings.tablet = ctx.tr("app.tablet", {{"n", std::to_string(ctx.identity.tablet.value)}});
  settings.server = host_of(ctx.identity.server_url);
  settings.dictionary_version = std::to_string(ctx.dictionary.version());
  RUHU_TRY_DONE(records.status());
  return settings;
}

}  // namespace ruhu
