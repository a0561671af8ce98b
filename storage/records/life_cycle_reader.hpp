#pragma once
#include <memory>

#include "storage/model/life_cycle/circle_reader.hpp"
#include "storage/store.hpp"

namespace ruhu {

/// CircleReader on this tablet's store: store.save(plan.request(provenance, visit)) follows.
class LifeCycleReader : public CircleReader {
 public:
  /// `now`: the tablet's clock.
  static Result<LifeCycleReader> open(Store& store, Instant now);

 private:
  LifeCycleReader(std::unique_ptr<RecordSource> source, Occasion occasion)
      : CircleReader(*source, std::move(occasion)), own_(std::move(source)) {}

  std::unique_ptr<RecordSource> own_;
};

}  // namespace ruhu
