#include "server/desk/case_decision.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "dictionary_constants.hpp"
#include "platform/base/text.hpp"
#include "server/desk/case_plans.hpp"
#include "server/desk/rule_engine.hpp"
#include "storage/model/life_cycle/merge_moves.hpp"

namespace ruhu::server {
namespace {

constexpr std::size_t kWordsMax = 2'000;  ///< Bytes of a name or reason.
constexpr std::string_view kUndo = "undo";

Status check_words(const CaseDecision& decision) {
  for (const std::string* words : {&decision.by, &decision.reason}) {
    if (words->empty()) return make_error(Errc::required_missing, "name and reason");
    if (words->size() > kWordsMax || !is_valid_utf8(*words)) return make_error(Errc::invalid_value, "name or reason");
  }
  return {};
}

/// What was made by the decision goes again as void; the record itself stays, like every record.
std::vector<MergeMove> ways_back(const DeskWriter& writer) {
  std::vector<MergeMove> moves = writer.moves();
  for (const RecordRef& made : writer.made())
    moves.push_back({made, kinds::person::status, std::string("void"), {}, std::string("active")});
  return moves;
}

class CaseDecider {
 public:
  CaseDecider(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, const CaseDecision& decision)
      : tx_(tx),
        dictionary_(dictionary),
        now_(clock.now()),
        decision_(decision),
        source_(tx, dictionary),
        engine_(tx, dictionary, now_) {}

  Status decide() {
    RUHU_TRY_DONE(open_case());
    if (case_.state != kOpen) return make_error(Errc::already_ended, "case");
    const auto takes = takes_of(case_);
    if (std::find(takes.begin(), takes.end(), decision_.take) == takes.end())
      return make_error(Errc::invalid_value, "take");
    RUHU_TRY(const auto edits, plan_of(source_, case_, decision_, account_of_clerk(), now_));
    RUHU_TRY_DONE(engine_.writer().write(edits, {}));
    case_.moves = text_of_moves(ways_back(engine_.writer()));
    return close(kDecided, decision_.take);
  }

  Status undo() {
    RUHU_TRY_DONE(open_case());
    if (case_.state != kDecided || !case_.decided) return make_error(Errc::already_ended, "case");
    if (now_ > case_.decided->at + std::chrono::days{kMergeUndoDays}) return make_error(Errc::undo_expired, "case");
    RUHU_TRY(const auto edits, plan_undo(source_, case_, decision_, account_of_clerk(), now_));
    RUHU_TRY_DONE(engine_.writer().write(edits, {}));
    case_.moves.clear();
    RUHU_TRY_DONE(close(kOpen, kUndo));
    return engine_.look_again(case_.no);
  }

 private:
  Status open_case() {
    RUHU_TRY_DONE(check_words(decision_));
    RUHU_TRY(const auto found, tx_.find_case(decision_.no));
    if (!found) return make_error(Errc::not_found, "case");
    case_ = *found;
    RUHU_TRY(clerk_, tx_.account_named(decision_.by, "clerk"));
    engine_.writer().set_actor(clerk_.no);
    return {};
  }

  /// Accounts are no records: in a field that names one, a number stands for it.
  RecordId account_of_clerk() const {
    RecordId id;
    for (std::size_t i = 0; i < 4; ++i) id.bytes[15 - i] = static_cast<std::uint8_t>(clerk_.no.value >> (8 * i));
    return id;
  }

  /// Before the rules are asked about what was written: what is decided does not go by itself.
  Status close(std::string_view state, std::string_view take) {
    case_.state = state;
    case_.decided = Conflict::Decided{std::string(take), clerk_.no, decision_.reason, now_};
    RUHU_TRY_DONE(tx_.update_case(case_));
    return engine_.run(engine_.writer().take_touched());
  }

  PlatformTx& tx_;
  const Dictionary& dictionary_;
  Instant now_;
  const CaseDecision& decision_;
  PlatformSource source_;
  RuleEngine engine_;
  DeskCase case_;
  Account clerk_;
};

}  // namespace

std::vector<std::string_view> takes_of(const DeskCase& one) {
  if (one.rule == "duplicate" && (one.situation == 7 || one.situation == 26)) return {"not_same", "keep"};
  if (one.rule == "duplicate") return {"merge", "not_same", "keep"};
  if (one.rule == "number_and_birth") return {"number", "keep"};
  if (one.rule == "contact_after_death") return {"alive", "keep"};
  if (one.rule == "two_heads") return {"head", "keep"};
  if (one.rule == "moved_away" || one.rule == "written_beside_end" || one.rule == "merged_in_circle")
    return {"reopen", "keep"};
  if (one.rule == "stay_at_gone_address" || one.rule == "two_memberships") return {"end", "keep"};
  return {"keep"};
}

Status decide_case(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, const CaseDecision& decision) {
  return CaseDecider(tx, dictionary, clock, decision).decide();
}

Status undo_case(PlatformTx& tx, const Dictionary& dictionary, Clock& clock, const CaseDecision& decision) {
  return CaseDecider(tx, dictionary, clock, decision).undo();
}

}  // namespace ruhu::server
