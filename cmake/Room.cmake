# spindle_room(NAME [PLAIN] [COMPUTES] [JOINS] [DEPENDS rooms...] [PACKAGES libraries...] [FOLDERS sub-folders...]
#              [ALONE patterns...] [SOURCES files...] [DEFINITIONS macros...] [OPTIONS flags...])
# One folder of src/ is one static library spindle_NAME. Unit tests sit beside the code (x_test.cpp)
# and become one GoogleTest program NAME_test, each TEST a ctest of its own, or, with
# SPINDLE_TEST_PROGRAMS, the whole program: what its tests have in common is then made once.
# PLAIN: it puts other rooms together, measures them or computes, and reads no bytes itself. Its tests
# are not built with sanitizers, unless SPINDLE_SANITIZE_ALL says so; nor is it itself where
# SPINDLE_PLAIN_FROM names a build without them that has it: that was a quarter of the work.
# COMPUTES: its tests do, too: see spindle_compile_test().
# JOINS: it puts other rooms together and computes nothing itself: compiled as tests are (SPINDLE_TEST_FLAGS).
# ALONE: files that are never compiled together with others, as they use a name that others use, too.
# SOURCES: made ones, besides the folder's. DEFINITIONS: of the room and its tests, not of who uses it.
# OPTIONS: for the compiler, of the room alone.
# DEPENDS are public (their headers may be included by this room's headers), PACKAGES private.
include(GoogleTest)
option(SPINDLE_UNITY "compile some files at a time: less than half of the work" OFF)
option(SPINDLE_SANITIZE_ALL "with sanitizers, build the tests of PLAIN rooms, too" OFF)
option(SPINDLE_TEST_ONCE "what is tested with sanitizers is not part of `all` here: half of the work" OFF)
option(SPINDLE_TEST_PROGRAMS "a room's unit tests are one test of ctest: a third of the time" OFF)
set(SPINDLE_PLAIN_FROM "" CACHE PATH "with sanitizers: a build without them, whose PLAIN rooms are used")
add_custom_target(unit_tests) # builds the unit tests of all rooms
# Some files of a target compiled as one: these files are short, and what they include is long. Off by
# default, as one edit then compiles sixteen files and a missing #include is not seen; on in the presets
# that are built from nothing (`test`, `asan-ubsan`).
function(spindle_join_sources target)
  if(SPINDLE_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 16)
    # Each file is in one such group only, so what has no name outside it is safe in a member.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
endfunction()
# `make test` runs this program in the build with sanitizers: by name it can be built here all the same.
function(spindle_test_once target)
  if(SPINDLE_TEST_ONCE AND NOT SPINDLE_SANITIZE)
    set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
endfunction()
# The other build makes its PLAIN rooms when something of this one needs them.
function(spindle_import_room name)
  set(library ${SPINDLE_PLAIN_FROM}/src/${name}/libspindle_${name}.a)
  add_custom_target(plain_${name} BYPRODUCTS ${library} USES_TERMINAL VERBATIM
    COMMAND ${CMAKE_SOURCE_DIR}/scripts/build test spindle_${name})
  add_library(spindle_${name} STATIC IMPORTED GLOBAL)
  set_target_properties(spindle_${name} PROPERTIES IMPORTED_LOCATION ${library})
  target_link_libraries(spindle_${name} INTERFACE ${ARGN})
  add_dependencies(spindle_${name} plain_${name})
endfunction()
function(spindle_room name)
  cmake_parse_arguments(ROOM "PLAIN;COMPUTES;JOINS" "" "DEPENDS;PACKAGES;FOLDERS;ALONE;SOURCES;DEFINITIONS;OPTIONS" ${ARGN})
  set(patterns *.cpp *.h)
  foreach(folder ${ROOM_FOLDERS})
    list(APPEND patterns ${folder}/*.cpp ${folder}/*.h)
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS ${patterns})
  foreach(pattern ${ROOM_ALONE})
    set(alone ${sources})
    list(FILTER alone INCLUDE REGEX "/${pattern}\\.cpp$")
    set_source_files_properties(${alone} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endforeach()
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")

  list(TRANSFORM ROOM_DEPENDS PREPEND spindle_)
  if(ROOM_PLAIN AND SPINDLE_SANITIZE AND SPINDLE_PLAIN_FROM AND NOT SPINDLE_SANITIZE_ALL)
    spindle_import_room(${name} spindle_options ${ROOM_DEPENDS} ${ROOM_PACKAGES})
    return()
  endif()
  if(sources MATCHES "\\.cpp(;|$)")
    add_library(spindle_${name} STATIC ${sources} ${ROOM_SOURCES})
    target_link_libraries(spindle_${name} PUBLIC spindle_options ${ROOM_DEPENDS} PRIVATE ${ROOM_PACKAGES})
    target_compile_definitions(spindle_${name} PRIVATE ${ROOM_DEFINITIONS})
    target_compile_options(spindle_${name} PRIVATE ${ROOM_OPTIONS})
    if(ROOM_JOINS)
      target_compile_options(spindle_${name} PRIVATE ${SPINDLE_TEST_FLAGS})
    endif()
    spindle_join_sources(spindle_${name})
  else() # headers only
    add_library(spindle_${name} INTERFACE)
    target_link_libraries(spindle_${name} INTERFACE spindle_options ${ROOM_DEPENDS})
  endif()

  if(ROOM_PLAIN AND SPINDLE_SANITIZE AND NOT SPINDLE_SANITIZE_ALL)
    if(sources MATCHES "\\.cpp(;|$)") # here only for the tests of others, which do not compute with it
      target_compile_options(spindle_${name} PRIVATE ${SPINDLE_TEST_FLAGS})
    endif()
    return()
  endif()
  if(SPINDLE_TESTS AND tests)
    set(label unit.plain)
    add_executable(${name}_test ${tests} ${CMAKE_SOURCE_DIR}/src/testing/known_leaks.cpp)
    target_link_libraries(${name}_test PRIVATE spindle_${name} ${ROOM_PACKAGES} spindle_testing
      GTest::gtest_main GTest::gmock pkg::rapidcheck)
    target_compile_definitions(${name}_test PRIVATE ${ROOM_DEFINITIONS})
    if(ROOM_COMPUTES)
      spindle_compile_test(${name}_test COMPUTES)
    else()
      spindle_compile_test(${name}_test)
    endif()
    spindle_join_sources(${name}_test)
    if(NOT ROOM_PLAIN)
      spindle_test_once(${name}_test)
      set(label unit.sanitized)
    endif()
    add_dependencies(unit_tests ${name}_test)
    if(SPINDLE_TEST_PROGRAMS)
      add_test(NAME ${name} COMMAND ${name}_test)
      set_tests_properties(${name} PROPERTIES TIMEOUT 900 COST 100 LABELS ${label})
    else()
      gtest_discover_tests(${name}_test TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60
        PROPERTIES TIMEOUT 120 LABELS ${label})
    endif()
  endif()
endfunction()
