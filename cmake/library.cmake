# ruhu_library(NAME DIRS folder... [WITHOUT regex...] [SOURCES file...] LINK target...)
#
# One library from every .cpp below the folders, found anew at each build, so a new file needs no edit here. A library
# without files yet is an interface library: whoever links it still gets what it links.
function(ruhu_library name)
  cmake_parse_arguments(arg "" "" "DIRS;WITHOUT;SOURCES;LINK" ${ARGN})
  ruhu_find_sources(sources "${arg_DIRS}" "${arg_WITHOUT}")
  list(APPEND sources ${arg_SOURCES})
  if(sources)
    add_library(${name} STATIC ${sources})
    ruhu_our_code(${name})
    target_link_libraries(${name} PUBLIC ${arg_LINK})
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${RUHU_INCLUDE_ROOTS})
    target_link_libraries(${name} INTERFACE ${arg_LINK})
  endif()
endfunction()

# All .cpp files below the folders, less those whose path from the root matches one of the expressions.
function(ruhu_find_sources out dirs without)
  set(found "")
  foreach(dir IN LISTS dirs)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/${dir}/*.cpp")
    list(APPEND found ${files})
  endforeach()
  foreach(pattern IN LISTS without)
    list(FILTER found EXCLUDE REGEX "${pattern}")
  endforeach()
  set(${out} "${found}" PARENT_SCOPE)
endfunction()

# Include roots, warnings, and the order after generation: what every target with our own code needs.
function(ruhu_our_code name)
  target_include_directories(${name} PUBLIC ${RUHU_INCLUDE_ROOTS})
  target_compile_options(${name} PRIVATE ${RUHU_WARNINGS})
  if(TARGET ruhu_generate)
    add_dependencies(${name} ruhu_generate)
  endif()
endfunction()

# ruhu_program(NAME SOURCES file... LINK target...): nothing while the first source is not written yet.
function(ruhu_program name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  list(GET arg_SOURCES 0 first)
  if(EXISTS "${PROJECT_SOURCE_DIR}/${first}")
    add_executable(${name} ${arg_SOURCES})
    ruhu_our_code(${name})
    target_link_libraries(${name} PRIVATE ${arg_LINK})
  endif()
  # Empty or one file: watched, so that writing or removing the file configures anew.
  file(GLOB watched CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${first}")
endfunction()
