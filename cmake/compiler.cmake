# Compiler, linker and cache: what holds for every target, and what holds for our code only.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_C_FLAGS_DEV "-O1 -g1")
set(CMAKE_CXX_FLAGS_DEV "-O1 -g1 -D_GLIBCXX_ASSERTIONS")
# Branches count where they are written: inlined early, the destructors of the standard library count as ours, at every
# RUHU_TRY_DONE those that nothing can take.
set(CMAKE_C_FLAGS_COVERAGE "-O1 -fno-early-inlining")
set(CMAKE_CXX_FLAGS_COVERAGE "-O1 -fno-early-inlining -D_GLIBCXX_ASSERTIONS")
set(hardening "-fstack-protector-strong -D_FORTIFY_SOURCE=2")
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG ${hardening}")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG -D_GLIBCXX_ASSERTIONS ${hardening}")

find_program(RUHU_CCACHE ccache)
if(RUHU_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER "${RUHU_CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${RUHU_CCACHE}")
endif()

include(CheckLinkerFlag)
find_program(RUHU_MOLD mold)
if(RUHU_MOLD)
  check_linker_flag(CXX -fuse-ld=mold RUHU_LINKS_WITH_MOLD)
  if(RUHU_LINKS_WITH_MOLD)
    add_link_options(-fuse-ld=mold)
  endif()
endif()

set(RUHU_SANITIZE "" CACHE STRING "Sanitizers for every target, for example address,undefined")
if(RUHU_SANITIZE)
  add_compile_options(-fsanitize=${RUHU_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${RUHU_SANITIZE})
  if(RUHU_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
endif()

# libFuzzer comes with clang; warnings are g++'s business.
option(RUHU_FUZZER "Watch which code runs, for ruhu_fuzz" OFF)
if(RUHU_FUZZER)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Warnings are errors in our own code. The exceptions are g++ 12 false alarms (the first line), the initialisers by
# name that leave the rest at their defaults (the second), and checks that are guesses under optimisation.
set(RUHU_WARNINGS
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
    -Wno-missing-field-initializers
    $<$<CXX_COMPILER_ID:GNU>:-Wno-error=maybe-uninitialized>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-error=array-bounds>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-error=stringop-overflow>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-error=stringop-overread>)
if(RUHU_FUZZER)
  set(RUHU_WARNINGS -w)
endif()
