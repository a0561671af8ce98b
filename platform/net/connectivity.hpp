#pragma once

namespace ruhu {

/// What the connection at hand costs.
enum class Metering : unsigned char {
  unknown,  ///< The system does not say; taken for unmetered.
  unmetered,
  metered,
};

/// Asks the system what it is connected by. From any thread.
class Connectivity {
 public:
  virtual ~Connectivity() = default;
  virtual Metering metering() const = 0;
};

/// Where the system has no such question: on a desktop.
class UnknownConnectivity final : public Connectivity {
 public:
  Metering metering() const override { return Metering::unknown; }
};

}  // namespace ruhu
