// SPDX-License-Identifier: Apache-2.0
#include "audio/alsa_capture.h"

#include <thread>
#include <utility>

#include "audio/detail/alsa_reader.h"
#include "audio/detail/device_name.h"

namespace spindle::audio {
namespace {

class AlsaCapture final : public Capture {
public:
    AlsaCapture(std::string device, AlsaCaptureOptions options)
        : device_(detail::stable_name(device, detail::card_id)), options_(std::move(options)),
          queue_(options_.queue) {}

    Result<void> begin() {
        auto reader = std::make_unique<detail::AlsaReader>(device_, options_, queue_);
        if (auto opened = reader->open(); !opened) {
            if (options_.when_absent == WhenAbsent::Fail) {
                return opened;
            }
            reader->wait_for(opened.error());
        }
        reader_ = std::move(reader);
        thread_ = std::jthread([this](const std::stop_token& stop) { reader_->run(stop); });
        return {};
    }

    std::string_view name() const override { return device_; }

    Result<CaptureBlock> next() override {
        return queue_.take(*options_.clock, device_, options_.stop);
    }

private:
    std::string device_;
    AlsaCaptureOptions options_;
    detail::CaptureQueue queue_;
    std::unique_ptr<detail::AlsaReader> reader_;
    std::jthread thread_; // last: ends before what it uses
};

Result<void> check(const std::string& device, const AlsaCaptureOptions& options) {
    constexpr int kMostChannels = 64;
    if (options.channels < 0 || options.channels > 2 || options.first_channel < 0 ||
        options.first_channel >= kMostChannels) {
        return fail(Code::BadInput, "{}: 1 or 2 channels are captured, from channel 0 to {} on",
                    device, kMostChannels - 1);
    }
    constexpr int kMostRate = 384'000;
    if (options.rate.hz < 0 || options.rate.hz > kMostRate) {
        return fail(Code::BadInput, "{}: a rate of {} Hz is none", device, options.rate.hz);
    }
    return {};
}

} // namespace

Result<std::unique_ptr<Capture>> open_alsa_capture(const std::string& device,
                                                   const AlsaCaptureOptions& options) {
    SPINDLE_TRY_VOID(check(device, options));
    auto completed = options;
    completed.clock = options.clock ? options.clock : std::make_shared<SystemBootClock>();
    auto capture = std::make_unique<AlsaCapture>(device, std::move(completed));
    SPINDLE_TRY_VOID(capture->begin());
    return capture;
}

} // namespace spindle::audio
