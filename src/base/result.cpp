// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

#include <cerrno>
#include <system_error>

namespace spindle {

std::string_view name_of(Code code) {
    switch (code) {
    case Code::BadInput:
        return "bad_input";
    case Code::NotFound:
        return "not_found";
    case Code::NoAccess:
        return "no_access";
    case Code::NoSpace:
        return "no_space";
    case Code::Busy:
        return "busy";
    case Code::Cancelled:
        return "cancelled";
    case Code::Unsupported:
        return "unsupported";
    case Code::Failed:
        break;
    }
    return "failed";
}

Error Error::within(std::string_view context) const {
    return {code, fmt::format("{}: {}", context, message)};
}

Error system_error(std::string_view what, int error_number) {
    Code code = Code::Failed;
    switch (error_number) {
    case ENOENT:
    case ENOTDIR:
        code = Code::NotFound;
        break;
    case EACCES:
    case EPERM:
    case EROFS:
        code = Code::NoAccess;
        break;
    case ENOSPC:
    case EDQUOT:
        code = Code::NoSpace;
        break;
    case EWOULDBLOCK:
    case EBUSY:
        code = Code::Busy;
        break;
    case ELOOP:
    case ENAMETOOLONG:
    case EISDIR:
        code = Code::BadInput;
        break;
    default:
        break;
    }
    return {code, fmt::format("{}: {}", what, std::generic_category().message(error_number))};
}

} // namespace spindle
