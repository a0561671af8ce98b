#pragma once
#include "app/state/common.hpp"
#include "platform/base/result.hpp"

namespace ruhu {

/// Puts the content or the failure into a state with a `load`.
template <class State>
void put_answer(State& state, const Result<State>& answer) {
  if (answer.ok())
    state = answer.value();
  else
    state.load = {Load::Phase::failed, answer.error().code};
}

}  // namespace ruhu
