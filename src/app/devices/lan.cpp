// SPDX-License-Identifier: Apache-2.0
#include "app/devices/lan.h"

#include <algorithm>
#include <array>
#include <memory>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <unistd.h>

#include "base/text.h"
#include "io/web_text.h"

namespace spindle::app {
namespace {

/// Numeric form of an interface's address; empty for what no phone can use.
std::string address_of(const ifaddrs& one) {
    if (one.ifa_addr == nullptr || (one.ifa_flags & IFF_UP) == 0 ||
        (one.ifa_flags & IFF_LOOPBACK) != 0) {
        return {};
    }
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (one.ifa_addr->sa_family == AF_INET) {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how addresses are
        const auto* const four = reinterpret_cast<const sockaddr_in*>(one.ifa_addr);
        ::inet_ntop(AF_INET, &four->sin_addr, text.data(), text.size());
    } else if (one.ifa_addr->sa_family == AF_INET6) {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how addresses are
        const auto* const six = reinterpret_cast<const sockaddr_in6*>(one.ifa_addr);
        if (IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr)) {
            return {};
        }
        ::inet_ntop(AF_INET6, &six->sin6_addr, text.data(), text.size());
    }
    return text.data();
}

/// 0 is tried first.
int rank(const std::string& address) {
    const bool six = address.find(':') != std::string::npos;
    const std::string host = six ? "[" + address + "]" : address;
    const bool nearby = io::reach_of("http://" + host + "/") == io::Reach::Nearby;
    return (six ? 2 : 0) + (nearby ? 0 : 1);
}

} // namespace

LanNames lan_names() {
    LanNames lan;
    ifaddrs* all = nullptr;
    if (::getifaddrs(&all) == 0) {
        const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> owned(all, ::freeifaddrs);
        for (const ifaddrs* one = all; one != nullptr; one = one->ifa_next) {
            if (auto address = address_of(*one); !address.empty()) {
                lan.addresses.push_back(std::move(address));
            }
        }
    }
    std::stable_sort(lan.addresses.begin(), lan.addresses.end(),
                     [](const auto& one, const auto& other) { return rank(one) < rank(other); });
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) == 0 && name.front() != '\0') {
        const std::string host = text::ascii_lower(name.data());
        const std::string first = host.substr(0, host.find('.'));
        lan.names = {first, first + ".local"};
        if (host != first && host != lan.names.back()) {
            lan.names.push_back(host);
        }
    }
    return lan;
}

} // namespace spindle::app
