// SPDX-License-Identifier: Apache-2.0
// The router and the contract name the same routes. What they answer: web/tests/contract.mjs.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include <gmock/gmock.h>

#include "server/embedded_files.h"
#include "server/listening_desk.h"
#include "server/routes/gradings.h"
#include "server/routes/routes.h"
#include "server/routes/scans.h"
#include "server/routes/upkeep.h"
#include "testing/temp_folder.h"

namespace spindle::server {
namespace {

/// "GET /api/scans/{id}" of each, by the contract's indentation: paths stand two blanks in and
/// begin with a slash, their methods four. Enough YAML for one document of our own.
std::set<std::string> routes_of_contract(std::string_view yaml) {
    std::set<std::string> routes;
    std::string path;
    bool among_paths = false;
    while (!yaml.empty()) {
        const std::string_view line = yaml.substr(0, yaml.find('\n'));
        yaml.remove_prefix(std::min(yaml.size(), line.size() + 1));
        if (!line.empty() && line.front() != ' ' && line.front() != '#') {
            among_paths = line == "paths:";
        }
        if (!among_paths || !line.ends_with(':')) {
            continue;
        }
        if (line.starts_with("  /")) {
            path = line.substr(2, line.size() - 3);
        }
        for (const Method method :
             {Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete}) {
            std::string word(name_of(method));
            std::transform(word.begin(), word.end(), word.begin(),
                           [](char c) { return static_cast<char>(c - 'A' + 'a'); });
            if (line == "    " + word + ":") {
                routes.insert(std::string(name_of(method)) + " " + path);
            }
        }
    }
    return routes;
}

TEST(Contract, names_every_route_of_the_router_and_no_other) {
    const testing::TempFolder folder;
    const app::Backends backends;
    House house(backends, folder.path(), folder.path(), "0");
    Metrics metrics;
    ListeningDesk desk(house, {});
    Router router;
    add_house_routes(router, house, metrics);
    add_listening_routes(router, desk);
    const JobServices services{folder.path(), nullptr};
    add_scan_routes(router, services);
    add_grading_routes(router, services);
    add_upkeep_routes(router, house, services);
    std::set<std::string> routes;
    for (const Route& route : router.routes()) {
        routes.insert(std::string(name_of(route.method)) + " " + route.pattern);
    }
    const auto contract = embedded_file("openapi.yaml");
    ASSERT_TRUE(contract.has_value());
    EXPECT_EQ(routes_of_contract(*contract), routes);
    EXPECT_GT(routes.size(), 40U);
}

} // namespace
} // namespace spindle::server
