// Photos and parcels on the wire and on sticks: what a stranger on the network or a file from anywhere can bring.
#include "platform/keys/crypto.hpp"
#include "sync/handover/parcel_file.hpp"
#include "sync/protocol/attachment_messages.hpp"
#include "sync/protocol/parcel_messages.hpp"
#include "tests/fuzz/targets.hpp"

namespace ruhu::fuzz {
namespace {

void run_attachment_request(std::string_view bytes) {
  check_round_trip(bytes, decode_attachment_request, encode_attachment_request, "attachment request");
}
void run_attachment_response(std::string_view bytes) {
  check_round_trip(bytes, decode_attachment_response, encode_attachment_response, "attachment response");
}
void run_parcel_request(std::string_view bytes) {
  check_round_trip(bytes, decode_parcel_request, encode_parcel_request, "parcel request");
}
void run_parcel_response(std::string_view bytes) {
  check_round_trip(bytes, decode_parcel_response, encode_parcel_response, "parcel response");
}
/// As they are, and with the checksum that they would need: a fuzzer does not find it by itself.
void run_parcel_file(std::string_view bytes) {
  check_round_trip(bytes, decode_parcel_file, encode_parcel_file, "hand-over file");
  const std::string summed = std::string(bytes) + sha256(bytes);
  check_round_trip(summed, decode_parcel_file, encode_parcel_file, "hand-over file");
}

AttachmentId an_id(std::uint8_t n) {
  AttachmentId id;
  id.bytes.fill(n);
  return id;
}

std::vector<std::string> attachment_request_seeds() {
  AttachmentRequest request;
  request.tablet = {7};
  request.epoch = {11};
  request.nonce = 99;
  request.room = 65'536;
  request.offers = {{an_id(1), Media::jpeg, 184'213}, {an_id(2), Media::png, 9}};
  request.pieces = {{an_id(1), kThumbnailPart, "small"}, {an_id(1), 3, "part"}};
  request.wishes = {{an_id(3), kThumbnailPart}, {an_id(4), 2}};
  return {encode_attachment_request(request), encode_attachment_request({})};
}

std::vector<std::string> attachment_response_seeds() {
  AttachmentResponse response;
  response.nonce = 99;
  response.server_time = from_ms(1'772'700'000'000);
  response.epoch = {11};
  response.custody = {{an_id(1), Custody::begun, 2, true}, {an_id(2), Custody::whole, 1, false}};
  response.known = {{an_id(3), true, Media::png, 9, true}, {an_id(4), false, Media::jpeg, 0, false}};
  response.pieces = {{an_id(3), kThumbnailPart, "small"}};
  AttachmentResponse refused;
  refused.error = "wrong_epoch";
  return {encode_attachment_response(response), encode_attachment_response(refused)};
}

std::vector<std::string> parcel_request_seeds() {
  ParcelRequest request;
  request.tablet = {7};
  request.epoch = {11};
  request.nonce = 99;
  request.boxes = {"closed", "closed too"};
  return {encode_parcel_request(request), encode_parcel_request({})};
}

std::vector<std::string> parcel_response_seeds() {
  ParcelResponse response;
  response.nonce = 99;
  response.epoch = {11};
  response.replies = {{ParcelFate::taken, {8}, "closed"}, {ParcelFate::refused, {}, {}}, {ParcelFate::again, {}, {}}};
  return {encode_parcel_response(response), encode_parcel_response({})};
}

std::vector<std::string> parcel_file_seeds() {
  ParcelFile file;
  file.platform_key = std::string(32, 'k');
  file.from = {7};
  file.items = {{ParcelFile::For::platform, {7}, "closed"}, {ParcelFile::For::tablet, {8}, "closed too"}};
  const std::string whole = encode_parcel_file(file);
  return {whole, whole.substr(0, whole.size() - 32)};
}

}  // namespace

std::vector<Target> attachment_targets() {
  return {{"attachment_request", run_attachment_request, attachment_request_seeds},
          {"attachment_response", run_attachment_response, attachment_response_seeds},
          {"parcel_request", run_parcel_request, parcel_request_seeds},
          {"parcel_response", run_parcel_response, parcel_response_seeds},
          {"parcel_file", run_parcel_file, parcel_file_seeds}};
}

}  // namespace ruhu::fuzz
