#pragma once
#include <string>
#include <vector>

#include "storage/store.hpp"

namespace ruhu::test {

/// What must hold in a store after every operation on people, households and places; broken laws as texts.
/// heads: one to a household that is active, an active member, and nobody else is 02 · main homes: one to a person
/// alive who lives somewhere · nothing open of the dead, of persons merged away, of closed households, behind doors
/// that are gone · nothing due for the dead · relations fit the gender · a vacant dwelling has no household.
std::vector<std::string> broken_laws(Store& store);

}  // namespace ruhu::test
