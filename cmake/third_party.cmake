# Libraries from the system, and the two that are compiled from source fetched by ./dev: SQLite3MC and Dear ImGui.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PNG REQUIRED)
find_package(JPEG REQUIRED)
find_package(CURL REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(simdjson REQUIRED)
pkg_check_modules(sdl2 REQUIRED IMPORTED_TARGET sdl2)
pkg_check_modules(freetype REQUIRED IMPORTED_TARGET freetype2)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(cbor REQUIRED IMPORTED_TARGET libcbor)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)

set(RUHU_DEPS_DIR "${PROJECT_SOURCE_DIR}/build/deps" CACHE PATH "Where ./dev puts fetched sources")
set(RUHU_IMGUI_DIR "${RUHU_DEPS_DIR}/imgui/src" CACHE PATH "Dear ImGui source, 1.92 or newer")
set(RUHU_SQLITE3MC_DIR "${RUHU_DEPS_DIR}/sqlite3mc" CACHE PATH "SQLite3MC amalgamation")

foreach(file IN ITEMS "${RUHU_IMGUI_DIR}/imgui.h" "${RUHU_SQLITE3MC_DIR}/sqlite3.c")
  if(NOT EXISTS "${file}")
    message(FATAL_ERROR "${file} is missing: run ./dev build, which fetches it.")
  endif()
endforeach()

# Always fast; under sanitizers memory and threads are watched, their undefined-behaviour findings are not ours to fix.
set(third_party_options -w -O2)
if(RUHU_SANITIZE MATCHES "undefined")
  list(APPEND third_party_options -fno-sanitize=undefined)
endif()

# --- SQLite3MC ------------------------------------------------------------------------------------------------------
# Its ciphers choose AES and AVX code at run time, so no -m flag is given: the library runs on any x86-64 and arm64.
# Its faults are corrected in a copy (see the patch).
set(sqlite3mc_source "${PROJECT_BINARY_DIR}/sqlite3mc/sqlite3.c")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS cmake/sqlite3mc.patch)
find_program(RUHU_PATCH patch REQUIRED)
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/sqlite3mc")
execute_process(
  COMMAND "${RUHU_PATCH}" --batch --fuzz=0 --silent --output "${sqlite3mc_source}.new" "${RUHU_SQLITE3MC_DIR}/sqlite3.c"
          "${PROJECT_SOURCE_DIR}/cmake/sqlite3mc.patch"
  RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "cmake/sqlite3mc.patch does not fit this SQLite3MC: look whether its faults are still there.")
endif()
configure_file("${sqlite3mc_source}.new" "${sqlite3mc_source}" COPYONLY)  # touched only when it differs
add_library(ruhu_sqlite3mc STATIC "${sqlite3mc_source}")
target_include_directories(ruhu_sqlite3mc SYSTEM PUBLIC "${RUHU_SQLITE3MC_DIR}")
target_compile_definitions(ruhu_sqlite3mc
  PRIVATE
    HAVE_USLEEP=1 HAVE_STDINT_H=1 HAVE_FDATASYNC=1
    SQLITE_DEFAULT_FOREIGN_KEYS=1 SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_DQS=0 SQLITE_THREADSAFE=2 SQLITE_USE_URI=1
    SQLITE_ENABLE_DBSTAT_VTAB SQLITE_ENABLE_FTS5 SQLITE_ENABLE_MATH_FUNCTIONS SQLITE_ENABLE_STAT4
    SQLITE_ENABLE_STMTVTAB SQLITE_LIKE_DOESNT_MATCH_BLOBS SQLITE_OMIT_DEPRECATED SQLITE_OMIT_SHARED_CACHE
    SQLITE_SECURE_DELETE SQLITE_TEMP_STORE=2
    HAVE_CIPHER_AEGIS=1 HAVE_CIPHER_CHACHA20=1 CODEC_TYPE=CODEC_TYPE_CHACHA20 SQLITE3MC_SECURE_MEMORY=1)
target_compile_options(ruhu_sqlite3mc PRIVATE ${third_party_options})
target_link_libraries(ruhu_sqlite3mc PUBLIC Threads::Threads ${CMAKE_DL_LIBS} m)

# --- Dear ImGui -----------------------------------------------------------------------------------------------------
add_library(ruhu_imgui STATIC
  "${RUHU_IMGUI_DIR}/imgui.cpp"
  "${RUHU_IMGUI_DIR}/imgui_draw.cpp"
  "${RUHU_IMGUI_DIR}/imgui_tables.cpp"
  "${RUHU_IMGUI_DIR}/imgui_widgets.cpp"
  "${RUHU_IMGUI_DIR}/backends/imgui_impl_sdl2.cpp"
  "${RUHU_IMGUI_DIR}/backends/imgui_impl_sdlrenderer2.cpp"
  "${RUHU_IMGUI_DIR}/misc/cpp/imgui_stdlib.cpp"
  "${RUHU_IMGUI_DIR}/misc/freetype/imgui_freetype.cpp")
target_include_directories(ruhu_imgui SYSTEM PUBLIC
  "${RUHU_IMGUI_DIR}" "${RUHU_IMGUI_DIR}/backends" "${RUHU_IMGUI_DIR}/misc/cpp" "${RUHU_IMGUI_DIR}/misc/freetype")
target_compile_definitions(ruhu_imgui PUBLIC
  IMGUI_USE_WCHAR32 IMGUI_ENABLE_FREETYPE IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DEFINE_MATH_OPERATORS)
target_compile_options(ruhu_imgui PRIVATE ${third_party_options})
target_link_libraries(ruhu_imgui PUBLIC PkgConfig::sdl2 PkgConfig::freetype)
