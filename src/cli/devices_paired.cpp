// SPDX-License-Identifier: Apache-2.0
#include "cli/devices_paired.h"

#include <algorithm>
#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "app/devices/pairing.h"
#include "base/clock.h"
#include "base/time_text.h"
#include "cli/pairing_text.h"
#include "cli/play_text.h"
#include "document/json.h"
#include "server/notice.h"

namespace spindle::cli {
namespace {

store::Milliseconds now() {
    return system_seconds() * 1000;
}

document::Json to_json(const store::Device& device) {
    return {{"id", device.id},
            {"name", device.name},
            {"created", utc_text(device.created)},
            {"last_seen", utc_text(device.last_seen)}};
}

/// Makes a device here and shows its token, for what cannot follow a link.
Result<Exit> make_token(const std::string& name, const Context& context) {
    SPINDLE_TRY(const auto store,
                context.backends.open_devices(context.data_folder, store::Access::Write));
    SPINDLE_TRY(const auto pairing, app::begin_pairing(*store, now()));
    SPINDLE_TRY(const auto paired, app::finish_pairing(*store, pairing.token, name, now()));
    if (context.format == Format::Json) {
        document::Json json = to_json(paired.device);
        json["token"] = paired.token;
        context.out.line(document::to_text(json));
    } else {
        context.out.line(paired.token);
        context.terminal.say("It is shown this once. Send it with each request: Authorization: "
                             "Bearer TOKEN");
    }
    return Exit::Done;
}

Result<Exit> pair(const std::string& name, const Context& context) {
    if (!name.empty()) {
        return make_token(name, context);
    }
    const auto notice = server::read_notice(context.data_folder);
    if (!notice) {
        return fail(Code::NotFound, "no server runs on this data folder; start it with: spindle "
                                    "serve --lan");
    }
    if (!notice->lan) {
        context.terminal.warn("the server answers this machine only; for a phone start it with: "
                              "spindle serve --lan");
    }
    SPINDLE_TRY(const auto store,
                context.backends.open_devices(context.data_folder, store::Access::Write));
    SPINDLE_TRY(const auto pairing, app::begin_pairing(*store, now()));
    context.out.line(context.format == Format::Json
                         ? document::to_text(pairing_json(notice->address, pairing))
                         : pairing_text(*notice, pairing));
    return Exit::Done;
}

Result<Exit> list(const Context& context) {
    SPINDLE_TRY(const auto store,
                context.backends.open_devices(context.data_folder, store::Access::Write));
    SPINDLE_TRY(const auto all, store->devices());
    for (const store::Device& device : all) {
        context.out.line(context.format == Format::Json
                             ? document::to_text(to_json(device))
                             : fmt::format("{}  {}  paired {}, last seen {}",
                                           device.id.substr(0, 8), device.name,
                                           local_text(device.created),
                                           local_text(device.last_seen)));
    }
    if (all.empty()) {
        context.terminal.say("No device is paired; begin with: spindle serve --lan");
        return Exit::Incomplete;
    }
    return Exit::Done;
}

/// The device that a word names: its name, or its number or the beginning of it.
Result<store::Device> device_named(const std::vector<store::Device>& all, const std::string& word) {
    constexpr std::size_t kShortest = 4; // of a number's beginning
    std::vector<store::Device> found;
    std::copy_if(
        all.begin(), all.end(), std::back_inserter(found), [&](const store::Device& device) {
            return device.name == word || (word.size() >= kShortest && device.id.starts_with(word));
        });
    if (found.empty()) {
        return fail(Code::NotFound, "{}: no such device; see: spindle devices list", word);
    }
    if (found.size() > 1) {
        return fail(Code::BadInput,
                    "{}: {} devices are called that; take the number that spindle "
                    "devices list shows",
                    word, found.size());
    }
    return found.front();
}

Result<Exit> revoke(const std::vector<std::string>& words, const Context& context) {
    SPINDLE_TRY(const auto store,
                context.backends.open_devices(context.data_folder, store::Access::Write));
    SPINDLE_TRY(const auto all, store->devices());
    Exit exit = Exit::Done;
    for (const std::string& word : words) {
        const auto device = device_named(all, word);
        if (!device) {
            context.terminal.warn(device.error().message);
            exit = Exit::Incomplete;
            continue;
        }
        SPINDLE_TRY_VOID(store->revoke(device->id, now()));
        context.out.line(context.format == Format::Json
                             ? document::to_text(to_json(*device))
                             : fmt::format("{} may ask no more", device->name));
    }
    return exit;
}

} // namespace

const Command kDevicesPairCommand{
    "devices pair", "let one more phone use the server: shows a QR code",
    "spindle devices pair\n"
    "  spindle devices pair --token \"Ann's Shortcut\"",
    [](Arguments& arguments) -> Run {
        auto name = std::make_shared<std::string>();
        arguments.option("--token", "NAME", name.get(),
                         "show a token instead, for a Shortcut, curl or another program, which is "
                         "to be called NAME");
        return [name](const Context& context) { return pair(*name, context); };
    }};

const Command kDevicesListCommand{
    "devices list", "phones and other machines that may use the server",
    "spindle devices list --json | jq -r .name",
    [](Arguments&) -> Run { return [](const Context& context) { return list(context); }; }};

const Command kDevicesRevokeCommand{
    "devices revoke", "let a phone use the server no longer",
    "spindle devices revoke 3f2a9c1e\n  spindle devices revoke \"Ann's phone\"",
    [](Arguments& arguments) -> Run {
        auto words = std::make_shared<std::vector<std::string>>();
        arguments.positional("DEVICE", words.get(),
                             "its name, or its number in spindle devices list", Need::Required);
        return [words](const Context& context) { return revoke(*words, context); };
    }};

} // namespace spindle::cli
