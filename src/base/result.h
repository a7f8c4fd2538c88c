// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <tl/expected.hpp>

namespace spindle {

/// Why something could not be done, in kinds a caller may act on.
enum class Code {
    BadInput,    ///< the content is not what it should be: corrupt, empty, too large, unsupported
    NotFound,    ///< no such file, track, device
    NoAccess,    ///< permissions, read-only media
    NoSpace,     ///< the disk is full
    Busy,        ///< another process holds it; trying later may work
    Cancelled,   ///< the stop token was triggered
    Unsupported, ///< known, but not done by this build
    Failed,      ///< the system or a library refused for another reason
};

/// The name of a code as it appears in JSON output ("bad_input", "not_found", ...).
std::string_view name_of(Code code);

/// An error as a value: a kind for the program, a sentence for a person.
/// The sentence names the file or thing, says what is wrong and, where there is one, what to do.
struct Error {
    Code code = Code::Failed;
    std::string message;

    /// The same error with what was being done put in front: "library.db: disk is full".
    Error within(std::string_view context) const;
};

/// A value or an Error. Room borders use it instead of exceptions.
template <typename T>
using Result = tl::expected<T, Error>;

/// Builds the error side of a Result; the message is an fmt format string.
template <typename... Args>
tl::unexpected<Error> fail(Code code, fmt::format_string<Args...> format, Args&&... args) {
    return tl::unexpected<Error>(Error{code, fmt::format(format, std::forward<Args>(args)...)});
}

/// The Error for the current errno after a failed system call on `what` (usually a path).
Error system_error(std::string_view what, int error_number);

} // namespace spindle

#define SPINDLE_JOIN_(a, b) a##b
#define SPINDLE_JOIN(a, b) SPINDLE_JOIN_(a, b)

/// Evaluates a Result and returns its error from the enclosing function if it has one.
#define SPINDLE_TRY_VOID(expression)                                                               \
    do {                                                                                           \
        if (auto spindle_try_result = (expression); !spindle_try_result) {                         \
            return tl::unexpected(std::move(spindle_try_result.error()));                          \
        }                                                                                          \
    } while (false)

/// SPINDLE_TRY(auto index, Index::open(path)); declares `index`, or returns the error.
// NOLINTBEGIN(bugprone-macro-parentheses): a declaration cannot stand in parentheses
#define SPINDLE_TRY(declaration, expression)                                                       \
    auto SPINDLE_JOIN(spindle_try_, __LINE__) = (expression);                                      \
    if (!SPINDLE_JOIN(spindle_try_, __LINE__)) {                                                   \
        return tl::unexpected(std::move(SPINDLE_JOIN(spindle_try_, __LINE__).error()));            \
    }                                                                                              \
    declaration = std::move(*SPINDLE_JOIN(spindle_try_, __LINE__))
// NOLINTEND(bugprone-macro-parentheses)
