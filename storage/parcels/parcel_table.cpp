#include "storage/parcels/parcel_table.hpp"

#include "platform/keys/crypto.hpp"

namespace ruhu {
namespace {

constexpr std::int64_t kRememberedMs = std::int64_t{60} * 24 * 3'600 * 1'000;
constexpr std::int64_t kCarriedBackMs = std::int64_t{30} * 24 * 3'600 * 1'000;

std::int64_t number_of(CarriedParcel::State state) { return static_cast<std::int64_t>(state); }

}  // namespace

Status ParcelTable::note_own(const std::vector<OwnParcel>& parcels) {
  RUHU_TRY(auto tx, Transaction::begin(db_));
  RUHU_TRY(auto old, db_.prepare("DELETE FROM sys_parcel_own WHERE made_at < ?1"));
  RUHU_TRY_DONE(old.bind(1, to_ms(clock_.now()) - kRememberedMs).run());
  for (const OwnParcel& parcel : parcels) {
    RUHU_TRY(auto insert, db_.prepare("REPLACE INTO sys_parcel_own(nonce, tablet, epoch, upto, made_at, cursors)"
                                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    insert.bind(1, static_cast<std::int64_t>(parcel.nonce)).bind(2, std::int64_t{parcel.tablet.value});
    insert.bind(3, static_cast<std::int64_t>(parcel.epoch.value)).bind(4, static_cast<std::int64_t>(parcel.upto));
    insert.bind(5, to_ms(parcel.made_at)).bind(6, static_cast<std::int64_t>(parcel.cursors));
    RUHU_TRY_DONE(insert.run());
  }
  return tx.commit();
}

Result<std::optional<OwnParcel>> ParcelTable::find_own(std::uint64_t nonce) {
  RUHU_TRY(auto query,
           db_.prepare("SELECT tablet, epoch, upto, made_at, cursors FROM sys_parcel_own WHERE nonce = ?1"));
  query.bind(1, static_cast<std::int64_t>(nonce));
  RUHU_TRY(const bool row, query.step());
  if (!row) return std::optional<OwnParcel>{};
  return std::optional<OwnParcel>{{nonce,
                                   {static_cast<std::uint32_t>(query.integer(0))},
                                   {static_cast<std::uint64_t>(query.integer(1))},
                                   static_cast<std::uint64_t>(query.integer(2)),
                                   from_ms(query.integer(3)),
                                   static_cast<std::uint64_t>(query.integer(4))}};
}

Status ParcelTable::forget_own(std::uint64_t nonce) {
  RUHU_TRY(auto statement, db_.prepare("DELETE FROM sys_parcel_own WHERE nonce = ?1"));
  return statement.bind(1, static_cast<std::int64_t>(nonce)).run();
}

Status ParcelTable::forget_all_own() { return db_.exec("DELETE FROM sys_parcel_own"); }

Result<ParcelTable::HandedOver> ParcelTable::handed_over(std::uint64_t acknowledged) {
  RUHU_TRY(auto query, db_.prepare("SELECT max(upto), min(made_at) FROM sys_parcel_own WHERE upto > ?1"));
  query.bind(1, static_cast<std::int64_t>(acknowledged));
  RUHU_TRY(const bool row, query.step());
  if (!row || query.is_null(0)) return HandedOver{acknowledged, {}};
  return HandedOver{static_cast<std::uint64_t>(query.integer(0)), from_ms(query.integer(1))};
}

Result<std::int64_t> ParcelTable::carry(const std::vector<CarriedParcel>& parcels) {
  RUHU_TRY(auto tx, Transaction::begin(db_));
  RUHU_TRY_DONE(forget_old());
  std::int64_t fresh = 0;
  for (const CarriedParcel& parcel : parcels) {
    if (parcel.box.empty() || parcel.box.size() > kParcelBytesMax) return make_error(Errc::too_large, "parcel");
    RUHU_TRY(const bool inserted, insert(parcel.state, parcel.tablet, parcel.box));
    fresh += inserted ? 1 : 0;
  }
  RUHU_TRY_DONE(check_load());
  RUHU_TRY_DONE(tx.commit());
  return fresh;
}

Status ParcelTable::check_load() {
  RUHU_TRY(auto query, db_.prepare("SELECT count(*), coalesce(sum(length(box)), 0) FROM sys_parcel WHERE box <> x''"));
  RUHU_TRY(const bool row, query.step());
  if (row && (query.integer(0) > kCarriedParcelsMax || query.integer(1) > kCarriedBytesMax))
    return make_error(Errc::too_large, "this tablet carries too much already");
  return {};
}

Result<std::vector<CarriedParcel>> ParcelTable::to_platform(std::size_t bytes_max) {
  return list(CarriedParcel::State::to_platform, bytes_max);
}

Result<std::vector<CarriedParcel>> ParcelTable::to_tablets() { return list(CarriedParcel::State::to_tablet, SIZE_MAX); }

Result<std::vector<CarriedParcel>> ParcelTable::list(CarriedParcel::State state, std::size_t bytes_max) {
  RUHU_TRY(auto query, db_.prepare("SELECT seq, tablet, box FROM sys_parcel WHERE state = ?1 ORDER BY seq"));
  query.bind(1, number_of(state));
  std::vector<CarriedParcel> parcels;
  std::size_t bytes = 0;
  for (;;) {
    RUHU_TRY(const bool row, query.step());
    if (!row) return parcels;
    bytes += query.blob(2).size();
    if (bytes > bytes_max && !parcels.empty()) return parcels;
    parcels.push_back(
        {query.integer(0), state, {static_cast<std::uint32_t>(query.integer(1))}, std::string(query.blob(2))});
  }
}

Result<std::int64_t> ParcelTable::count(CarriedParcel::State state) {
  RUHU_TRY(auto query, db_.prepare("SELECT count(*) FROM sys_parcel WHERE state = ?1"));
  query.bind(1, number_of(state));
  RUHU_TRY(const bool row, query.step());
  return row ? query.integer(0) : 0;
}

Status ParcelTable::deliver(const CarriedParcel& parcel, std::string_view answer) {
  RUHU_TRY(auto tx, Transaction::begin(db_));
  RUHU_TRY_DONE(settle(parcel.seq, CarriedParcel::State::delivered));
  if (!answer.empty()) RUHU_TRY_DONE(insert(CarriedParcel::State::to_tablet, parcel.tablet, answer));
  return tx.commit();
}

Status ParcelTable::refuse(const CarriedParcel& parcel) { return settle(parcel.seq, CarriedParcel::State::refused); }

Result<bool> ParcelTable::insert(CarriedParcel::State state, TabletNo tablet, std::string_view box) {
  RUHU_TRY(auto statement, db_.prepare("INSERT OR IGNORE INTO sys_parcel(hash, state, tablet, taken_at, box)"
                                       " VALUES (?1, ?2, ?3, ?4, ?5)"));
  const std::string hash = sha256(box);
  statement.bind_blob(1, hash).bind(2, number_of(state)).bind(3, std::int64_t{tablet.value});
  RUHU_TRY_DONE(statement.bind(4, to_ms(clock_.now())).bind_blob(5, box).run());
  return db_.changes() == 1;
}

Status ParcelTable::settle(std::int64_t seq, CarriedParcel::State state) {
  RUHU_TRY(auto statement, db_.prepare("UPDATE sys_parcel SET state = ?2, box = x'' WHERE seq = ?1"));
  return statement.bind(1, seq).bind(2, number_of(state)).run();
}

Status ParcelTable::forget_old() {
  RUHU_TRY(auto statement, db_.prepare("DELETE FROM sys_parcel WHERE state <> 0 AND taken_at < ?1"));
  return statement.bind(1, to_ms(clock_.now()) - kCarriedBackMs).run();
}

}  // namespace ruhu
