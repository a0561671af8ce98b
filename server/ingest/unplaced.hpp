#pragma once
#include "platform/base/clock.hpp"
#include "platform/base/error.hpp"
#include "storage/model/outcome.hpp"

// Ops that cannot be placed in their record: which they are, and when they are tried again.
namespace ruhu::server {

/// Errors that say something about the op, not about us: the op goes into quarantine and the rest goes on.
bool is_fault_of_op(Errc code);

/// The result of an op that is set aside.
OpResult unplaced(OpId op, OpOutcome outcome, Errc reason);

/// How long an op rests before it is tried again, by how often it has been already.
Millis pause_after(int tries);

}  // namespace ruhu::server
