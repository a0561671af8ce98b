#pragma once
#include <vector>

#include "server/admin/import.hpp"

namespace ruhu::bench {

/// Persons of 23 fields each, spread over `peers_grids()`: the population that other sync engines were measured on. The
/// same every time.
std::vector<server::ImportRecord> peers_population(std::size_t persons);
std::vector<ScopeCode> peers_grids();

}  // namespace ruhu::bench
