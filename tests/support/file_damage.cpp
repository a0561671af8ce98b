#include "tests/support/file_damage.hpp"

#include <algorithm>

namespace ruhu::test {
namespace {

constexpr std::size_t kPage = 4096;

std::size_t below(Random& random, std::size_t bound) { return static_cast<std::size_t>(random.below(bound)); }

std::string noise(std::size_t count, Random& random) {
  std::string bytes(count, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random.next() & 0xFFU);
  return bytes;
}

void flip(std::string& bytes, std::size_t at, Random& random) {
  bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << random.below(8)));
}

void flip_anywhere(std::string& bytes, Random& random) {
  for (std::size_t n = 1 + below(random, 8); n > 0; --n) flip(bytes, below(random, bytes.size()), random);
}

std::size_t page_of(const std::string& bytes, Random& random) {
  return below(random, (bytes.size() + kPage - 1) / kPage) * kPage;
}

/// The first bytes of a page say what it is and where its cells are; those of the file, what the file is.
void flip_in_a_head(std::string& bytes, Random& random) {
  const std::size_t page = random.chance(0.3) ? 0 : page_of(bytes, random);
  const std::size_t head = page == 0 ? 120 : 24;
  for (std::size_t n = 1 + below(random, 3); n > 0; --n)
    flip(bytes, std::min(bytes.size() - 1, page + below(random, head)), random);
}

void overwrite(std::string& bytes, std::size_t at, const std::string& with) {
  const std::size_t length = std::min(with.size(), bytes.size() - at);
  bytes.replace(at, length, with, 0, length);
}

void exchange_pages(std::string& bytes, Random& random) {
  const std::size_t a = page_of(bytes, random);
  const std::size_t b = page_of(bytes, random);
  const std::string first = bytes.substr(a, kPage);
  overwrite(bytes, a, bytes.substr(b, kPage));
  overwrite(bytes, b, first);
}

void lay_over(std::string& bytes, Random& random) {
  const std::size_t length = random.chance(0.5) ? kPage : 1 + below(random, 600);
  overwrite(bytes, below(random, bytes.size()), bytes.substr(below(random, bytes.size()), length));
}

}  // namespace

std::string damaged(const std::string& bytes, const std::string& of_another, Random& random) {
  std::string out = bytes;
  if (out.empty()) return out;
  switch (random.below(10)) {
    case 0:
    case 1: flip_anywhere(out, random); break;
    case 2:
    case 3: flip_in_a_head(out, random); break;
    case 4: overwrite(out, page_of(out, random), std::string(kPage, '\0')); break;
    case 5: exchange_pages(out, random); break;
    case 6: lay_over(out, random); break;
    case 7: overwrite(out, below(random, out.size()), noise(random.chance(0.5) ? kPage : 512, random)); break;
    case 8:
      if (random.chance(0.6)) {
        out.resize(random.chance(0.5) ? page_of(out, random) : below(random, out.size()));
      } else {
        out += noise(1 + below(random, 3 * kPage), random);
      }
      break;
    default: overwrite(out, 0, of_another.substr(0, random.chance(0.5) ? 100 : kPage * (1 + random.below(3))));
  }
  return out;
}

}  // namespace ruhu::test
