#pragma once
#include <deque>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "platform/base/clock.hpp"
#include "platform/base/random.hpp"
#include "storage/store.hpp"
#include "sync/protocol/attachment_messages.hpp"
#include "sync/protocol/envelope.hpp"
#include "sync/transport/transport.hpp"

namespace ruhu {

/// What moving photos did, over all trips of one run.
struct AttachmentReport {
  std::int64_t trips = 0;
  std::int64_t sent = 0;        ///< Photos that the platform has confirmed whole.
  std::int64_t received = 0;    ///< Photos that have come whole.
  std::int64_t thumbnails = 0;  ///< Sent and received.
  std::int64_t content_up = 0;  ///< Bytes of photos and thumbnails, as often as they were sent.
  std::int64_t content_down = 0;
  std::int64_t bytes_up = 0;  ///< Of the sealed messages.
  std::int64_t bytes_down = 0;

  void add(const AttachmentReport& more);
};

/// Moves photos between the tablet and the platform, once the text is through: every thumbnail before any original,
/// the oldest first. One mover serves one run: it looks at the store once and asks for each photo once. Where a cut run
/// had come the platform says of what goes up, the store of what comes down. Runs where the store runs, as Replicator.
class AttachmentMover {
 public:
  enum class Originals : unsigned char { move, leave };
  AttachmentMover(Store& store, Clock& clock, Random& random, SignBytes sign, CheckSignature check, Originals originals)
      : store_(store),
        clock_(clock),
        random_(random),
        sign_(std::move(sign)),
        check_(std::move(check)),
        originals_(originals) {}

  struct Trip {
    std::string sealed;
    std::uint64_t nonce = 0;
    Identity identity;
    std::int64_t content_bytes = 0;
    bool has_originals = false;
    std::chrono::nanoseconds began{};  ///< Clock::ticks.
  };
  /// The next trip; nothing: all that can be moved now has been.
  Result<std::optional<Trip>> prepare();
  /// Takes in the answer; what this trip has moved. Errors of the server come back as such, and nothing is taken in.
  Result<AttachmentReport> take_in(const Trip& trip, std::string_view sealed_response);

 private:
  /// A photo that the platform is owed.
  struct Up {
    AttachmentInfo info;
    bool asked = false;
    bool left = false;  ///< Nothing more can be done for it in this run.
    AttachmentCustody custody;

    bool needs_thumbnail() const { return info.thumbnail_bytes > 0 && !info.thumbnail_sent; }
  };
  /// A photo that is to come.
  struct Down {
    AttachmentInfo info;
    bool asked = false;  ///< For the thumbnail, or whether it is there.
    bool left = false;
    std::uint32_t parts = 0;  ///< That are here.
  };

  Status look();  ///< At the store, once.
  Status add_offers(AttachmentRequest& request);
  Status add_thumbnails(AttachmentRequest& request, std::size_t& room);
  Status add_originals(AttachmentRequest& request, std::size_t room);
  void add_wishes(AttachmentRequest& request);
  AttachmentRequest begin_request(const Identity& identity);
  bool thumbnails_are_through() const;

  Result<AttachmentResponse> open(const Trip& trip, std::string_view sealed_response) const;
  Status take_custody(const AttachmentCustody& custody, AttachmentReport& report);
  Status settle(Up& up, AttachmentReport& report);
  bool take_known(const AttachmentKnown& known);  ///< True: it says something new.
  Status take_piece(const AttachmentPiece& piece, const AttachmentResponse& response, AttachmentReport& report);
  void pace(const Trip& trip);

  Store& store_;
  Clock& clock_;
  Random& random_;
  SignBytes sign_;
  CheckSignature check_;
  Originals originals_;
  bool looked_ = false;
  std::vector<Up> ups_;
  std::vector<Down> downs_;
  std::size_t room_ = kAttachmentPartBytes;  ///< For originals in one trip, each way.
};

/// Trips until nothing more can be moved, an error, or `stop`. `report` says what was moved in either case.
Status move_attachments(AttachmentMover& mover, Transport& transport, AttachmentReport& report,
                        std::stop_token stop = {});

}  // namespace ruhu
