#include "tests/ui/sample_history.hpp"

#include <functional>

namespace ruhu::test {
namespace {

/// Makes the sample texts of one language.
struct Sample {
  const Dictionary& dictionary;
  Lang lang;

  std::string say(const char* zh, const char* en) const { return lang == Lang::zh_cn ? zh : en; }
  KindNo kind(const char* name) const { return dictionary.find_kind(name)->no; }

  Fact fact(const char* kind_name, const char* field, std::string text, bool masked = false) const {
    const KindDef& def = *dictionary.find_kind(kind_name);
    const FieldDef& of = *def.find(std::string_view(field));
    Fact made{{def.no, sample_id(201)}, of.no, of.name, of.label.in(lang), std::move(text), masked, {}};
    made.provenance = {say("2026-02-18 · 李晓 · 委员会 · 见证件", "2026-02-18 · Li Xiao · committee · document seen"),
                       of.no.value % 2 == 0};
    return made;
  }

  FactSection section(const char* key, const char* zh, const char* en, std::vector<Fact> facts) const {
    return {key, say(zh, en), std::move(facts)};
  }
};

CardState card(const Sample& s) {
  CardState state;
  state.record = {s.kind("enterprise"), sample_id(201)};
  state.kind = s.say("企业店面", "Enterprise");
  state.title = s.say("鑫旺纺织有限公司（龙兴路分厂）", "Xinwang Textiles, Longxing Road works");
  state.subtitle = s.say("企业店面 · 龙兴路120号", "Enterprise · 120 Longxing Road");
  state.tags = {{s.say("九小场所", "Small place"), Tone::neutral}, {s.say("营业", "Open"), Tone::info}};
  state.sync = RecordSync::pending;
  state.conflicts = {s.say("统一社会信用代码", "Credit code")};
  state.provenance = {s.say("2025-10-19 · 导入 · 推算", "2025-10-19 · import · derived"), false};
  state.sections = {
      s.section("basic", "基本信息", "Basics",
                {s.fact("enterprise", "name", state.title), s.fact("enterprise", "uscc", "91350582MA2Y00000U"),
                 s.fact("enterprise", "kind", s.say("九小场所", "Small place"))}),
      s.section("contact", "负责人", "Person responsible",
                {s.fact("enterprise", "responsible_name", s.say("林*明", "Lin *"), true),
                 s.fact("enterprise", "responsible_phone", "138****8000", true)}),
      s.section("safety", "安全情况", "Safety",
                {s.fact("enterprise", "staff_count", "46"), s.fact("enterprise", "sleeping_count", "3")})};
  state.links = {{{s.kind("building"), sample_id(202)},
                  "building_id",
                  s.say("楼栋", "Building"),
                  s.say("阳光花园 3栋", "Sunshine Garden, building 3"),
                  false},
                 {{s.kind("dwelling"), sample_id(203)},
                  "dwelling_id",
                  s.say("房屋", "Dwelling"),
                  s.say("阳光花园 3栋 101室", "Sunshine Garden, building 3, 101"),
                  true}};
  state.unfilled = s.say("另有 11 项没有填写。", "11 more fields hold nothing.");
  return state;
}

HistoryVersion version(const Sample& s, const char* op, std::string text) {
  HistoryVersion v;
  v.op = op;
  v.text = std::move(text);
  v.source = s.say("家人", "family");
  v.verified = s.say("见证件", "document seen");
  v.verified_tone = Tone::info;
  v.as_of = "2026-03-05";
  v.who = s.say("李晓", "Li Xiao");
  v.recorded = "2026-03-05 10:24";
  v.visit = s.say("2026-03-05 10:20 · 信息核实", "2026-03-05 10:20 · verification");
  v.platform = s.say("只在这台平板上，还没有上传", "only on this tablet, not sent yet");
  v.sync = RecordSync::pending;
  return v;
}

HistoryState history(const Sample& s) {
  HistoryState state;
  state.revision = 1;
  state.record = {s.kind("household"), sample_id(1)};
  state.column = s.dictionary.find_kind("household")->find(std::string_view("contact_phone"))->no;
  state.title = s.say("联系电话", "Contact phone");
  state.subtitle = s.say("张建国 户", "Zhang Jianguo");
  state.masked = true;
  state.now = version(s, "7:42", "139****9000");
  HistoryVersion changed = version(s, "7:12", "138****8000");
  changed.until = "2026-03-05 10:24";
  changed.why = s.say("李晓改为新值，只在本机，还没有上传", "Li Xiao wrote a new value, only on this tablet so far");
  changed.why_tone = Tone::caution;
  HistoryVersion lost = version(s, "9:5", "137****7000");
  lost.visit.clear();
  lost.why = s.say("两份记录不一样，等数据专员处理", "two records differ, with the data clerk");
  lost.why_tone = Tone::caution;
  HistoryVersion ruled = version(s, "2:1", "136****6000");
  ruled.until = "2026-01-02 09:12";
  ruled.source.clear();
  ruled.why = s.say("平台按规则采用了另一个值（王芳）", "the platform took another value by its rules (Wang Fang)");
  ruled.why_tone = Tone::info;
  state.past = {changed, lost, ruled};
  state.days = {"2026-03-05", "2026-01-02", "2025-10-19"};
  return state;
}

void as_on_day(const Sample& s, HistoryState& state) {
  state.day = "2026-01-02";
  Fact phone = s.fact("household", "contact_phone", "138****8000", true);
  phone.note = s.say("现在：139****9000", "Today: 139****9000");
  Fact note = s.fact("household", "access_note", s.say("门铃坏，请敲门", "Bell broken, please knock"));
  note.note = s.say("现在：没有内容（已清空）", "Today: nothing (cleared)");
  state.then = {s.section("basic", "基本信息", "Basics",
                          {s.fact("household", "kind", s.say("家庭户", "Family")),
                           s.fact("household", "head_person_id", s.say("张建国", "Zhang Jianguo"))}),
                s.section("contact", "联系方式", "Contact", {phone, note})};
}

SearchState search(const Sample& s) {
  SearchState state;
  state.text = "暖心";
  const auto row = [&](const char* kind, unsigned id, std::string title, std::string address, std::vector<Tag> tags) {
    SearchRow& made = state.rows.emplace_back();
    made.record = {s.kind(kind), sample_id(id)};
    made.title = std::move(title);
    made.subtitle = std::move(address);
    made.matched = s.say("名称", "Name");
    made.tags = std::move(tags);
  };
  row("enterprise", 201, s.say("暖心百货商行", "Warm Heart General Store"), s.say("龙兴路120号", "120 Longxing Road"),
      {{s.say("店面、沿街商户", "Shop on the street"), Tone::neutral}, {s.say("营业", "Open"), Tone::info}});
  row("social_org", 204, s.say("暖心社工服务中心", "Warm Heart social work centre"), "",
      {{s.say("社会组织", "Social organisation"), Tone::neutral}});
  row("volunteer", 205, s.say("陈*心 · V0001", "Chen * · V0001"), "",
      {{s.say("志愿者", "Volunteer"), Tone::neutral}, {s.say("已通过", "Approved"), Tone::info}});
  row("case", 206, s.say("SJ-2026-031 · 暖心小区门口积水，老人出行不便", "SJ-2026-031 · flooded gate of Warm Heart"),
      s.say("暖心小区北门", "North gate of Warm Heart"), {{s.say("处置中", "In hand"), Tone::info}});
  row("compound", 207, s.say("暖心小区", "Warm Heart compound"), "", {{s.say("老旧小区", "Old"), Tone::neutral}});
  row("enterprise", 208, s.say("暖心小吃店", "Warm Heart snacks"), s.say("龙兴路8号", "8 Longxing Road"),
      {{s.say("店面、沿街商户", "Shop on the street"), Tone::neutral}, {s.say("已搬离", "Moved away"), Tone::neutral}});
  state.rows.back().ended = true;
  state.total = static_cast<int>(state.rows.size());
  return state;
}

}  // namespace

void add_history_screens(std::vector<SampleScreen>& out, const AppState& base, const Dictionary& dictionary,
                         Lang lang) {
  const Sample s{dictionary, lang};
  const auto add = [&](const char* name, Page page, const std::function<void(SampleScreen&)>& change) {
    SampleScreen& screen = out.emplace_back(SampleScreen{name, base, {}});
    screen.state.pages = {page};
    change(screen);
  };
  add("card", Page::card, [&](SampleScreen& x) { x.state.card = card(s); });
  add("card-failed", Page::card, [](SampleScreen& x) { x.state.card.load = {Load::Phase::failed, Errc::not_found}; });
  add("card-loading", Page::card, [](SampleScreen& x) { x.state.card.load.phase = Load::Phase::loading; });
  add("search-kinds", Page::card, [&](SampleScreen& x) {
    x.state.tab = Tab::search;
    x.state.pages.clear();
    x.state.search = search(s);
    x.inputs.search.text = x.state.search.text;
  });
  add("history", Page::household, [&](SampleScreen& x) { x.state.history = history(s); });
  add("history-only-value", Page::household, [&](SampleScreen& x) {
    x.state.history = history(s);
    x.state.history->past.clear();
    x.state.history->now->source.clear();
  });
  add("history-empty", Page::household, [&](SampleScreen& x) {
    x.state.history = history(s);
    x.state.history->now.reset();
    x.state.history->past.clear();
  });
  add("history-failed", Page::household, [&](SampleScreen& x) {
    x.state.history = HistoryState{.load = {Load::Phase::failed, Errc::database_damaged}, .revision = 1};
  });
  add("history-loading", Page::household, [&](SampleScreen& x) {
    x.state.history = HistoryState{.load = {Load::Phase::loading, {}}, .revision = 1};
  });
  const auto by_day = [&](SampleScreen& x, const char* day) {
    x.state.history = history(s);
    x.inputs.history = {.revision = 1, .view = HistoryView::day, .day = day};
  };
  add("history-day-start", Page::household, [&](SampleScreen& x) { by_day(x, ""); });
  add("history-day", Page::household, [&](SampleScreen& x) {
    by_day(x, "2026-01-02");
    as_on_day(s, *x.state.history);
  });
  add("history-day-problem", Page::household, [&](SampleScreen& x) {
    by_day(x, "2026-02-30");
    x.state.history->day = "2026-02-30";
    x.state.history->day_problem =
        s.say("没有这个日期，请按 2026-03-12 的样子填写。", "There is no such date. Write it like 2026-03-12.");
  });
}

}  // namespace ruhu::test
