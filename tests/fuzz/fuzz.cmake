# Fuzz targets: every tests/fuzz/<name>_fuzz.cc defines LLVMFuzzerTestOneInput.
#
# Any compiler builds <name>_fuzz_replay, which runs the corpus tests/fuzz/corpus/<name>/ through
# it, so that the corpus cannot rot. Clang with -DSIEVE_FUZZ=ON builds <name>_fuzz instead, a
# libFuzzer binary that begins with the corpus, and runs it for SIEVE_FUZZ_SECONDS under ctest. What
# it finds goes into the corpus.
option(SIEVE_FUZZ "libFuzzer binaries (Clang only)" OFF)
set(SIEVE_FUZZ_SECONDS 5 CACHE STRING "How long ctest runs each fuzz target")

set(fuzz_directory ${CMAKE_CURRENT_SOURCE_DIR}/fuzz)
set(fuzz_findings ${CMAKE_CURRENT_BINARY_DIR}/fuzz)
file(MAKE_DIRECTORY ${fuzz_findings})
if(SIEVE_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "SIEVE_FUZZ needs Clang: -DCMAKE_CXX_COMPILER=clang++-14")
  endif()
  # The engine counts its branches for the fuzzer; other executables are linked as usual.
  target_compile_options(sieve_options INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(sieve_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

file(GLOB fuzz_sources CONFIGURE_DEPENDS ${fuzz_directory}/*_fuzz.cc)
foreach(source ${fuzz_sources})
  get_filename_component(target ${source} NAME_WE)
  string(REGEX REPLACE "_fuzz$" "" name ${target})
  set(corpus ${fuzz_directory}/corpus/${name})
  # The canary is a bug on purpose: it shows that a crash is seen.
  set(wrapper "")
  set(library sieve_run)
  if(name STREQUAL "canary")
    set(wrapper ${fuzz_directory}/must_crash.sh)
    set(library sieve_options)
  endif()

  if(SIEVE_FUZZ)
    add_executable(${target} ${source})
    target_link_libraries(${target} PRIVATE ${library})
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    # New inputs go to the first directory, so the corpus of the tree stays as it is.
    file(MAKE_DIRECTORY ${fuzz_findings}/${name})
    set(inputs ${fuzz_findings}/${name} ${corpus})
    if(name STREQUAL "canary")
      set(inputs ${fuzz_findings}/${name})  # It must find the bug by itself.
    endif()
    add_test(NAME fuzz_${name}
             COMMAND ${wrapper} $<TARGET_FILE:${target}> -max_total_time=${SIEVE_FUZZ_SECONDS}
                     -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
                     -artifact_prefix=${fuzz_findings}/ ${inputs})
    set_tests_properties(fuzz_${name} PROPERTIES LABELS fuzz TIMEOUT 1200)
  else()
    add_executable(${target}_replay ${source} ${fuzz_directory}/replay_main.cc)
    target_link_libraries(${target}_replay PRIVATE ${library})
    add_test(NAME fuzz_replay_${name} COMMAND ${wrapper} $<TARGET_FILE:${target}_replay> ${corpus})
    set_tests_properties(fuzz_replay_${name} PROPERTIES LABELS "unit;replay" TIMEOUT 600)
  endif()
endforeach()

if(NOT SIEVE_FUZZ)
  add_test(NAME fuzz_replay_refuses_an_empty_corpus
           COMMAND canary_fuzz_replay ${fuzz_directory}/corpus/no_such_corpus)
  set_tests_properties(fuzz_replay_refuses_an_empty_corpus PROPERTIES LABELS "unit;replay"
                       PASS_REGULAR_EXPRESSION "no inputs in")
endif()
