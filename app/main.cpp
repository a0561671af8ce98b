#include "app/cli/options.hpp"
#include "platform/base/log.hpp"

int main(int argc, char** argv) {
  using namespace ruhu;
  const cli::Parsed parsed = cli::parse(argc, argv);
  if (parsed.exit_code >= 0) return parsed.exit_code;
  SystemClock clock;
  SystemRandom random;
  const auto dictionary = Dictionary::built_in();
  if (!dictionary.ok()) {
    cli::complain(parsed.args, dictionary.error());
    return 1;
  }
  if (!parsed.command) return 2;
  const auto code = parsed.command(parsed.args, {*dictionary, clock, random});
  if (code.ok()) return *code;
  cli::complain(parsed.args, code.error());
  return 1;
}
