set(SPINDLE_TEST_FLAGS "" CACHE STRING "how tests themselves are compiled, such as -O0")

# The test libraries' headers, compiled once for all tests: a third of what compiling a test costs. The
# rooms do without: measured, they gain little, and g++ 12 then warns inside the standard library.
# Off by default, so that a forgotten #include is noticed by most builds; on in the presets that are
# built from nothing (`test`, `asan-ubsan`).
option(SPINDLE_PCH "precompile the headers of the test libraries" OFF)

if(SPINDLE_PCH AND SPINDLE_TESTS)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/test_headers.cpp CONTENT "// carries the precompiled header\n")
  if(SPINDLE_CCACHE)
    # What ccache wants to be told before it stores anything that used a precompiled header.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${SPINDLE_CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      add_compile_options(-fpch-preprocess)
    endif()
  endif()
endif()

# One set of headers for each way to compile: a compiler takes no other.
function(spindle_precompile_headers name)
  if(NOT TARGET ${name})
    add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/test_headers.cpp)
    target_link_libraries(${name} PRIVATE spindle_options fmt::fmt GTest::gtest GTest::gmock pkg::rapidcheck)
    target_compile_options(${name} PRIVATE ${ARGN})
    target_precompile_headers(${name} PRIVATE
      <algorithm> <filesystem> <fstream> <string> <vector> <fmt/format.h> <tl/expected.hpp>
      <gtest/gtest.h> <gmock/gmock.h> <rapidcheck.h> <rapidcheck/gtest.h>)
  endif()
endfunction()

# spindle_compile_test(TARGET [COMPUTES]): tests themselves are compiled by other rules than what they test.
# Optimised, they would take three times as long to compile and not be faster; but those that COMPUTE
# (make whole sides of records, say) are compiled as the rest is.
function(spindle_compile_test target)
  set(headers test_headers)
  set(flags ${SPINDLE_TEST_FLAGS})
  if("COMPUTES" IN_LIST ARGN)
    set(headers computing_test_headers)
    set(flags "")
  endif()
  target_compile_options(${target} PRIVATE ${flags})
  if(SPINDLE_PCH)
    spindle_precompile_headers(${headers} ${flags})
    target_precompile_headers(${target} REUSE_FROM ${headers})
    # A test with definitions of its own reads the headers the usual way instead.
    set_target_properties(${target} PROPERTIES PCH_WARN_INVALID OFF)
  endif()
endfunction()
