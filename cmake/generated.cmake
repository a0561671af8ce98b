# Sources made from assets/ by assets/generate.py: dictionary constants, the dictionary itself, texts, pinyin.

set(RUHU_GENERATED_DIR "${PROJECT_BINARY_DIR}/generated")
set(RUHU_INCLUDE_ROOTS "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}" "${RUHU_GENERATED_DIR}")
set(RUHU_GENERATED_STORAGE "")
set(RUHU_GENERATED_BASE "")

file(GLOB generator CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/assets/generate.py")
if(generator)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  file(GLOB_RECURSE inputs CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/assets/*.json" "${PROJECT_SOURCE_DIR}/assets/*.py")
  set(RUHU_GENERATED_STORAGE "${RUHU_GENERATED_DIR}/dictionary_json.cpp" "${RUHU_GENERATED_DIR}/pinyin_table.cpp")
  set(RUHU_GENERATED_BASE "${RUHU_GENERATED_DIR}/text_catalog.cpp")
  set(outputs "${RUHU_GENERATED_DIR}/dictionary_constants.hpp" ${RUHU_GENERATED_STORAGE} ${RUHU_GENERATED_BASE})
  file(MAKE_DIRECTORY "${RUHU_GENERATED_DIR}")
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND Python3::Interpreter "${generator}" --assets "${PROJECT_SOURCE_DIR}/assets" --out "${RUHU_GENERATED_DIR}"
    DEPENDS ${inputs}
    COMMENT "Generating sources from assets"
    VERBATIM)
  add_custom_target(ruhu_generate DEPENDS ${outputs})
  # Long literals are the point of these files; the usual warnings are about style that nobody writes by hand.
  set_source_files_properties(${RUHU_GENERATED_STORAGE} ${RUHU_GENERATED_BASE} PROPERTIES COMPILE_OPTIONS "-w")
endif()
