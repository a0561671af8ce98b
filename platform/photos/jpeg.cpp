#include "platform/photos/jpeg.hpp"

// jpeglib.h needs size_t and FILE from before it.
#include <algorithm>
#include <csetjmp>
#include <cstdio>

#include <jpeglib.h>

#include <jerror.h>

namespace ruhu {
namespace {

/// A hostile progressive file has thousands of scans over the whole picture; cameras write about ten.
constexpr int kScansMax = 64;

/// libjpeg's error manager and where to go on after an error. Warnings that mean damaged data are errors, too.
struct ErrorTrap {
  jpeg_error_mgr manager;
  std::jmp_buf resume;
  bool too_large;
  bool many_scans;
};

ErrorTrap& trap_of(j_common_ptr info) { return *reinterpret_cast<ErrorTrap*>(info->err); }

[[noreturn]] void on_error(j_common_ptr info) {
  ErrorTrap& trap = trap_of(info);
  const int code = trap.manager.msg_code;
  trap.too_large = code == JERR_NO_BACKING_STORE || code == JERR_OUT_OF_MEMORY || code == JERR_IMAGE_TOO_BIG;
  std::longjmp(trap.resume, 1);
}

void on_message(j_common_ptr info, int level) {
  if (level >= 0) return;  // tracing
  switch (info->err->msg_code) {
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_JPEG_EOF:
    case JWRN_MUST_RESYNC: on_error(info);
    default: return;  // odd, and the picture is whole
  }
}

void on_progress(j_common_ptr info) {
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kScansMax) {
    trap_of(info).many_scans = true;
    on_error(info);
  }
}

void set_trap(ErrorTrap& trap) {
  jpeg_std_error(&trap.manager);
  trap.manager.error_exit = on_error;
  trap.manager.emit_message = on_message;
  trap.manager.output_message = [](j_common_ptr) {};
  trap.too_large = false;
  trap.many_scans = false;
}

/// Frees what libjpeg holds, however its function was left.
struct Decompressor {
  ErrorTrap trap{};
  jpeg_progress_mgr progress{};
  jpeg_decompress_struct info{};
  Decompressor() {
    set_trap(trap);
    info.err = &trap.manager;
    progress.progress_monitor = on_progress;
  }
  ~Decompressor() { jpeg_destroy_decompress(&info); }
  Decompressor(const Decompressor&) = delete;
  Decompressor& operator=(const Decompressor&) = delete;
};

struct Compressor {
  ErrorTrap trap{};
  jpeg_compress_struct info{};
  jpeg_destination_mgr destination{};
  Compressor() {
    set_trap(trap);
    info.err = &trap.manager;
  }
  ~Compressor() { jpeg_destroy_compress(&info); }
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;
};

// Between setjmp and the last call of libjpeg no object may be made that has a destructor: a jump would skip it. So
// these functions get everything from outside and only say whether they came to the end.

bool read_header(Decompressor& in, std::string_view file, std::size_t memory_max) {
  if (setjmp(in.trap.resume) != 0) return false;
  jpeg_create_decompress(&in.info);
  in.info.progress = &in.progress;
  in.info.mem->max_memory_to_use = static_cast<long>(memory_max);
  jpeg_mem_src(&in.info, reinterpret_cast<const unsigned char*>(file.data()), static_cast<unsigned long>(file.size()));
  return jpeg_read_header(&in.info, TRUE) == JPEG_HEADER_OK;
}

bool start(Decompressor& in, int side_max) {
  if (setjmp(in.trap.resume) != 0) return false;
  const std::int64_t longer = std::max(in.info.image_width, in.info.image_height);
  in.info.out_color_space = JCS_RGB;
  in.info.scale_denom = 8;
  in.info.scale_num = 1;
  while (in.info.scale_num < 8 && longer * in.info.scale_num < std::int64_t{8} * side_max) ++in.info.scale_num;
  jpeg_calc_output_dimensions(&in.info);
  return true;
}

bool read_rows(Decompressor& in, Raster& raster) {
  if (setjmp(in.trap.resume) != 0) return false;
  jpeg_start_decompress(&in.info);
  if (in.info.output_components != 3) return false;
  while (in.info.output_scanline < in.info.output_height) {
    JSAMPROW row = raster.rgb.data() + in.info.output_scanline * raster.row_bytes();
    jpeg_read_scanlines(&in.info, &row, 1);
  }
  jpeg_finish_decompress(&in.info);
  return true;
}

bool write_rows(Compressor& out, const Raster& raster, int quality) {
  if (setjmp(out.trap.resume) != 0) return false;
  jpeg_create_compress(&out.info);
  out.destination.init_destination = [](j_compress_ptr) {};
  // The buffer is larger than any picture of this size gets; were it not, that is an error and not a half picture.
  out.destination.empty_output_buffer = [](j_compress_ptr info) -> boolean {
    info->err->msg_code = JERR_BUFFER_SIZE;
    on_error(reinterpret_cast<j_common_ptr>(info));
  };
  out.destination.term_destination = [](j_compress_ptr) {};
  out.info.dest = &out.destination;
  out.info.image_width = static_cast<JDIMENSION>(raster.width);
  out.info.image_height = static_cast<JDIMENSION>(raster.height);
  out.info.input_components = 3;
  out.info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&out.info);
  jpeg_set_quality(&out.info, quality, TRUE);
  out.info.optimize_coding = TRUE;
  jpeg_start_compress(&out.info, TRUE);
  while (out.info.next_scanline < out.info.image_height) {
    JSAMPROW row = const_cast<JSAMPROW>(raster.pixel(0, static_cast<int>(out.info.next_scanline)));
    jpeg_write_scanlines(&out.info, &row, 1);
  }
  jpeg_finish_compress(&out.info);
  return true;
}

Error error_of(const ErrorTrap& trap) {
  if (trap.many_scans) return make_error(Errc::attachment_too_large, "scans");
  return make_error(trap.too_large ? Errc::attachment_too_large : Errc::photo_unreadable,
                    "libjpeg " + std::to_string(trap.manager.msg_code));
}

}  // namespace

bool is_jpeg(std::string_view file) { return file.starts_with("\xFF\xD8\xFF"); }

Result<Raster> decode_jpeg(std::string_view file, const PhotoLimits& limits) {
  Decompressor in;
  if (!read_header(in, file, limits.decoder_bytes_max)) return error_of(in.trap);
  if (std::int64_t{in.info.image_width} * in.info.image_height > limits.pixels_max)
    return make_error(Errc::attachment_too_large, "pixels");
  if (!start(in, limits.side_max)) return error_of(in.trap);
  Raster raster = make_raster(static_cast<int>(in.info.output_width), static_cast<int>(in.info.output_height));
  if (!read_rows(in, raster)) return error_of(in.trap);
  return raster;
}

Result<std::string> encode_jpeg(const Raster& raster, int quality) {
  constexpr std::size_t kHeaders = 64 * 1024;
  std::string bytes(raster.rgb.size() * 2 + kHeaders, '\0');
  Compressor out;
  out.destination.next_output_byte = reinterpret_cast<JOCTET*>(bytes.data());
  out.destination.free_in_buffer = bytes.size();
  if (!write_rows(out, raster, quality)) return error_of(out.trap);
  bytes.resize(bytes.size() - out.destination.free_in_buffer);
  return bytes;
}

}  // namespace ruhu
