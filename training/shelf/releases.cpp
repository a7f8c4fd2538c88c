// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/releases.h"

#include <optional>

#include "catalog/dump/quirks.h"
#include "catalog/dump/release_xml.h"
#include "catalog/release_xml.h"
#include "catalog/world.h"

namespace spindle::made_shelf {

struct Releases::State {
    State(std::uint64_t seed, std::uint64_t size)
        : options{seed, size, 1, bench::kRealMedia}, world(options), writer(world, 1400) {}

    bench::World::Options options;
    bench::World world;
    bench::ReleaseXml writer;
    catalog::ReleaseReader reader;
};

Releases::Releases(std::uint64_t seed, std::uint64_t size)
    : state_(std::make_unique<State>(seed, size)) {}
Releases::~Releases() = default;
Releases::Releases(Releases&&) noexcept = default;
Releases& Releases::operator=(Releases&&) noexcept = default;

catalog::Release Releases::at(std::uint64_t index) {
    bench::XmlText xml;
    state_->writer.append_release(xml, state_->world.pressing(index % state_->options.releases),
                                  std::nullopt);
    catalog::Quirks quirks;
    return state_->reader.read(xml.text(), quirks).value_or(catalog::Release{});
}

} // namespace spindle::made_shelf
