#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace ruhu::test {

/// A TCP connection to a loopback port that sends what it is told, right or wrong. Reading gives up after 20
/// s.
class RawConnection {
 public:
  explicit RawConnection(std::uint16_t port);
  ~RawConnection();
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  void send(std::string_view bytes);               ///< Silent when the other end is gone.
  std::string read_to_end();                       ///< Until the other end closes.
  std::string read_until(std::string_view mark);   ///< Up to and including the mark, or to the end.
  bool closed_by_peer() const { return closed_; }  ///< Seen while reading.

 private:
  bool read_some();

  int fd_;
  bool closed_ = false;
  std::string unread_;
};

/// A listening loopback port whose one visitor gets the given bytes, whatever it asks, and is then closed
/// upon. With nothing to say, it takes the connection and stays silent.
class CannedPeer {
 public:
  explicit CannedPeer(std::string answer);
  ~CannedPeer();
  CannedPeer(const CannedPeer&) = delete;
  CannedPeer& operator=(const CannedPeer&) = delete;

  std::uint16_t port() const { return port_; }
  void answer_one();  ///< Blocks until a visitor has come, asked and been answered.

 private:
  int fd_;
  std::uint16_t port_ = 0;
  std::string answer_;
};

}  // namespace ruhu::test
