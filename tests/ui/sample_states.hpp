#pragma once
#include <string>
#include <vector>

#include "app/state/app_state.hpp"
#include "storage/dictionary/dictionary.hpp"

namespace ruhu::test {

/// A screen with made-up content, as the queries would fill it.
struct SampleScreen {
  std::string name;
  AppState state;
  Inputs inputs;
};

/// The n-th made-up record id.
Uuid sample_id(unsigned n);
/// A working morning of a grid worker, in the language: list filled, no page open.
AppState sample_state(const Dictionary& dictionary, Lang lang);
/// Every screen and page in every state that it can be in.
std::vector<SampleScreen> sample_screens(const Dictionary& dictionary, Lang lang);

}  // namespace ruhu::test
