#pragma once
#include <string>
#include <vector>

#include "tests/storage/store_world.hpp"

namespace ruhu::test {

/// A tablet as a worker has it after some weeks: news of every kind with every column filled, answers refused, columns
/// that this program does not know, own changes queued, acknowledged and overruled, drafts, shown numbers.
/// Uses only what every release can do, because each release makes its own stored database with it.
void fill_stored_tablet(Store& store, StoreWorld& world);

/// Files of tests/upgrade/databases, one per released form: layout and dictionary version stand in the name.
std::vector<std::string> stored_databases();

}  // namespace ruhu::test
