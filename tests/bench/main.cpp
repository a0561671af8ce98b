#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/bench/measure.hpp"

namespace {

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown";
}

}  // namespace

/// ruhu_bench [--json FILE] [--only save|records|sync|peers|screen] [--size xilinsi|city] [--folder DIR]: prints one JSON
/// object; its keys are described in HACKING.md.
int main(int argc, char** argv) {
  using namespace ruhu;
  CLI::App app{"Measures what a worker feels, each beside plain SQLite in the same run"};
  std::string json_file;
  std::string only;
  std::string size = "city";
  std::string folder = "build";
  std::string resident_of;
  app.add_option("--json", json_file, "Also write the result to this file");
  app.add_option("--only", only, "save | records | sync | peers | screen");
  app.add_option("--size", size, "Community of the sync bench")->capture_default_str();
  app.add_option("--folder", folder, "On the disk that is to be measured")->capture_default_str();
  app.add_option("--resident-of", resident_of, "Work with this database and print the peak of memory in MiB")
      ->group("");
  CLI11_PARSE(app, argc, argv);
  SystemClock clock;
  const Dictionary dictionary = Dictionary::built_in().value();
  if (!resident_of.empty()) return bench::measure_resident(resident_of, dictionary, clock);
  bench::Json result{{"machine", {{"processor", processor()}, {"threads", std::thread::hardware_concurrency()}}}};
  const auto wanted = [&](const char* name) { return only.empty() || only == name; };
  const auto run = [&](const char* name, const std::function<bench::Json(const bench::BenchContext&)>& work) {
    if (!wanted(name)) return;
    const bench::BenchFolder data(folder);
    result[name] = work({dictionary, clock, data});
  };
  run("save", bench::bench_save);
  run("records", bench::bench_records);
  run("sync", [&](const auto& ctx) { return bench::bench_sync(ctx, size); });
  run("peers", bench::bench_peers);
  run("screen", bench::bench_screen);
  std::cout << result.dump(2) << std::endl;
  if (!json_file.empty()) std::ofstream(json_file) << result.dump(2) << "\n";
  return 0;
}
