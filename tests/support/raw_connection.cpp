#include "tests/support/raw_connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "platform/base/assert.hpp"

namespace ruhu::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

RawConnection::RawConnection(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval patience{20, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const auto address = loopback(port);
  RUHU_ASSERT(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
}

RawConnection::~RawConnection() { ::close(fd_); }

void RawConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool RawConnection::read_some() {
  std::array<char, 4096> part{};
  const auto got = ::recv(fd_, part.data(), part.size(), 0);
  if (got > 0) unread_.append(part.data(), static_cast<std::size_t>(got));
  if (got == 0 || (got < 0 && errno == ECONNRESET)) closed_ = true;
  return got > 0;
}

std::string RawConnection::read_to_end() {
  while (read_some()) {
  }
  return std::exchange(unread_, {});
}

std::string RawConnection::read_until(std::string_view mark) {
  auto at = unread_.find(mark);
  while (at == std::string::npos && read_some()) at = unread_.find(mark);
  if (at == std::string::npos) return std::exchange(unread_, {});
  std::string front = unread_.substr(0, at + mark.size());
  unread_.erase(0, front.size());
  return front;
}

CannedPeer::CannedPeer(std::string answer)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), answer_(std::move(answer)) {
  auto address = loopback(0);
  socklen_t length = sizeof address;
  RUHU_ASSERT(::bind(fd_, reinterpret_cast<const sockaddr*>(&address), length) == 0);
  RUHU_ASSERT(::listen(fd_, 4) == 0);
  RUHU_ASSERT(::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &length) == 0);
  port_ = ntohs(address.sin_port);
}

CannedPeer::~CannedPeer() { ::close(fd_); }

void CannedPeer::answer_one() {
  const int visitor = ::accept(fd_, nullptr, nullptr);
  std::array<char, 4096> asked{};
  static_cast<void>(::recv(visitor, asked.data(), asked.size(), 0));
  static_cast<void>(::send(visitor, answer_.data(), answer_.size(), MSG_NOSIGNAL));
  ::close(visitor);
}

}  // namespace ruhu::test
