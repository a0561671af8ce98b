// What libFuzzer calls. One program for all targets: RUHU_FUZZ_TARGET names the one, --list names all. Before it
// begins, its seeds and kept inputs are written to RUHU_FUZZ_CORPUS, the folder that libFuzzer is given as its corpus.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/fuzz/targets.hpp"

namespace {

const ruhu::fuzz::Target* target = nullptr;

const char* setting(const char* name) {
  const char* value = std::getenv(name);
  ruhu::fuzz::must(value != nullptr, name);
  return value;
}

void write_inputs(const std::string& folder, const char* kind, const std::vector<std::string>& inputs) {
  for (std::size_t i = 0; i < inputs.size(); ++i)
    std::ofstream(folder + "/" + kind + "-" + std::to_string(i), std::ios::binary) << inputs[i];
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (*argc > 1 && std::string_view((*argv)[1]) == "--list") {
    for (const ruhu::fuzz::Target& one : ruhu::fuzz::targets()) std::printf("%s\n", std::string(one.name).c_str());
    std::exit(0);
  }
  target = ruhu::fuzz::find_target(setting("RUHU_FUZZ_TARGET"));
  ruhu::fuzz::must(target != nullptr, "a target of that name");
  const std::string folder = setting("RUHU_FUZZ_CORPUS");
  std::filesystem::create_directories(folder);
  write_inputs(folder, "seed", target->seeds());
  write_inputs(folder, "kept", kept_inputs(*target, RUHU_SOURCE_DIR "/tests/fuzz/corpus"));
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  target->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
