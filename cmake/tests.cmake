# One test program per folder of tests/ that holds *_test.cpp; every TEST_CASE is a ctest test of its own.

find_package(Catch2 REQUIRED)
find_package(rapidcheck REQUIRED)
include(Catch)

# Support code may use any folder, yet links none of ours: each program brings its own, so that a folder's tests build
# while another folder is being worked on.
set(support_link Catch2::Catch2 rapidcheck ruhu_sqlite3mc ruhu_imgui nlohmann_json::nlohmann_json PkgConfig::cbor
  PkgConfig::sodium PNG::PNG JPEG::JPEG)
ruhu_library(ruhu_test_support DIRS tests/support WITHOUT "/main\\.cpp$" LINK ${support_link})
add_library(ruhu_test_main STATIC tests/support/main.cpp)
target_compile_options(ruhu_test_main PRIVATE -w)
target_link_libraries(ruhu_test_main PUBLIC Catch2::Catch2)

# The world of the simulation is a library: its test and the command-line program both run it.
ruhu_library(ruhu_simulation_lib DIRS tests/simulation WITHOUT "_test\\.cpp$" "/main\\.cpp$"
  LINK ruhu_test_support ruhu_server_lib ruhu_app)
ruhu_program(ruhu_simulation SOURCES tests/simulation/main.cpp LINK ruhu_simulation_lib)

if(Catch2_VERSION VERSION_GREATER_EQUAL 3)
  set(discovery DISCOVERY_MODE PRE_TEST)
else()
  set(discovery "")
endif()

# ruhu_tests(FOLDER LIBRARIES [extra properties...]). A case whose name ctest cannot hand back (it holds a semicolon) fails there,
# instead of passing with nothing run.
function(ruhu_tests folder libraries)
  ruhu_find_sources(sources "tests/${folder}" "/main\\.cpp$")
  set(cases "${sources}")
  list(FILTER cases INCLUDE REGEX "_test\\.cpp$")
  if(folder STREQUAL "simulation")
    set(sources "${cases}")  # The rest is ruhu_simulation_lib.
  endif()
  if(NOT cases)
    return()
  endif()
  set(name ruhu_${folder}_test)
  add_executable(${name} ${sources})
  ruhu_our_code(${name})
  target_compile_definitions(${name} PRIVATE RUHU_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ruhu_test_main ruhu_test_support ${libraries})
  catch_discover_tests(${name} ${discovery} TEST_PREFIX "${folder}/"
    EXTRA_ARGS --warn NoTests WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    PROPERTIES TIMEOUT 1800 LABELS ${folder} ${ARGN})
endfunction()

set(everything ruhu_simulation_lib ruhu_ui ruhu_server_lib)
ruhu_tests(base "ruhu_net;ruhu_keys;ruhu_worker;ruhu_photos;ruhu_base;ruhu_server_http")
ruhu_tests(storage ruhu_storage)
ruhu_tests(sync "ruhu_sync;ruhu_server_http")
ruhu_tests(server ruhu_server_lib)
ruhu_tests(app ruhu_app)
ruhu_tests(ui ruhu_ui)
ruhu_tests(property ruhu_server_lib)
foreach(folder IN ITEMS contract simulation upgrade)
  ruhu_tests(${folder} "${everything}")
endforeach()

# Old databases are opened in the world of the storage tests and synced with that of the server's.
if(TARGET ruhu_upgrade_test)
  target_sources(ruhu_upgrade_test PRIVATE tests/storage/store_world.cpp tests/server/platform_world.cpp)
endif()

# Journeys run the real programs. Two properties, because a list of two variables does not survive Catch2 2's scripts.
if(TARGET ruhu AND TARGET ruhu-server)
  ruhu_tests(journeys "${everything}"
    ENVIRONMENT "RUHU_BIN=$<TARGET_FILE:ruhu>"
    ENVIRONMENT_MODIFICATION "RUHU_SERVER_BIN=set:$<TARGET_FILE:ruhu-server>")
  if(TARGET ruhu_journeys_test)
    add_dependencies(ruhu_journeys_test ruhu ruhu-server)
  endif()
endif()

# The tidy check reads the include table as data; its negative run proves that it can fail. So does that of the
# generator, which reads the dictionary.
foreach(check IN ITEMS tidy tidy_negative generate_negative)
  file(GLOB script CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/tidy/${check}.py")
  if(script)
    add_test(NAME ${check} COMMAND python3 "tests/tidy/${check}.py" WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  endif()
endforeach()

# The page about the dictionary says what the dictionary says.
add_test(NAME schema_page COMMAND sh -c
  "python3 assets/generate.py --assets assets --out '${PROJECT_BINARY_DIR}/schema' --schema '${PROJECT_BINARY_DIR}/schema/SCHEMA.md' && diff storage/SCHEMA.md '${PROJECT_BINARY_DIR}/schema/SCHEMA.md' || { echo 'run ./dev docs'; exit 1; }"
  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")

# The fuzzer and the test that plays its kept inputs are made of the same targets.
ruhu_tests(fuzz "ruhu_sync;ruhu_photos;ruhu_storage")
if(RUHU_FUZZER)
  ruhu_find_sources(fuzz_sources "tests/fuzz" "_test\\.cpp$")
  add_executable(ruhu_fuzz ${fuzz_sources} tests/support/photo_maker.cpp)
  ruhu_our_code(ruhu_fuzz)
  target_compile_definitions(ruhu_fuzz PRIVATE RUHU_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_options(ruhu_fuzz PRIVATE -fsanitize=fuzzer)
  target_link_libraries(ruhu_fuzz PRIVATE ruhu_sync ruhu_photos ruhu_storage JPEG::JPEG PNG::PNG)
endif()

ruhu_find_sources(bench_sources "tests/bench" "")
if(bench_sources)
  add_executable(ruhu_bench ${bench_sources})
  ruhu_our_code(ruhu_bench)
  target_link_libraries(ruhu_bench PRIVATE ruhu_test_support ${everything})
endif()
