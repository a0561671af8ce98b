#include <iostream>
#include <nlohmann/json.hpp>

#include "app/cli/cli.hpp"
#include "sync/transport/http_transport.hpp"

namespace ruhu::cli {

using Json = nlohmann::ordered_json;

Result<int> run_enrol(const Args& args, Tablet::World world) {
  const auto client = make_curl_client();
  RUHU_TRY(const auto tablet, Tablet::enrol(args.data, {args.server, args.code, args.pin}, *client, world));
  RUHU_TRY(const auto identity, tablet->store().identity());
  const std::string number = std::to_string(identity->tablet.value);
  if (args.json) {
    print_line({{"tablet", identity->tablet.value},
                {"actor", identity->actor_name},
                {"role", identity->role},
                {"realm", std::string(name_of(identity->realm))}});
  } else {
    std::cout << fill(text(args.lang, "cli.enrolled"), {{"tablet", number}, {"name", identity->actor_name}})
              << std::endl;
  }
  return 0;
}

namespace {

struct Moved {
  SyncReport text;
  ParcelCourier::Outcome parcels;
  AttachmentReport photos;
};

/// Text first: photos go only once it is through.
Status move_everything(const Args& args, Tablet& tablet, Moved& moved) {
  RUHU_TRY(const auto identity, tablet.store().identity());
  RUHU_TRY(const auto replicator, tablet.replicator());
  const auto client = make_curl_client();
  HttpTransport text(*client, identity->server_url);
  RUHU_TRY(moved.text, sync_to_end(*replicator, text));
  RUHU_TRY(const auto courier, tablet.parcel_courier());
  HttpTransport parcels(*client, identity->server_url, kParcelsPath);
  RUHU_TRY(moved.parcels, bring_parcels(*courier, parcels));
  using Originals = AttachmentMover::Originals;
  RUHU_TRY(const auto mover, tablet.attachment_mover(args.metered ? Originals::leave : Originals::move));
  HttpTransport photos(*client, identity->server_url, kAttachmentsPath);
  return move_attachments(*mover, photos, moved.photos);
}

Json photos_output(const AttachmentReport& photos, std::int64_t left) {
  return {{"sent", photos.sent},
          {"received", photos.received},
          {"thumbnails", photos.thumbnails},
          {"trips", photos.trips},
          {"bytes_up", photos.bytes_up},
          {"bytes_down", photos.bytes_down},
          {"content_up", photos.content_up},
          {"content_down", photos.content_down},
          {"left", left}};
}

}  // namespace

Result<int> run_sync(const Args& args, Tablet::World world) {
  RUHU_TRY(const auto tablet, Tablet::open(args.data, args.pin, world));
  Moved moved;
  const Status done = move_everything(args, *tablet, moved);
  RUHU_TRY(const StoreFigures figures, tablet->store().figures());
  RUHU_TRY(const AttachmentUsage photos, tablet->store().attachments().usage());
  if (!done.ok()) {
    complain(args, done.error());
    if (!args.json)
      std::cout << fill(text(args.lang, "cli.sync_left"), {{"n", std::to_string(figures.queued)}}) << std::endl;
    return 1;
  }
  const SyncReport& report = moved.text;
  if (args.json) {
    print_line(
        {{"sent", report.sent},
         {"received", report.received},
         {"conflicts", report.conflicts},
         {"trips", report.trips},
         {"bytes_up", report.bytes_up},
         {"bytes_down", report.bytes_down},
         {"left", figures.queued},
         {"complete", report.complete},
         {"parcels", {{"taken", moved.parcels.taken}, {"refused", moved.parcels.refused}, {"left", figures.carried}}},
         {"photos", photos_output(moved.photos, photos.unsent)}});
  } else {
    std::cout << fill(text(args.lang, "cli.sync_done"), {{"sent", std::to_string(report.sent)},
                                                         {"received", std::to_string(report.received)},
                                                         {"conflicts", std::to_string(report.conflicts)}})
              << std::endl;
    if (photos.unsent > 0)
      std::cout << fill(text(args.lang, "cli.photos_left"), {{"n", std::to_string(photos.unsent)}}) << std::endl;
  }
  const bool photos_through = photos.unsent == 0 || args.metered;
  return figures.queued == 0 && photos_through ? 0 : 1;
}

void complain(const Args& args, const Error& error) {
  std::cerr << "ruhu: " << error_text_both(error.code);
  if (!error.detail.empty()) std::cerr << " [" << error.detail << "]";
  std::cerr << std::endl;
  if (args.json) print_line({{"error", std::string(traits_of(error.code).key)}, {"detail", error.detail}});
}

void print_line(const Json& json) {
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
}

}  // namespace ruhu::cli
