#include "tests/ui/sample_states.hpp"

#include "tests/ui/sample_history.hpp"

namespace ruhu::test {
namespace {

/// Picks the text of the language.
struct Say {
  Lang lang;
  std::string operator()(const char* zh, const char* en) const { return lang == Lang::zh_cn ? zh : en; }
};

std::vector<TodayRow> today_rows(const Say& say) {
  const std::string group = say("灵水社区 中区 23号 2栋", "Lingshui, Middle 23, building 2");
  const std::string group2 = say("龙兴路 118号", "118 Longxing Road");
  return {
      {sample_id(1),
       sample_id(101),
       say("张建国 户", "Zhang Jianguo"),
       group + say(" 501室", " Room 501"),
       {{say("独居老人", "Lives alone"), Tone::alarm}, {say("低保", "Allowance"), Tone::caution}},
       say("1人", "1 person"),
       say("上次走访 42 天前", "last visit 42 days ago"),
       DueState::overdue,
       RecordSync::synced,
       group},
      {sample_id(2),
       sample_id(102),
       say("吴秀英 户", "Wu Xiuying"),
       group + say(" 502室", " Room 502"),
       {},
       say("4人", "4 people"),
       say("今日已完成 09:12", "done today 09:12"),
       DueState::done,
       RecordSync::pending,
       group},
      {sample_id(3),
       sample_id(103),
       say("蔡明辉 户", "Cai Minghui"),
       say("灵水社区 南区 龙兴路 118号", "118 Longxing Road, South"),
       {{say("流动人口", "Floating"), Tone::info}},
       say("6人", "6 people"),
       say("90 天未核实", "not verified for 90 days"),
       DueState::due,
       RecordSync::synced,
       group2},
      {sample_id(4),
       sample_id(104),
       say("欧阳雪梅 户", "Ouyang Xuemei"),
       say("灵水社区 南区 龙兴路 118号后楼二层左侧出租屋", "118 Longxing Road, rear house, second floor left"),
       {{say("残疾人", "Disability"), Tone::alarm}},
       say("3人", "3 people"),
       say("走访写到一半", "visit half written"),
       DueState::draft,
       RecordSync::synced,
       group2},
      {sample_id(5),
       sample_id(105),
       say("空户", "Empty"),
       say("灵水社区 南区 龙兴路 120号 3楼", "120 Longxing Road, 3rd floor"),
       {},
       "",
       say("上午无人，下午再去", "nobody this morning, try again later"),
       DueState::attempted,
       RecordSync::conflict,
       group2},
      {sample_id(6),
       sample_id(106),
       say("𠅤昱骞 户", "Deng Yuqian"),
       say("灵水社区 北区 11号", "11 North"),
       {{say("新到居民", "New here"), Tone::good}},
       say("2人", "2 people"),
       say("约定今天回访", "revisit agreed for today"),
       DueState::due,
       RecordSync::synced,
       say("北区", "North")},
  };
}

TodayState today(const Say& say) {
  TodayState state;
  state.title = say("第3网格", "Grid 3");
  state.date = say("3月12日 星期四", "Thu 12 March");
  state.rows = today_rows(say);
  state.count_all = 6;
  state.count_due = 5;
  state.count_done = 1;
  state.week_verified = 7;
  state.week_goal = 10;
  return state;
}

Fact fact_of(const Dictionary& dictionary, const Say& say, const char* kind, const char* field, std::string text,
             bool masked = false) {
  const KindDef& def = *dictionary.find_kind(kind);
  const FieldDef& of = *def.find(std::string_view(field));
  return {{def.no, sample_id(1)}, of.no, of.name, of.label.in(say.lang), std::move(text), masked, {}};
}

HouseholdState household(const Dictionary& dictionary, const Say& say) {
  HouseholdState state;
  state.household = sample_id(1);
  state.dwelling = sample_id(101);
  state.household_kind = dictionary.find_kind("household")->no;
  state.dwelling_kind = dictionary.find_kind("dwelling")->no;
  state.title = say("张建国 户", "Zhang Jianguo");
  state.address = say("灵水社区 中区 23号 2栋501室", "Lingshui, Middle 23, building 2, 501");
  state.tags = {{say("独居老人", "Lives alone"), Tone::alarm}, {say("低保", "Allowance"), Tone::caution}};
  state.due = say("上次走访 42 天前，独居老人每月探访一次", "Last visit 42 days ago; monthly care call is due");
  state.due_tone = Tone::caution;
  state.access_note = say("门铃坏，请敲门；只讲闽南话", "Bell broken, please knock; speaks Minnan only");
  state.conflicts = {say("联系电话：您和王芳记录的不一样", "Phone: you and Wang Fang recorded different numbers")};
  state.members = {{sample_id(11),
                    say("张建国", "Zhang Jianguo"),
                    say("户主", "Head"),
                    say("男 · 82岁", "male · 82"),
                    {{say("行动不便", "Needs help"), Tone::caution}},
                    RecordSync::conflict},
                   {sample_id(12),
                    say("张晓雯", "Zhang Xiaowen"),
                    say("孙女", "Granddaughter"),
                    say("女 · 23岁 · 周末来住", "female · 23 · weekends"),
                    {},
                    RecordSync::pending}};
  state.dwelling_facts = {fact_of(dictionary, say, "dwelling", "occupancy", say("有人居住", "Occupied")),
                          fact_of(dictionary, say, "dwelling", "tenure", say("自建住房", "Built by owner")),
                          fact_of(dictionary, say, "dwelling", "area_m2", "89.5 m²"),
                          fact_of(dictionary, say, "dwelling", "rooms", "3")};
  state.household_facts = {fact_of(dictionary, say, "household", "contact_phone", "139****0000", true),
                           fact_of(dictionary, say, "household", "best_time", say("晚上7点后", "After 19:00")),
                           fact_of(dictionary, say, "household", "language", say("闽南话", "Minnan"))};
  state.visits = {
      {sample_id(51), "2026-01-29 10:20", say("李晓", "Li Xiao"), say("面访完成", "Completed face to face"), Tone::good,
       say("老人身体还好，女儿周末来。提醒更换煤气软管。",
           "In good health, daughter comes at weekends. Told to change the gas hose.")},
      {sample_id(52), "2025-12-18 15:05", say("王芳", "Wang Fang"), say("无人在家", "Nobody home"), Tone::neutral, ""}};
  state.needs = {{sample_id(61),
                  say("代办高龄津贴", "Old-age allowance"),
                  say("办事咨询 · 7天内", "Procedures · within 7 days"),
                  {say("处理中", "In hand"), Tone::info}}};
  state.provenance = {
      say("2026-01-29 由李晓核实 · 户口簿 · 见证件", "Verified 2026-01-29 by Li Xiao · booklet · document seen"), true};
  return state;
}

VisitState visit(const Say& say) {
  VisitState state;
  state.revision = 1;
  state.household = sample_id(1);
  state.title = say("张建国 户 · 入户走访", "Zhang Jianguo · visit");
  state.address = say("灵水社区 中区 23号 2栋501室", "Lingshui, Middle 23, building 2, 501");
  state.started = say("10:20 开始", "from 10:20");
  state.notice =
      say("我们是灵水社区网格员，来了解家里住了谁、需要什么服务。信息只用于社区服务和安全，可以不答，也可以随时要求更正"
          "或删除。",
          "We are the grid workers of Lingshui. We ask who lives here and which services you need. You may decline any "
          "question and have the record corrected or deleted.");
  state.roster = {{sample_id(11), say("张建国", "Zhang Jianguo"), say("户主 · 男 · 82岁", "Head · male · 82"),
                   say("42 天前由李晓核实", "Verified 42 days ago by Li Xiao"), true, false},
                  {sample_id(12), say("张晓雯", "Zhang Xiaowen"),
                   say("孙女 · 女 · 23岁", "Granddaughter · female · 23"), "", false, true}};
  state.next_dates = {{say("一周后", "In a week"), "2026-03-19"},
                      {say("一个月后", "In a month"), "2026-04-12"},
                      {say("三个月后", "In three months"), "2026-06-12"}};
  state.initial.household = state.household;
  state.initial.purpose = "02";
  state.initial.next_action = "none";
  return state;
}

VisitState full_visit(const Say& say) {
  VisitState state = visit(say);
  state.revision = 2;
  state.draft_restored = true;
  state.quiet_hours = say("现在是 21:40，晚间走访请写明原因", "It is 21:40: please note why you visit this late");
  state.recent_visit = say("王芳 3 天前刚来过这一户", "Wang Fang was here 3 days ago");
  VisitInput& input = state.initial;
  input.outcome = "01";
  input.notice_given = true;
  input.roster = {{sample_id(11), RosterAnswer::unchanged}, {sample_id(12), RosterAnswer::changed}};
  input.respondent_other = true;
  input.needs = {{"01", say("疏通下水", "Unblock the drain")}, {"12", ""}};
  input.note = say("老人独居，子女在厦门务工。煤气软管老化，已提醒更换；想申请高龄津贴，下次带表格来。",
                   "Lives alone, children work in Xiamen. The gas hose is worn, told to change it; wants the old-age "
                   "allowance, bring the form next time.");
  input.next_action = "revisit";
  input.next_on = "2026-03-19";
  return state;
}

FormState person(const Dictionary& dictionary, const Say& say) {
  const KindDef& kind = *dictionary.find_kind("person");
  const auto column = [&](const char* name) { return kind.find(std::string_view(name))->no; };
  FormState form;
  form.revision = 1;
  form.kind = kind.no;
  form.id = sample_id(11);
  form.household = sample_id(1);
  form.relation = "02";
  form.title = say("张建国", "Zhang Jianguo");
  form.subtitle = say("张建国 户 · 2栋501室", "Zhang Jianguo · building 2, 501");
  form.values = {{column("name"), std::string(say("张建国", "Zhang Jianguo"))},
                 {column("id_type"), std::string("111")},
                 {column("id_verified"), std::string("seen")},
                 {column("gender"), std::string("1")},
                 {column("birth_date"), std::string("1944-03-12")},
                 {column("birth_calendar"), std::string("solar")},
                 {column("category"), std::string("01")}};
  form.masked = {{column("id_no"), "350599********0017"}, {column("phone"), "139****0000"}};
  form.choices = {{kind.no, sample_id(12), say("张晓雯", "Zhang Xiaowen")}};
  form.provenance = {{column("birth_date"), {say("42 天前核实", "verified 42 days ago"), true}}};
  form.hidden_sections = {"death"};
  return form;
}

FormState newborn(const Dictionary& dictionary, const Say& say) {
  const KindDef& kind = *dictionary.find_kind("person");
  const auto column = [&](const char* name) { return kind.find(std::string_view(name))->no; };
  FormState form = person(dictionary, say);
  form.revision = 2;
  form.id.reset();
  form.newborn = true;
  form.draft_restored = true;
  form.title = say("新生儿", "Newborn");
  form.masked.clear();
  form.provenance.clear();
  form.relation = "";
  form.values = {{column("name"), std::string(say("张晓雯之子(未命名)", "Child of Zhang Xiaowen"))},
                 {column("id_type"), std::string("111")},
                 {column("id_no"), std::string("11010519491231002")},
                 {column("birth_date"), std::string("2026-02-30")}};
  form.touched = {column("name"), column("id_no"), column("birth_date")};
  form.findings = {{Strength::error, "id_no", "check.citizen_id.length"},
                   {Strength::error, "birth_date", "check.date"},
                   {Strength::warning, "id_no", "check.birth_differs_from_id"}};
  return form;
}

FormState dwelling(const Dictionary& dictionary, const Say& say) {
  const KindDef& kind = *dictionary.find_kind("dwelling");
  FormState form;
  form.revision = 3;
  form.kind = kind.no;
  form.id = sample_id(101);
  form.title = say("房屋情况", "Dwelling");
  form.subtitle = say("灵水社区 中区 23号 2栋501室", "Lingshui, Middle 23, building 2, 501");
  form.values = {{kind.find(std::string_view("room_no"))->no, std::string("501")},
                 {kind.find(std::string_view("area_m2"))->no, 89.5}};
  return form;
}

SearchState search(const Dictionary& dictionary, const Say& say) {
  const KindNo person_kind = dictionary.find_kind("person")->no;
  SearchState state;
  state.text = "zjg";
  state.total = 24;
  state.rows = {{{person_kind, sample_id(11)},
                 say("张*国", "Zhang *"),
                 say("中区 23号 2栋501室 · 户主", "Middle 23, building 2, 501 · head"),
                 say("拼音首字母", "initials"),
                 {},
                 RecordSync::synced},
                {{dictionary.find_kind("household")->no, sample_id(1)},
                 say("张建国 户", "Zhang Jianguo"),
                 say("中区 23号 2栋501室", "Middle 23, building 2, 501"),
                 say("户主", "head"),
                 {{say("独居老人", "Lives alone"), Tone::alarm}},
                 RecordSync::pending},
                {{dictionary.find_kind("dwelling")->no, sample_id(103)},
                 say("龙兴路 118号", "118 Longxing Road"),
                 say("南区 · 6人", "South · 6 people"),
                 say("地址", "address"),
                 {},
                 RecordSync::synced}};
  return state;
}

SyncState sync(const Dictionary& dictionary, const Say& say) {
  SyncState state;
  state.phase = SyncPhase::offline;
  state.queued = 12;
  state.last_sync = say("今天 08:12", "today 08:12");
  state.coverage =
      say("本网格 91 户的数据完整，可以离线使用。", "All 91 households of this grid are here for offline use.");
  state.conflicts = {{7,
                      {dictionary.find_kind("person")->no, sample_id(11)},
                      say("张建国 · 电话", "Zhang Jianguo · phone"),
                      {"139****0000", say("我", "me"), "3月10日 10:24", say("本人", "the person")},
                      {"138****8000", say("王芳", "Wang Fang"), "3月10日 16:02", say("女儿", "daughter")},
                      {say("等数据专员处理", "with the data clerk"), Tone::caution}}};
  state.photos = 3;
  state.handed_over = 5;
  state.handed_over_since = say("昨天 17:40", "yesterday 17:40");
  state.carried = 2;
  state.quarantined = {
      {"7:42", say("走访 · 南区 120号", "Visit · South 120"),
       say("房屋已转到第5网格，等管理员确认。", "The dwelling has moved to grid 5; the administrator will confirm.")}};
  return state;
}

Settings settings(const Say& say) {
  Settings s;
  s.lang = say.lang;
  s.worker = say("李晓", "Li Xiao");
  s.grid = say("第3网格", "Grid 3");
  s.community = say("灵水社区", "Lingshui community");
  s.tablet = "7";
  s.server = "grid.example.cn";
  s.version = "0.1.0";
  s.dictionary_version = "1";
  return s;
}

void add_list_screens(std::vector<SampleScreen>& out, const AppState& base, const Dictionary& dictionary,
                      const Say& say) {
  const auto add = [&](const char* name, auto change) {
    SampleScreen& screen = out.emplace_back(SampleScreen{name, base, {}});
    change(screen);
  };
  add("today", [](SampleScreen&) {});
  add("today-no-grid", [](SampleScreen& s) {
    s.state.today = {};
    s.state.today.load.phase = Load::Phase::ready;
    s.state.today.no_grid = true;
  });
  add("today-loading", [](SampleScreen& s) { s.state.today.load.phase = Load::Phase::loading; });
  add("today-failed", [](SampleScreen& s) { s.state.today.load = {Load::Phase::failed, Errc::database_damaged}; });
  add("today-empty", [](SampleScreen& s) {
    s.state.today.rows.clear();
    s.state.today.count_all = s.state.today.count_due = s.state.today.count_done = 0;
  });
  add("today-all-done", [](SampleScreen& s) {
    s.state.today.rows.clear();
    s.state.today.filter = TodayFilter::due;
    s.state.today.week_verified = 10;
  });
  add("search-start", [](SampleScreen& s) { s.state.tab = Tab::search; });
  add("search-results", [&](SampleScreen& s) {
    s.state.tab = Tab::search;
    s.state.search = search(dictionary, say);
    s.inputs.search.text = "zjg";
  });
  add("search-none", [](SampleScreen& s) {
    s.state.tab = Tab::search;
    s.inputs.search.text = s.state.search.text = "慕容";
  });
  add("settings", [](SampleScreen& s) { s.state.tab = Tab::settings; });
  const auto new_tablet = [](SampleScreen& s, SyncPhase phase) {
    s.state.today = {};
    s.state.sync = {};
    s.state.sync.phase = phase;
    s.state.sync.received = 189;
  };
  add("today-first-sync", [&](SampleScreen& s) { new_tablet(s, SyncPhase::running); });
  add("today-not-synced", [&](SampleScreen& s) { new_tablet(s, SyncPhase::offline); });
}

void add_sync_screens(std::vector<SampleScreen>& out, const AppState& base, const Say& say) {
  const auto add = [&](const char* name, auto change) {
    SampleScreen& screen = out.emplace_back(SampleScreen{name, base, {}});
    screen.state.tab = Tab::sync;
    change(screen.state);
  };
  add("sync", [](AppState&) {});
  add("sync-running", [](AppState& s) {
    s.sync.phase = SyncPhase::running;
    s.sync.done = 5;
    s.sync.total = 12;
  });
  add("sync-failed", [](AppState& s) {
    s.sync.phase = SyncPhase::failed;
    s.sync.error = Errc::not_our_server;
  });
  add("sync-done", [](AppState& s) {
    s.sync.phase = SyncPhase::idle;
    s.sync.queued = 0;
    s.sync.conflicts.clear();
    s.sync.quarantined.clear();
    s.settings.practice = true;
  });
  add("sync-handover", [&](AppState& s) {
    s.sync.handover = HandoverAnswer{false,
                                     {say("12 条记录还没有上传", "12 changes are not sent yet"),
                                      say("2 张照片还没有上传", "2 photos are not sent yet")}};
  });
}

void add_pages(std::vector<SampleScreen>& out, const AppState& base, const Dictionary& dictionary, const Say& say) {
  const auto add = [&](const char* name, std::vector<Page> pages, auto change) {
    SampleScreen& screen = out.emplace_back(SampleScreen{name, base, {}});
    screen.state.pages = std::move(pages);
    change(screen);
  };
  add("household", {Page::household}, [](SampleScreen&) {});
  add("household-failed", {Page::household}, [](SampleScreen& s) {
    s.state.household.load = {Load::Phase::failed, Errc::not_found};
  });
  add("visit", {Page::household, Page::visit}, [](SampleScreen&) {});
  add("visit-full", {Page::household, Page::visit}, [&](SampleScreen& s) { s.state.visit = full_visit(say); });
  add("person", {Page::household, Page::person}, [&](SampleScreen& s) { s.state.person = person(dictionary, say); });
  add("person-newborn", {Page::household, Page::person},
      [&](SampleScreen& s) { s.state.person = newborn(dictionary, say); });
  add("record-dwelling", {Page::household, Page::record},
      [&](SampleScreen& s) { s.state.record = dwelling(dictionary, say); });
  add("toast", {Page::household},
      [&](SampleScreen& s) { show_toast(s.state, "saved", say("已保存在平板上", "Saved on this tablet")); });
  add("dialog", {Page::household, Page::person}, [&](SampleScreen& s) {
    s.state.person = person(dictionary, say);
    s.state.dialog = Dialog{"confirm",
                            Tone::caution,
                            say("这些地方看起来不太对", "Something looks unusual"),
                            {say("出生日期与身份证号码不一致", "Birth date differs from the citizen number")},
                            say("仍然保存", "Save anyway"),
                            say("再看看", "Look again")};
  });
}

void add_gate(std::vector<SampleScreen>& out, const AppState& base) {
  const auto add = [&](const std::string& name, GateStep step, auto change) {
    SampleScreen& screen = out.emplace_back(SampleScreen{name, base, {}});
    screen.state.gate.step = step;
    change(screen);
  };
  const auto typed = [](SampleScreen& s) {
    s.inputs.welcome = {"https://grid.example.cn", "7KQ2-M0XD", "135790", "135790", true};
  };
  add("opening", GateStep::opening, [](SampleScreen&) {});
  add("welcome", GateStep::welcome, [](SampleScreen&) {});
  add("welcome-missing", GateStep::welcome, [](SampleScreen& s) { s.inputs.welcome.tried = true; });
  add("welcome-differ", GateStep::welcome, [&](SampleScreen& s) {
    typed(s);
    s.inputs.welcome.pin_again = "13579";
  });
  add("welcome-busy", GateStep::welcome, [&](SampleScreen& s) {
    typed(s);
    s.state.gate.busy = true;
  });
  for (const ErrorTraits& row : error_table())
    add("welcome-" + std::string(row.key), GateStep::welcome, [&](SampleScreen& s) {
      typed(s);
      s.state.gate.error = row.code;
    });
  add("locked", GateStep::locked, [](SampleScreen&) {});
  add("locked-typing", GateStep::locked, [](SampleScreen& s) { s.inputs.unlock.pin = "13579"; });
  add("locked-wrong", GateStep::locked, [](SampleScreen& s) { s.state.gate.error = Errc::pin_wrong; });
  add("locked-wait", GateStep::locked, [](SampleScreen& s) {
    s.state.gate.wrong_pins = 6;
    s.state.gate.retry_at = 1000;
  });
  add("locked-busy", GateStep::locked, [](SampleScreen& s) { s.state.gate.busy = true; });
  for (const Errc code : {Errc::database_damaged, Errc::wrong_key, Errc::file_missing, Errc::database_newer,
                          Errc::disk_full, Errc::out_of_memory, Errc::locked_by_other, Errc::io_failed})
    add("trouble-" + std::string(traits_of(code).key), GateStep::trouble,
        [&](SampleScreen& s) { s.state.gate.error = code; });
}

}  // namespace

Uuid sample_id(unsigned n) {
  Uuid id;
  id.bytes[14] = static_cast<std::uint8_t>(n >> 8U);
  id.bytes[15] = static_cast<std::uint8_t>(n);
  return id;
}

AppState sample_state(const Dictionary& dictionary, Lang lang) {
  const Say say{lang};
  AppState state;
  state.settings = settings(say);
  state.today = today(say);
  state.household = household(dictionary, say);
  state.visit = visit(say);
  state.sync = sync(dictionary, say);
  return state;
}

std::vector<SampleScreen> sample_screens(const Dictionary& dictionary, Lang lang) {
  const Say say{lang};
  const AppState base = sample_state(dictionary, lang);
  std::vector<SampleScreen> out;
  add_list_screens(out, base, dictionary, say);
  add_sync_screens(out, base, say);
  add_pages(out, base, dictionary, say);
  add_history_screens(out, base, dictionary, lang);
  add_gate(out, base);
  return out;
}

}  // namespace ruhu::test
