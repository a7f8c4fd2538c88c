// SPDX-License-Identifier: Apache-2.0
// What the leak checker is not to report: fontconfig keeps what it has read until the process ends,
// and the tests of reading print with it.
extern "C" const char* __lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions() { // NOLINT(bugprone-reserved-identifier)
    return "leak:libfontconfig\n";
}
