// SPDX-License-Identifier: Apache-2.0
#include "server/notice.h"

#include <nlohmann/json.hpp>

namespace spindle::server {
namespace {

constexpr const char* kFile = "serve.json";
constexpr const char* kLock = "serve.lock";
constexpr std::uint64_t kLargest = 64U << 10U;

} // namespace

Result<PostedNotice> PostedNotice::take(const std::filesystem::path& data_folder) {
    std::error_code error;
    std::filesystem::create_directories(data_folder, error);
    if (error) {
        return tl::unexpected(system_error(data_folder.string(), error.value()));
    }
    auto lock = io::FileLock::acquire(data_folder / kLock);
    if (!lock) {
        return lock.error().code == Code::Busy
                   ? fail(Code::Busy, "another spindle serve runs on this data folder ({})",
                          lock.error().message)
                   : tl::unexpected(lock.error());
    }
    return PostedNotice(data_folder / kFile, std::move(*lock));
}

Result<void> PostedNotice::post(const Notice& notice) const {
    const nlohmann::json json{
        {"address", notice.address}, {"lan", notice.lan}, {"fingerprint", notice.fingerprint}};
    return io::write_atomically(path_, json.dump());
}

PostedNotice::~PostedNotice() {
    if (!path_.empty()) {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
}

std::optional<Notice> read_notice(const std::filesystem::path& data_folder) {
    std::error_code ignored;
    if (!std::filesystem::exists(data_folder / kFile, ignored)) {
        return std::nullopt;
    }
    if (io::FileLock::acquire(data_folder / kLock)) {
        return std::nullopt; // nobody holds it: left by a server that was killed
    }
    const auto text = io::read_file(data_folder / kFile, kLargest);
    const auto json = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
    if (!json.is_object()) {
        return std::nullopt;
    }
    try {
        return Notice{json.value("address", ""), json.value("lan", false),
                      json.value("fingerprint", "")};
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

} // namespace spindle::server
