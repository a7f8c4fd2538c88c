// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <fmt/format.h>

namespace spindle::market {

/// What a made-up page says, as it is printed on it.
struct SamplePage {
    std::string have = "87", want = "3,782", rating = "4.76", votes = "115";
    std::string last = "10 Nov 22", datetime = "2022-11-10T00:00:00";
    std::string low = "€258.58", median = "€484.50", high = "€1,499.00";
    std::string copies = "12", lowest = "€310.00";
};

/// A page in the plain form Discogs had until 2021, faults of its markup included.
inline std::string old_page(const SamplePage& page) {
    return fmt::format(
        R"(<!DOCTYPE html><html><head><meta charset="utf-8">
<title>Ann Orchard - Low Tide (Vinyl, India, 1983) | Discogs</title>
<link rel="canonical" href="https://www.discogs.com/release/2247646-Ann-Orchard-Low-Tide">
<script>var text = "<li><span>Have:</span> 99999</li>";</script></head>
<body><svg><title>Search</title></svg><h1>Low Tide</h1><p>Have: what you like.</p>
<div class="marketplace_box_buttons_count_2"><a href="/sell/release/2247646"><strong>{}</strong> For Sale</a>
 from <span class="x9">{}</span></div>
<div class="section" data-toggle-section-id="statistics" id="statistics">
 <h2>Statistics</h2><div class="section_content"><ul>
  <li><span>Have:</span> <a class="coll_num" href="/release/stats/2247646#collection">{}</a></li>
  <li><span>Want:</span> <a href="/release/stats/2247646#wantlist">{}</a></li>
  <li><h4>Avg Rating:</h4> <span class="rating_value">{}</span> / 5</li>
  <li><span>Ratings:<span4> <a href="/release/stats/2247646"><span>{}</span></a></li>
 </ul><ul class="last">
  <li><span>Last Sold:</span> <a href="/sell/history/2247646">{}</a></li>
  <li><span>Lowest:</span>
      {}
  </li><li><span>Median:</span> {}</li><li><span>Highest:</span> {}</li>
 </ul></div></div><div id="lists">Have: a look</div></body></html>)",
        page.copies, page.lowest, page.have, page.want, page.rating, page.votes, page.last,
        page.low, page.median, page.high);
}

/// A page in the React form since 2021: hashed classes, comments inside texts, sections by id.
inline std::string react_page(const SamplePage& page) {
    const std::string last =
        page.datetime.empty()
            ? fmt::format("<span>{}</span>", page.last)
            : fmt::format(R"(<a href="/sell/history/1001"><time dateTime="{}">{}</time></a>)",
                          page.datetime, page.last);
    return fmt::format(
        R"(<!doctype html><html lang="en"><head><title>Ben Park – Harbour – CD (Album), 1991 [r1001] | Discogs</title>
<meta property="og:url" content="https://www.discogs.com/release/1001-Ben-Park-Harbour"/></head><body><div id="app">
<section id="release-marketplace" class="section_8Xq2"><header><h2>For sale on Discogs</h2><a>Sell a copy</a></header>
<div class="box_a81"><span class="forsale_QoVFl"><a href="/sell/release/1001">{}<!-- --> copies</a></span>
<span class="price_2Wkos">from <span>{}</span></span></div></section>
<section id="release-stats" class="section_1q"><header><h2>Statistics</h2></header><div class="c_1"><div class="items_3gMeU">
<ul><li><span class="name_1">Have<!-- -->:</span><a class="link_1" href="/release/stats/1001#have">{}</a></li>
<li><span class="name_1">Want<!-- -->:</span><a href="/release/stats/1001#want">{}</a></li>
<li><span class="name_1">Avg Rating<!-- -->:</span><span>{}<!-- --> / 5</span></li>
<li><span class="name_1">Ratings<!-- -->:</span><a href="#r">{}</a></li></ul>
<ul><li><span class="name_1">Last Sold<!-- -->:</span>{}</li><li><span class="name_1">Low<!-- -->:</span><span>{}</span></li>
<li><span class="name_1">Median<!-- -->:</span><span>{}</span></li><li><span class="name_1">High<!-- -->:</span><span>{}</span></li></ul>
</div></div></section></div><script id="dsdata" type="application/json">{{"Have":1}}</script></body></html>)",
        page.copies, page.lowest, page.have, page.want, page.rating, page.votes, last, page.low,
        page.median, page.high);
}

inline std::string bot_wall() {
    return "<!DOCTYPE html><html lang=\"en-US\"><head><title>Just a moment...</title>"
           "<meta http-equiv=\"refresh\" content=\"390\"></head><body><noscript>Enable JavaScript "
           "and cookies to continue</noscript><script>window._cf_chl_opt={cvId: '3'};</script>"
           "</body></html>";
}

} // namespace spindle::market
