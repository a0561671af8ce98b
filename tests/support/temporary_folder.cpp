#include "tests/support/temporary_folder.hpp"

#include <cstdlib>
#include <system_error>

#include "platform/base/assert.hpp"

namespace ruhu::test {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "ruhu-test-XXXXXX").string();
  RUHU_ASSERT(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace ruhu::test
