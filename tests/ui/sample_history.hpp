#pragma once
#include "tests/ui/sample_states.hpp"

namespace ruhu::test {

/// Cards of records and histories of fields, in every state that they can be in; appended to `out`.
void add_history_screens(std::vector<SampleScreen>& out, const AppState& base, const Dictionary& dictionary, Lang lang);

}  // namespace ruhu::test
