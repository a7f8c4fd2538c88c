# spindle_embed(TARGET ROOM FILES name=path...): compiles files into a room by .incbin: no large
# source is made of them, and they stay in the program's read-only pages, shared and never copied.
# The room declares embedded_files(), see src/server/embedded_files.h.
enable_language(ASM)
function(spindle_embed target)
  set(assembler ${CMAKE_CURRENT_BINARY_DIR}/embedded.S)
  set(table ${CMAKE_CURRENT_BINARY_DIR}/embedded.cpp)
  set(places "    .section .rodata\n")
  set(names "")
  set(rows "")
  set(paths "")
  list(SORT ARGN)
  set(number 0)
  foreach(file ${ARGN})
    string(REGEX MATCH "^([^=]*)=(.*)$" matched "${file}")
    set(name ${CMAKE_MATCH_1})
    set(path ${CMAKE_MATCH_2})
    string(APPEND places "    .global spindle_embedded_${number}\nspindle_embedded_${number}:\n"
      "    .incbin \"${path}\"\n    .global spindle_embedded_${number}_end\nspindle_embedded_${number}_end:\n"
      "    .byte 0\n    .balign 16\n")
    string(APPEND names "extern const char spindle_embedded_${number};\nextern const char spindle_embedded_${number}_end;\n")
    string(APPEND rows "    {\"${name}\", {&spindle_embedded_${number}, static_cast<std::size_t>(&spindle_embedded_${number}_end - &spindle_embedded_${number})}},\n")
    list(APPEND paths ${path})
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND places "    .section .note.GNU-stack,\"\",%progbits\n")
  file(CONFIGURE OUTPUT ${assembler} CONTENT "${places}" @ONLY)
  file(CONFIGURE OUTPUT ${table} @ONLY CONTENT "// Made by cmake/Embed.cmake.
#include \"server/embedded_files.h\"

#include <array>

extern \"C\" {
${names}}

namespace spindle::server {

std::span<const EmbeddedFile> embedded_files() {
    static const std::array<EmbeddedFile, ${number}> all{{
${rows}    }};
    return all;
}

} // namespace spindle::server
")
  set_property(SOURCE ${assembler} APPEND PROPERTY OBJECT_DEPENDS ${paths})
  set_property(SOURCE ${assembler} PROPERTY COMPILE_OPTIONS "")
  target_sources(${target} PRIVATE ${assembler} ${table})
endfunction()
