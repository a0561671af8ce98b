#include "tests/fuzz/targets.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace ruhu::fuzz {
namespace {

std::string from_hex_line(const std::string& line) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < line.size(); i += 2)
    bytes += static_cast<char>(std::strtoul(line.substr(i, 2).c_str(), nullptr, 16));
  return bytes;
}

}  // namespace

const std::vector<Target>& targets() {
  static const std::vector<Target> kAll = [] {
    std::vector<Target> all;
    for (const auto& some :
         {message_targets(), attachment_targets(), stored_targets(), text_targets(), picture_targets()})
      all.insert(all.end(), some.begin(), some.end());
    return all;
  }();
  return kAll;
}

const Target* find_target(std::string_view name) {
  for (const Target& target : targets())
    if (target.name == name) return &target;
  return nullptr;
}

std::vector<std::string> kept_inputs(const Target& target, const std::string& folder) {
  std::vector<std::string> inputs;
  std::ifstream file(folder + "/" + std::string(target.name) + ".hex");
  for (std::string line; std::getline(file, line);) inputs.push_back(from_hex_line(line));
  return inputs;
}

void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace ruhu::fuzz
