# spindle_fuzzer(NAME LIBRARIES...): fuzz/NAME.cpp holds LLVMFuzzerTestOneInput for one parser.
# With SPINDLE_FUZZ (clang) it becomes the libFuzzer program fuzz_NAME: `make fuzz` runs it.
# Otherwise it becomes replay_NAME and a test: every kept input of fuzz/corpus/NAME, each cut short
# and damaged in seeded ways (fuzz/replay.cpp), so that `make test` never forgets an old crash.
add_custom_target(fuzzers) # all of one kind or the other
function(spindle_fuzzer name)
  if(SPINDLE_FUZZ)
    add_executable(fuzz_${name} ${name}.cpp)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    target_link_libraries(fuzz_${name} PRIVATE ${ARGN})
    add_dependencies(fuzzers fuzz_${name})
  else()
    add_executable(replay_${name} ${name}.cpp)
    target_link_libraries(replay_${name} PRIVATE fuzz_replay ${ARGN})
    add_dependencies(fuzzers replay_${name})
    spindle_test_once(replay_${name})
    add_test(NAME fuzz.${name} COMMAND replay_${name} ${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name})
    set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 300 LABELS fuzz.sanitized)
  endif()
endfunction()
