#pragma once
#include <string>

#include "platform/base/random.hpp"

namespace ruhu::test {

/// The bytes after some mishap drawn by chance: bits that flip, in their midst or where the forms of a file or page
/// begin; pages zeroed, exchanged, laid over others or replaced by noise; an end cut off or grown; the first bytes or
/// pages of another file. The same random numbers do the same. Never returns the bytes unchanged, unless they are few
/// and chance wants it so.
std::string damaged(const std::string& bytes, const std::string& of_another, Random& random);

}  // namespace ruhu::test
