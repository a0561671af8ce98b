#pragma once
#include "app/state/common.hpp"

namespace ruhu {

enum class DueState : std::uint8_t { due, overdue, draft, attempted, done };

/// One door of today's list.
struct TodayRow {
  RecordId household;
  RecordId dwelling;
  std::string title;  ///< "张建国 户", or "空户" where nobody is known.
  std::string address;
  std::vector<Tag> tags;  ///< Care labels and notices, most important first; the screen shows what fits.
  std::string people;     ///< "4人"
  std::string reason;     ///< Why it is due or what was done: "上次走访 42 天前", "今日已完成 09:12".
  DueState state = DueState::due;
  RecordSync sync = RecordSync::synced;
  std::string group;  ///< Heading above the first row of each run: building and entrance, saves stairs.
};

enum class TodayFilter : std::uint8_t { all, due, done };

struct TodayState {
  Load load;
  std::string title;           ///< "第3网格"
  std::string date;            ///< "3月12日 星期四"
  std::vector<TodayRow> rows;  ///< Already filtered and in walking order.
  TodayFilter filter = TodayFilter::all;
  int count_all = 0;
  int count_due = 0;
  int count_done = 0;
  bool no_grid = false;   ///< The platform has taken every grid from this tablet.
  int week_verified = 0;  ///< Dwellings verified since Monday …
  int week_goal = 0;      ///< … of one tenth, rounded up. 0: no goal this week.
};

}  // namespace ruhu
