#pragma once
// The one way tests include Catch2: the same test compiles under version 2 (Debian 12) and version 3.

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_approx.hpp>
#include <catch2/catch_message.hpp>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/catch_tostring.hpp>
#include <catch2/generators/catch_generators_all.hpp>
#include <catch2/matchers/catch_matchers_all.hpp>

using Catch::Approx;  // Version 2 declares it globally, so a test says just Approx under both.
#else
#include <catch2/catch.hpp>
#endif

namespace ruhu::test {

/// Base of our own matchers; version 3 renamed the class.
#if __has_include(<catch2/catch_test_macros.hpp>)
template <typename T>
using Matcher = Catch::Matchers::MatcherBase<T>;
#else
template <typename T>
using Matcher = Catch::MatcherBase<T>;
#endif

}  // namespace ruhu::test
