// SPDX-License-Identifier: Apache-2.0
#include "shelf/spine_reader.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "shelf/spine_text_reader.h"

namespace spindle::shelf {

struct SpineReader::State {
    SpineTextReader reader;
    unsigned threads;
};

SpineReader::SpineReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
SpineReader::SpineReader(SpineReader&&) noexcept = default;
SpineReader& SpineReader::operator=(SpineReader&&) noexcept = default;
SpineReader::~SpineReader() = default;

Result<SpineReader> SpineReader::open(const ReaderModels& models, unsigned threads) {
    SPINDLE_TRY(auto finder, TextFinder::open(models.finder));
    SPINDLE_TRY(auto recognizer, TextRecognizer::open(models.recognizer));
    std::optional<TextRecognizer> second;
    if (!models.second_recognizer.empty()) {
        SPINDLE_TRY(second, TextRecognizer::open(models.second_recognizer));
    }
    SpineTextReader reader(std::move(finder), std::move(recognizer), std::move(second));
    return SpineReader(std::make_unique<State>(State{std::move(reader), threads}));
}

Result<std::vector<ReadSpine>> SpineReader::read(const image::Picture& photo,
                                                 std::span<const Spine> spines,
                                                 const EachRead& each_read,
                                                 std::stop_token stop) const {
    std::vector<ReadSpine> read(spines.size());
    std::vector<bool> was_read(spines.size());
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::size_t done = 0;
    Result<void> failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < spines.size() && !stop.stop_requested(); i = next++) {
            auto one = state_->reader.read(photo, spines[i]);
            const std::lock_guard lock(mutex);
            if (!one) {
                failure = tl::unexpected(std::move(one.error()));
                next = spines.size();
                return;
            }
            read[i] = std::move(*one);
            was_read[i] = true;
            ++done;
            if (each_read) {
                each_read(done, i, read[i]);
            }
        }
    };
    {
        // This thread is one of them; more than there are spines would have nothing to do.
        const std::size_t most = std::max(1U, state_->threads);
        std::vector<std::jthread> threads;
        for (std::size_t i = 1; i < std::min(most, spines.size()); ++i) {
            threads.emplace_back(work);
        }
        work();
    }
    SPINDLE_TRY_VOID(failure);
    for (std::size_t i = 0; i < spines.size(); ++i) {
        if (!was_read[i]) {
            read[i].spine = spines[i];
        }
    }
    return read;
}

} // namespace spindle::shelf
