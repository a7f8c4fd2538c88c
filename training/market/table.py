# SPDX-License-Identifier: Apache-2.0
"""Reads the two tables a training needs and turns their rows into what the program will know of a disc.

Sales: release_id have want avg_rating rating_count num_for_sale lowest_now sold_low sold_median sold_high
last_sold currency source. Releases: release_id artist title label catno format country year. Both tab
separated with a header and no quoting; an empty field is not known.
"""
import csv
import math
import re

import numpy as np

NUMBERS = ("lowest", "for_sale", "have", "want", "rating", "year", "discs")

# What is looked for in the words of a release's format, in the order in which it is asked. A medium is
# the first that fits. The program asks the same: src/market/format_words.cpp.
MEDIA = (("cdr", ("cdr",)), ("sacd", ("sacd",)), ("box", ("box set",)), ("cd", ("cd",)),
         ("cassette", ("cassette",)), ("vinyl", ("vinyl", "lp", '12"', '7"', '10"')))
FLAGS = (("reissue", ("reissue", "remastered", "repress", "re", "rm", "rp")),
         ("compilation", ("compilation", "comp")),
         ("limited", ("limited edition", "ltd", "numbered", "num")),
         ("promo", ("promo",)),
         ("short", ("single", "maxi-single", "ep", "mini", "mini-album", "maxi")),
         ("unofficial", ("unofficial release", "unofficial", "unof")),
         ("audiophile", ("shm-cd", "hdcd", "hqcd", "blu-spec cd", "hybrid", "multichannel")))


def format_words(text):
    """'2xCD, Album + DVD' -> (2, ['cd', 'album', 'dvd'])"""
    discs, words = None, []
    for part in re.split(r"[,;|+]", text):
        word = part.strip(" \t").lower()
        many = re.fullmatch(r"([0-9]{1,3})x(.+)", word)
        if many:
            discs = discs or int(many.group(1))
            word = many.group(2).strip(" \t")
        if word:
            words.append(word)
    return (discs or 1), words


def describe(format_text):
    """The medium, the flags (0 or 1) and the number of discs of a format; nothing known of an empty one."""
    if not format_text.strip():
        return None, {name: None for name, _ in FLAGS}, math.nan
    discs, words = format_words(format_text)
    medium = next((name for name, signs in MEDIA if any(sign in words for sign in signs)), "other")
    return medium, {name: int(any(sign in words for sign in signs)) for name, signs in FLAGS}, float(discs)


MISREAD_BELOW = 0.30  # dollars


def number(text):
    return float(text) if text not in ("", None) else math.nan


def year_of(text):
    match = re.match(r"[12][0-9]{3}", text or "")
    return float(match.group()) if match else math.nan


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def group_of(row, release):
    """One work in all its pressings, as far as artist and title tell: these must not sit in two folds."""
    plain = [re.sub(r"\W", "", (release.get(key) or "").lower()) for key in ("artist", "title")]
    return "|".join([plain[0], plain[1][:24]]) if plain[1] else row["release_id"]


def read(sales, releases):
    """-> dict of arrays: inputs, the target y = log(sold median), group, source."""
    known = {}
    for release in rows_of(releases):
        known.setdefault(release["release_id"], release)
    out = {name: [] for name in NUMBERS + ("country", "medium", "y", "group", "source") +
           tuple(name for name, _ in FLAGS)}
    seen = set()
    for row in rows_of(sales):
        median = number(row["sold_median"])
        # Without have and want a row comes from a list of prices alone: no market to learn from.
        if not median > 0 or row["have"] == "" or row["release_id"] in seen:
            continue
        seen.add(row["release_id"])
        release = known.get(row["release_id"], {})
        medium, flags, discs = describe(release.get("format", ""))
        lowest = number(row["lowest_now"])
        # In the rows somebody converted to dollars, prices with a thousands comma were read up to the
        # comma: three thousand yen became 0.02. No disc is offered for less than MISREAD_BELOW there.
        if "approx" in row["currency"] and lowest < MISREAD_BELOW:
            lowest = math.nan
        for_sale = number(row["num_for_sale"])
        # One source leaves the field empty where nothing is for sale (no row of it says 0).
        if math.isnan(for_sale):
            for_sale = 0.0
        votes = number(row["rating_count"])
        values = {"lowest": lowest if lowest > 0 else math.nan, "for_sale": for_sale,
                  "have": number(row["have"]), "want": number(row["want"]),
                  "rating": number(row["avg_rating"]) if votes != 0 else math.nan,
                  "year": year_of(release.get("year")), "discs": discs,
                  "country": release.get("country") or None, "medium": medium, "y": math.log(median),
                  "group": group_of(row, release), "source": row["source"], **flags}
        for name, value in values.items():
            out[name].append(value)
    return {name: np.array(values, dtype=float if name in NUMBERS + ("y",) else object)
            for name, values in out.items()}


def is_cd(table):
    return np.array([medium in ("cd", "cdr", "sacd") for medium in table["medium"]])


def take(table, index):
    return {name: values[index] for name, values in table.items()}


def join(tables):
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
