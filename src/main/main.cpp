// SPDX-License-Identifier: Apache-2.0
// The one place that chooses concrete back ends.
#include <string>
#include <vector>

#include "app/backends.h"
#include "cli/application.h"
#include "store/sqlite/sqlite_collection_store.h"
#include "store/sqlite/sqlite_device_store.h"
#include "store/sqlite/sqlite_grade_store.h"
#include "store/sqlite/sqlite_job_store.h"
#include "store/sqlite/sqlite_library_store.h"
#include "store/sqlite/sqlite_market_store.h"
#include "store/sqlite/sqlite_play_store.h"
#include "store/sqlite/sqlite_scrobble_store.h"

int main(int argc, char** argv) {
    spindle::app::Backends backends;
    backends.open_library = spindle::store::open_sqlite_library;
    backends.open_market = spindle::store::open_sqlite_market;
    backends.open_collection = spindle::store::open_sqlite_collection;
    backends.open_plays = spindle::store::open_sqlite_plays;
    backends.open_gradings = spindle::store::open_sqlite_gradings;
    backends.open_devices = spindle::store::open_sqlite_devices;
    backends.open_scrobbles = spindle::store::open_sqlite_scrobbles;
    backends.open_jobs = spindle::store::open_sqlite_jobs;
    const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    return spindle::cli::run(words, backends);
}
