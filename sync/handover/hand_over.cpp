#include "sync/handover/hand_over.hpp"

#include <algorithm>

#include "sync/protocol/server_error.hpp"
#include "sync/replicator/batches.hpp"
#include "sync/replicator/replicator.hpp"

namespace ruhu {
namespace {

/// Raw bytes of ops in one parcel: less than a parcel may take, and one exchange's worth for the platform.
constexpr std::size_t kOpBytesPerParcel = std::size_t{1} << 20U;
constexpr std::size_t kOwnParcelsPerFile = 64;

std::uint64_t last_counter(const std::vector<Change>& changes, std::uint64_t before) {
  return changes.empty() ? before : changes.back().id.counter;
}

/// The same number only while no cursor has moved, come or gone.
std::uint64_t digest_of(const std::vector<CursorAt>& cursors) {
  std::uint64_t digest = 14'695'981'039'346'656'037U;
  for (const CursorAt& cursor : cursors)
    for (const std::uint64_t part : {cursor.scope.value, cursor.lsn.value})
      digest = (digest ^ part) * 1'099'511'628'211U;
  return digest | 1U;
}

bool is_conflict(const OpResult& result) { return result.outcome == OpOutcome::conflict; }

}  // namespace

Result<ParcelFile> HandOver::begin_file(const Identity& identity) {
  ParcelFile file;
  file.platform_key = identity.server_key;
  file.realm = identity.realm;
  file.from = identity.tablet;
  return file;
}

Result<HandOver::Exported> HandOver::export_parcels() {
  RUHU_TRY(const auto identity, parts_.store.identity());
  if (!identity) return make_error(Errc::not_enrolled);
  RUHU_TRY(ParcelFile file, begin_file(*identity));
  Exported exported;
  RUHU_TRY_DONE(add_own(*identity, file, exported));
  RUHU_TRY_DONE(add_answers(file, exported));
  exported.file = encode_parcel_file(file);
  return exported;
}

Result<HandOver::Exported> HandOver::export_answers() {
  RUHU_TRY(const auto identity, parts_.store.identity());
  if (!identity) return make_error(Errc::not_enrolled);
  RUHU_TRY(ParcelFile file, begin_file(*identity));
  Exported exported;
  RUHU_TRY_DONE(add_answers(file, exported));
  exported.file = encode_parcel_file(file);
  return exported;
}

/// From the first op that the platform has not confirmed, so that a file lost on the way is made up for by the next.
/// Cursors go with the last parcel alone, or each answer would bring the same news.
Status HandOver::add_own(const Identity& identity, ParcelFile& file, Exported& exported) {
  RUHU_TRY(const auto acknowledged, parts_.store.changes().acknowledged_up_to());
  RUHU_TRY(const SyncMarks marks, parts_.store.marks());
  std::uint64_t upto = acknowledged;
  do {
    RUHU_TRY(const auto changes, parts_.store.changes().after(upto, kOpBytesPerParcel));
    RUHU_TRY(SyncRequest request, begin_request(parts_.store, identity, parts_.random));
    request.batches = to_batches(changes);
    upto = last_counter(changes, upto);
    exported.ops += static_cast<std::int64_t>(changes.size());
    const bool last = upto == marks.newest || exported.own.size() + 1 == kOwnParcelsPerFile;
    OwnParcel parcel{request.nonce, identity.tablet, identity.epoch, upto, parts_.clock.now()};
    if (last) RUHU_TRY_DONE(ask_for_news(request, parcel));
    const std::string sealed = seal(identity.tablet, encode_request(request), parts_.sign);
    RUHU_TRY(std::string box, parts_.seal_box(identity.server_key, sealed));
    if (box.size() > kParcelBytesMax) return make_error(Errc::too_large, "parcel");
    file.items.push_back({ParcelFile::For::platform, identity.tablet, std::move(box)});
    exported.own.push_back(parcel);
  } while (upto < marks.newest && exported.own.size() < kOwnParcelsPerFile);
  exported.left = static_cast<std::int64_t>(marks.newest - upto);
  return {};
}

/// Of scopes that the tablet has; a first fetch is for a network.
Status HandOver::ask_for_news(SyncRequest& request, OwnParcel& parcel) {
  RUHU_TRY(request.cursors, parts_.store.cursors());
  parcel.cursors = digest_of(request.cursors);
  std::erase_if(request.cursors, [](const CursorAt& cursor) { return cursor.lsn.value == 0; });
  return {};
}

Status HandOver::add_answers(ParcelFile& file, Exported& exported) {
  RUHU_TRY(const auto carried, parts_.store.parcels().to_tablets());
  std::size_t room = kParcelFileBytesMax / 2;
  for (const ParcelFile::Item& item : file.items) room -= std::min(room, item.box.size());
  // The newest first: they tell most, and older ones may have been taken in already.
  for (auto one = carried.rbegin(); one != carried.rend(); ++one) {
    if (file.items.size() == kParcelsPerFileMax || one->box.size() > room) break;
    room -= one->box.size();
    file.items.push_back({ParcelFile::For::tablet, one->tablet, one->box});
    ++exported.answers;
  }
  return {};
}

Result<ParcelFile> HandOver::open_file(std::string_view bytes, const Identity& identity) const {
  RUHU_TRY(ParcelFile file, decode_parcel_file(bytes));
  if (file.platform_key != identity.server_key) return make_error(Errc::parcel_unfit, "of another platform");
  if (file.realm != identity.realm) return make_error(Errc::wrong_realm, "hand-over file");
  return file;
}

Result<HandOver::Imported> HandOver::import_parcels(std::string_view bytes) {
  RUHU_TRY(const auto identity, parts_.store.identity());
  if (!identity) return make_error(Errc::not_enrolled);
  RUHU_TRY(const ParcelFile file, open_file(bytes, *identity));
  Imported imported;
  RUHU_TRY_DONE(carry_for_others(file, *identity, imported));
  std::vector<Answer> answers;
  for (const ParcelFile::Item& item : file.items) {
    if (item.whom != ParcelFile::For::tablet || item.tablet != identity->tablet) continue;
    RUHU_TRY(auto answer, open_answer(item.box, *identity));
    if (answer)
      answers.push_back(std::move(*answer));
    else
      ++imported.stale;
  }
  // Results settle ops in the order in which they were made.
  std::stable_sort(answers.begin(), answers.end(),
                   [](const Answer& a, const Answer& b) { return a.parcel.upto < b.parcel.upto; });
  for (Answer& answer : answers) RUHU_TRY_DONE(take_answer(std::move(answer), imported));
  return imported;
}

Status HandOver::carry_for_others(const ParcelFile& file, const Identity& identity, Imported& imported) {
  std::vector<CarriedParcel> parcels;
  for (const ParcelFile::Item& item : file.items) {
    if (item.tablet == identity.tablet) continue;
    const bool up = item.whom == ParcelFile::For::platform;
    parcels.push_back(
        {0, up ? CarriedParcel::State::to_platform : CarriedParcel::State::to_tablet, item.tablet, item.box});
  }
  RUHU_TRY(imported.carried, parts_.store.parcels().carry(parcels));
  return {};
}

Result<std::optional<HandOver::Answer>> HandOver::open_answer(std::string_view box, const Identity& identity) {
  const auto sealed = parts_.open_box(box);
  if (!sealed.ok()) return std::optional<Answer>{};
  const auto opened = open_envelope(*sealed, parts_.check);
  if (!opened.ok() || opened->tablet != identity.tablet) return std::optional<Answer>{};
  auto response = decode_response(opened->message);
  if (!response.ok() && response.error().code == Errc::protocol_newer) return response.error();
  if (!response.ok() || response->realm != identity.realm) return std::optional<Answer>{};
  RUHU_TRY(const auto parcel, parts_.store.parcels().find_own(response->nonce));
  const bool waited_for = parcel && parcel->tablet == identity.tablet && parcel->epoch == identity.epoch;
  if (!waited_for) return std::optional<Answer>{};
  return std::optional<Answer>{{*parcel, std::move(*response)}};
}

/// An answer that names an error is no reason to do more than the next direct sync would: that heals what can be
/// healed. But for a restored platform, which this tablet learns of here as well as there.
Status HandOver::take_answer(Answer answer, Imported& imported) {
  RUHU_TRY(const auto waited_for, parts_.store.parcels().find_own(answer.parcel.nonce));
  if (!waited_for) {  // it came twice in one file, or the epoch has changed with the one before
    ++imported.stale;
    return {};
  }
  const bool other_epoch = answer.response.epoch != answer.parcel.epoch;
  if (!answer.response.error.empty()) imported.refused = answer.response.error;
  ++imported.answers;
  if (other_epoch && server_error(answer.response.error) == Errc::wrong_epoch)
    return parts_.store.begin_epoch(answer.response.epoch);
  if (!other_epoch) RUHU_TRY_DONE(take_news(answer, imported));
  return parts_.store.parcels().forget_own(answer.parcel.nonce);
}

/// What the tablet has heard since in a sync of its own is newer than what stands here.
Status HandOver::take_news(Answer& answer, Imported& imported) {
  ServerNews& news = answer.response.news;
  news.in_parcel = true;
  RUHU_TRY(const auto acknowledged, parts_.store.changes().acknowledged_up_to());
  RUHU_TRY(const SyncMarks marks, parts_.store.marks());
  std::erase_if(news.results, [&](const OpResult& result) { return result.op.counter <= acknowledged; });
  RUHU_TRY(const auto cursors, parts_.store.cursors());
  if (answer.parcel.cursors != digest_of(cursors)) {  // the log was read on since, and may say more of these records
    news.entries.clear();
    news.cursors.clear();
  }
  if (news.late_upto <= marks.late_seen) {
    news.late.clear();
    news.late_upto = 0;
  }
  const bool gap = !news.results.empty() && news.results.front().op.counter != acknowledged + 1;
  if (gap) {  // an answer before this one is missing: its ops are asked about again
    news.results.clear();
    news.acknowledged = 0;
  }
  if (!answer.response.error.empty() && news.results.empty()) return {};
  RUHU_TRY_DONE(parts_.store.take_in(news));
  imported.acknowledged += static_cast<std::int64_t>(news.results.size());
  imported.received += static_cast<std::int64_t>(news.entries.size());
  imported.conflicts += std::count_if(news.results.begin(), news.results.end(), is_conflict);
  return {};
}

}  // namespace ruhu
