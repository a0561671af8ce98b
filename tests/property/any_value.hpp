#pragma once
#include <rapidcheck.h>

#include "storage/model/record.hpp"

namespace ruhu::test {

/// Text that programs trip over: combining marks, right-to-left, four-byte characters, zero width, controls (but NUL),
/// long runs.
rc::Gen<std::string> nasty_text();
rc::Gen<Uuid> any_uuid();
rc::Gen<TextSet> any_set();
/// Every alternative of Value; numbers are finite.
rc::Gen<Value> any_value();
/// Every alternative that may stand in a row: all but SetDelta.
rc::Gen<Value> any_stored_value();
rc::Gen<Provenance> any_provenance();
rc::Gen<Stamp> any_stamp();

/// True when the law holds for all that RapidCheck tries.
template <class Law>
bool holds(Law law) {
  return rc::check(law);
}

}  // namespace ruhu::test
