# The test libraries' headers, compiled once for all tests: a third of what compiling a test costs. The
# rooms do without: measured, they gain little, and g++ 12 then warns inside the standard library.
# Off by default, so that a forgotten #include is noticed by most builds; on in the presets that are
# built from nothing (`test`, `asan-ubsan`).
set(SPINDLE_TEST_FLAGS "" CACHE STRING "how tests themselves are compiled, such as -O0")
option(SPINDLE_PCH "precompile the headers of the test libraries" OFF)

if(SPINDLE_PCH AND SPINDLE_TESTS)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/test_headers.cpp CONTENT "// carries the precompiled header\n")
  add_library(test_headers OBJECT ${CMAKE_BINARY_DIR}/test_headers.cpp)
  target_link_libraries(test_headers PRIVATE spindle_options fmt::fmt GTest::gtest GTest::gmock pkg::rapidcheck)
  target_compile_options(test_headers PRIVATE ${SPINDLE_TEST_FLAGS})
  target_precompile_headers(test_headers PRIVATE
    <algorithm> <filesystem> <fstream> <string> <vector> <fmt/format.h> <tl/expected.hpp>
    <gtest/gtest.h> <gmock/gmock.h> <rapidcheck.h> <rapidcheck/gtest.h>)
  if(SPINDLE_CCACHE)
    # What ccache wants to be told before it stores anything that used a precompiled header.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${SPINDLE_CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      add_compile_options(-fpch-preprocess)
    endif()
  endif()
endif()

# Tests themselves are compiled by other rules than what they test: optimised, they would take three times
# as long to compile and not be faster.
function(spindle_compile_test target)
  target_compile_options(${target} PRIVATE ${SPINDLE_TEST_FLAGS})
  if(SPINDLE_PCH)
    target_precompile_headers(${target} REUSE_FROM test_headers)
    # A test with definitions of its own reads the headers the usual way instead.
    set_target_properties(${target} PROPERTIES PCH_WARN_INVALID OFF)
  endif()
endfunction()
