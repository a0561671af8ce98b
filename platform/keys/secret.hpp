#pragma once
#include <string_view>
#include <vector>

namespace ruhu {

/// Bytes that are wiped from memory when they go. Moves, never copies by accident.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view bytes);
  ~Secret();
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;

  Secret clone() const { return Secret(view()); }
  std::string_view view() const { return {bytes_.data(), bytes_.size()}; }  ///< Valid while this object lives.
  bool empty() const { return bytes_.empty(); }

 private:
  void wipe();
  std::vector<char> bytes_;
};

}  // namespace ruhu
