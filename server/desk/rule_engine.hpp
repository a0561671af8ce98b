#pragma once
#include <vector>

#include "server/desk/rules.hpp"

namespace ruhu::server {

/// Asks the rules about records that ops were placed in: first those that put things right by themselves, until nothing
/// changes any more, then those that find something for a person. A case is opened once; while it is open it shows what
/// stands; when it no longer holds it goes by itself.
class RuleEngine {
 public:
  RuleEngine(PlatformTx& tx, const Dictionary& dictionary, Instant now) : tx_(tx), ctx_(tx, dictionary, now) {}

  Status run(std::vector<Touched> touched);
  /// An open case that no longer holds goes.
  Status look_again(std::uint64_t no);
  /// For decisions; run() is to be asked about what it has touched.
  DeskWriter& writer() { return ctx_.writer(); }

 private:
  Status keep_keys(const Touched& one, const Record& after);
  Status settle(const std::vector<Touched>& touched);
  Status look_at(const Touched& one);
  Status take(const Rule& rule, const Record& at, const std::vector<Found>& found, std::vector<DeskCase>& open);
  Status upsert(const Rule& rule, const Found& found);
  Status recheck(const Rule& rule, const RecordRef& asked_at, DeskCase& open);

  PlatformTx& tx_;
  RuleContext ctx_;
};

}  // namespace ruhu::server
