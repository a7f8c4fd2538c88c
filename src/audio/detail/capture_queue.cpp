// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/capture_queue.h"

#include <utility>

namespace spindle::audio::detail {
namespace {

constexpr Seconds kWaitingAfter{1};
constexpr std::size_t kMostItems = 4096; // events of a device that comes and goes, unread
constexpr std::size_t kSpare = 8;

} // namespace

void CaptureQueue::set_format(SampleRate rate, int channels) {
    const std::scoped_lock lock(mutex_);
    rate_ = rate;
    channels_ = channels;
}

void CaptureQueue::set_state(DeviceState state, BootTime when, const std::string& note) {
    const std::scoped_lock lock(mutex_);
    if (state != state_) {
        state_time_ = when;
    }
    state_ = state;
    note_ = note;
    announce_state();
}

void CaptureQueue::announce_state() {
    if (state_ == announced_ || items_.size() >= kMostItems) {
        return;
    }
    Item item;
    item.time = state_time_;
    item.note = note_;
    if (state_ == DeviceState::Running) {
        item.event = announced_ == DeviceState::Gone ? CaptureEvent::Back : CaptureEvent::Recovered;
    } else {
        item.event = state_ == DeviceState::Gone ? CaptureEvent::Gone : CaptureEvent::Stalled;
    }
    items_.push_back(std::move(item));
    announced_ = state_;
    arrived_.notify_one();
}

void CaptureQueue::put(std::span<const float> samples, const StreamClock::Stamp& stamp) {
    const std::scoped_lock lock(mutex_);
    const auto most = static_cast<std::size_t>(capacity_.count() * rate_.hz) *
                      static_cast<std::size_t>(channels_);
    if (state_ != announced_ || items_.size() >= kMostItems ||
        samples_waiting_ + samples.size() > most) {
        announce_state();
        return;
    }
    Item item;
    if (!spare_.empty()) {
        item.samples = std::move(spare_.back());
        spare_.pop_back();
    }
    item.samples.assign(samples.begin(), samples.end());
    item.first_frame = stamp.first_frame;
    item.time = stamp.time;
    samples_waiting_ += samples.size();
    items_.push_back(std::move(item));
    arrived_.notify_one();
}

Result<CaptureBlock> CaptureQueue::take(const BootClock& clock, const std::string& name,
                                        const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    const bool any = arrived_.wait_for(lock, stop, clock.real_time(kWaitingAfter),
                                       [this] { return !items_.empty(); });
    if (stop.stop_requested()) {
        return fail(Code::Cancelled, "{}: stopped", name);
    }
    CaptureBlock block;
    block.channels = channels_;
    block.rate = rate_;
    block.first_frame = place_;
    if (!any) {
        block.event = CaptureEvent::Waiting;
        block.time = clock.now();
        block.note = state_ == DeviceState::Running ? std::string() : note_;
        return block;
    }
    if (current_.samples.capacity() > 0 && spare_.size() < kSpare) {
        spare_.push_back(std::move(current_.samples));
    }
    current_ = std::move(items_.front());
    items_.pop_front();
    samples_waiting_ -= current_.samples.size();
    block.event = current_.event;
    block.time = current_.time;
    block.note = current_.note;
    block.samples = current_.samples;
    if (block.event == CaptureEvent::Sound) {
        block.first_frame = current_.first_frame;
        block.lost_before = block.first_frame - place_;
        place_ = block.first_frame + block.frames();
    }
    return block;
}

} // namespace spindle::audio::detail
