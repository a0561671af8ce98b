#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace ruhu::fuzz {

/// A decoder of bytes that come from outside, as a fuzzer calls it. Whatever the bytes are, `run` returns; and what the
/// decoder accepts is written again as something that reads back the same. A break of that ends the program.
struct Target {
  std::string_view name;  ///< Also that of its file in tests/fuzz/corpus.
  void (*run)(std::string_view bytes);
  std::vector<std::string> (*seeds)();  ///< What our own encoders make: where a fuzzer begins.
};

const std::vector<Target>& targets();
const Target* find_target(std::string_view name);  ///< nullptr: no such target.

/// The inputs that runs of earlier have found worth keeping, each a line of hexadecimal digits in a file of `folder`;
/// none where the target has no file yet.
std::vector<std::string> kept_inputs(const Target& target, const std::string& folder);

/// Ends the program with the words unless it holds: for a fuzzer a finding.
void must(bool holds, const char* what);

/// What was accepted, written and read again, is the same.
template <class Decode, class Encode>
void check_round_trip(std::string_view bytes, Decode decode, Encode encode, const char* what) {
  const auto read = decode(bytes);
  if (!read.ok()) return;
  const std::string written = encode(*read);
  const auto again = decode(std::string_view(written));
  must(again.ok() && encode(*again) == written, what);
}

// By what the bytes are: messages, those of photos and parcels, what a database holds, texts that people and files
// bring, pictures.
std::vector<Target> message_targets();
std::vector<Target> attachment_targets();
std::vector<Target> stored_targets();
std::vector<Target> text_targets();
std::vector<Target> picture_targets();

}  // namespace ruhu::fuzz
