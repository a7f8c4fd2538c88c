// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <span>
#include <string_view>

#include "catalog/catalog_file.h"
#include "catalog/catalog_format.h"
#include "io/file.h"

namespace spindle::catalog {

/// The mapped bytes of a catalog file and what its trailer says of them.
struct CatalogFile::State {
    State(std::filesystem::path file, io::MappedFile content)
        : path(std::move(file)), mapped(std::move(content)) {}

    std::filesystem::path path;
    io::MappedFile mapped;
    format::Trailer trailer{};
    std::array<format::Shard, format::kShards> shards{};

    /// Notes that about one place of the file was read, and gives pages back when it were many.
    void touch() const {
        constexpr std::uint64_t kAround = 64U << 10U; // the kernel maps so much around each place
        constexpr std::uint64_t kMostMapped = 256U << 20U;
        if (touched.fetch_add(1, std::memory_order_relaxed) + 1 >= kMostMapped / kAround) {
            touched.store(0, std::memory_order_relaxed);
            for (const auto name : {format::Records, format::Terms, format::Ids}) {
                mapped.release_pages(trailer.sections[name].offset, trailer.sections[name].bytes);
            }
        }
    }
    mutable std::atomic<std::uint64_t> touched{0};

    std::string_view bytes(std::uint64_t offset, std::uint64_t size) const {
        const auto all = mapped.bytes();
        if (offset > all.size() || size > all.size() - offset) {
            return {};
        }
        return {reinterpret_cast<const char*>(all.data()) + offset, static_cast<std::size_t>(size)};
    }
    std::string_view section(format::SectionName name) const {
        return bytes(trailer.sections[name].offset, trailer.sections[name].bytes);
    }
    /// The item of a table; zero bytes past its end.
    template <typename T>
    T item(format::SectionName name, std::uint64_t index) const {
        T value{};
        const std::string_view table = section(name);
        if (index < table.size() / sizeof(T)) {
            std::memcpy(&value, table.data() + index * sizeof(T), sizeof(T));
        }
        return value;
    }
};

} // namespace spindle::catalog
