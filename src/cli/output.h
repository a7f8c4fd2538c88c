// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace spindle::cli {

/// Results on their way to stdout. Buffered; flush() where someone may be reading along.
/// A reader that has gone away (`spindle ... | head`) is no error: the rest is thrown away and
/// reader_gone() says so. Any other failure (a full disk) is kept and returned by finish().
class Output {
public:
    /// @param descriptor stays open; not owned.
    explicit Output(int descriptor) : descriptor_(descriptor) {}

    void write(std::string_view text);
    void line(std::string_view text);
    void flush();

    bool reader_gone() const { return reader_gone_; }

    /// Flushes; the first error of all writes.
    Result<void> finish();

private:
    int descriptor_;
    std::string pending_;
    bool reader_gone_ = false;
    int error_number_ = 0;
};

} // namespace spindle::cli
