#pragma once
#include <string>
#include <vector>

#include "tests/simulation/world.hpp"

namespace ruhu::simulation {

// Each looks at a world that has been healed and drained, and names what is wrong; nothing: all is well.

/// Every tablet shows exactly the platform's records of its scopes, field by field, and nothing else.
std::vector<std::string> check_converged(World& world);
/// Every op that a worker saw saved is at the platform with the content it was saved with.
std::vector<std::string> check_no_acked_change_lost(World& world);
/// Every op wrote its record at most once, and is at the platform as its tablet made it; no write is without its op.
std::vector<std::string> check_applied_once(World& world);
/// Every value that a worker entered stands, was replaced by somebody who had seen it or by the field's declared rule,
/// is named superseded, or waits in a conflict with both values. Worked out anew here, not taken from the merge.
std::vector<std::string> check_no_silent_overwrite(World& world);
/// `audit` finds nothing on the platform and on every tablet.
std::vector<std::string> check_ledgers(World& world);

/// No answer held anything of a record that is in none of the tablet's scopes, but that it has left, to one who knew
/// it.
std::vector<std::string> check_no_leak(World& world);
/// Cursors never moved back within an epoch, and stand at the heads of the logs in the end; no snapshot is half there.
std::vector<std::string> check_cursors(World& world);
/// After a complete sync, what a record refers to was there, unless it is none of the tablet's.
std::vector<std::string> check_references(World& world);
/// No answer was larger than answers may be, no acknowledged op is sent again, having nothing to say takes few bytes.
std::vector<std::string> check_bounded(World& world);
/// Every value at the platform was written by an op of that record that names that field.
std::vector<std::string> check_authors(World& world);
/// A request that comes again, however late, changes nothing.
std::vector<std::string> check_idempotent_retry(World& world);

/// All of the above and the world's own complaints.
std::vector<std::string> check_all(World& world);

/// One seed from start to end: nothing wrong, or what.
std::vector<std::string> run_seed(std::uint64_t seed, Sabotage sabotage = Sabotage::none,
                                  std::uint64_t* trace = nullptr);

/// The first of the seeds 1 … `seeds` in which a planted fault is noticed; 0: none notices.
std::uint64_t first_seed_that_notices(Sabotage sabotage, std::uint64_t seeds);

}  // namespace ruhu::simulation
