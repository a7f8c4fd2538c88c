// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "io/byte_source.h"

namespace spindle::io {

/// The bytes of a file, device or fifo (opening a fifo waits for its writer). total() is the size a
/// regular file has when opened. A folder is Code::BadInput.
Result<std::unique_ptr<ByteSource>> open_file_source(const std::filesystem::path& path);

/// The bytes of standard input, which stays open afterwards.
std::unique_ptr<ByteSource> open_stdin_source();

} // namespace spindle::io
