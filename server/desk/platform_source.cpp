#include "server/desk/platform_source.hpp"

#include <iterator>

#include "storage/dictionary/partial_date.hpp"

namespace ruhu::server {

Result<std::vector<Record>> PlatformSource::pages(KindNo kind, ListOptions options) {
  std::vector<Record> all;
  for (;;) {
    RUHU_TRY(auto page, tx_.list_records(kind, options));
    const bool last = page.size() < options.limit;
    std::move(page.begin(), page.end(), std::back_inserter(all));
    if (last) return all;
    options.after = all.back().ref.id;
  }
}

Result<std::vector<Record>> PlatformSource::list(KindNo kind, ColumnNo column, const Value& value) {
  return pages(kind, {.where = {{column, value}}, .after = {}});
}

Result<std::vector<Record>> PlatformSource::list(KindNo kind) { return pages(kind, {}); }

Occasion occasion_at(Instant now) {
  const CivilDate day = civil_date(now);
  Occasion occasion;
  occasion.now = now;
  occasion.day = to_string(PartialDate{day.year, day.month, day.day});
  return occasion;
}

}  // namespace ruhu::server
