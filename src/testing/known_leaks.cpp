// SPDX-License-Identifier: Apache-2.0
// Fontconfig keeps its patterns until the process ends, where LeakSanitizer cannot see that they
// are still in use; x265, with which tests write their HEIC files, loses a few. Everything else
// that leaks is ours and is reported. Linked into the tests of every room (cmake/Room.cmake).
extern "C" {
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name LeakSanitizer asks for
const char* __lsan_default_suppressions();
// NOLINTNEXTLINE(bugprone-reserved-identifier)
const char* __lsan_default_suppressions() {
    return "leak:libfontconfig\nleak:libx265\n";
}
}
