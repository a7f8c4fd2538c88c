// SPDX-License-Identifier: Apache-2.0
#include "server/page_files.h"

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "io/sha256.h"
#include "server/content_policy.h"

namespace spindle::server {
namespace {

constexpr std::string_view kFolder = "page/";
constexpr std::string_view kNoPage =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\"><title>Spindle</title></head>\n"
    "<body><h1>Spindle</h1><p>The server runs, but was built without its page. Build it again on a "
    "machine with Node.js (see web/), or use <a href=\"/api/openapi.yaml\">the API</a>.</p>"
    "</body></html>\n";

struct PageFile {
    std::string_view plain, gzip, brotli; ///< empty: not there
    std::string tag;
    std::string policy;
};

bool takes(std::string_view header, std::string_view coding) {
    while (!header.empty()) {
        const auto end = std::min(header.find(','), header.size());
        const std::string_view one = text::trimmed(header.substr(0, end));
        header.remove_prefix(std::min(end + 1, header.size()));
        const auto semicolon = std::min(one.find(';'), one.size());
        const std::string_view weight =
            text::trimmed(one.substr(std::min(semicolon + 1, one.size())));
        if (text::trimmed(one.substr(0, semicolon)) == coding && weight != "q=0" &&
            weight != "q=0.0") {
            return true;
        }
    }
    return false;
}

using Pages = std::unordered_map<std::string, PageFile>;

Pages pages_of(std::span<const EmbeddedFile> files) {
    Pages pages;
    for (const EmbeddedFile& file : files) {
        if (!file.name.starts_with(kFolder)) {
            continue;
        }
        std::string name(file.name.substr(kFolder.size()));
        if (name.ends_with(".gz")) {
            pages[name.substr(0, name.size() - 3)].gzip = file.content;
        } else if (name.ends_with(".br")) {
            pages[name.substr(0, name.size() - 3)].brotli = file.content;
        } else {
            PageFile& page = pages[name];
            page.plain = file.content;
            io::Sha256 sum;
            sum.update(std::as_bytes(std::span(file.content)));
            page.tag = sum.hex().substr(0, 32);
            page.policy = content_policy(name.ends_with(".html") ? file.content : "");
        }
    }
    std::erase_if(pages, [](const auto& one) { return one.second.plain.empty(); });
    return pages;
}

Response answer(const PageFile& file, const std::string& name, const Request& request) {
    const std::string_view coding = request.header("accept-encoding");
    const bool brotli = !file.brotli.empty() && takes(coding, "br");
    const bool gzip = !brotli && !file.gzip.empty() && takes(coding, "gzip");
    const std::string tag = fmt::format("\"{}{}\"", file.tag, brotli ? "-br" : gzip ? "-gz" : "");
    Response response;
    response.headers = {{"ETag", tag},
                        {"Vary", "Accept-Encoding"},
                        {"Cache-Control", name.starts_with("assets/")
                                              ? "public, max-age=31536000, immutable"
                                              : "no-cache"},
                        {"Content-Security-Policy", file.policy},
                        {"Permissions-Policy", "camera=(self), microphone=(self), geolocation=()"}};
    if (request.header("if-none-match").find(tag) != std::string_view::npos) {
        response.status = 304;
        return response;
    }
    response.type = type_of_name(name);
    response.body = brotli ? file.brotli : gzip ? file.gzip : file.plain;
    if (brotli || gzip) {
        response.headers.emplace_back("Content-Encoding", brotli ? "br" : "gzip");
    }
    return response;
}

} // namespace

std::string type_of_name(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kTypes{{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".ico", "image/x-icon"},
        {".webp", "image/webp"},
        {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"},
        {".wasm", "application/wasm"},
        {".map", "application/json"},
        {".csv", "text/csv; charset=utf-8"},
        {".yaml", "application/yaml"},
    }};
    const auto found = std::find_if(kTypes.begin(), kTypes.end(),
                                    [&](const auto& one) { return name.ends_with(one.first); });
    return std::string(found == kTypes.end() ? "application/octet-stream" : found->second);
}

Handler page_handler(std::span<const EmbeddedFile> files) {
    auto pages = std::make_shared<const Pages>(pages_of(files));
    return [pages](const Request& request) -> Result<Response> {
        std::string name = request.path.substr(1);
        auto found = pages->find(name);
        if (found == pages->end() && name.find('.') == std::string::npos) {
            name = "index.html"; // the page's own addresses
            found = pages->find(name);
        }
        if (found != pages->end()) {
            return answer(found->second, name, request);
        }
        if (name == "index.html") {
            return Response::text(std::string(kNoPage), "text/html; charset=utf-8");
        }
        return problem(404,
                       fmt::format("there is nothing at {}", text::shortened(request.path, 100)));
    };
}

} // namespace spindle::server
