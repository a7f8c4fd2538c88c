// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target without libFuzzer: each kept input as it is, cut short at many places, and
// damaged in seeded ways. The input in hand always lies in a file, so that a crash or a hang (the
// test's time limit) leaves it behind.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {
namespace fs = std::filesystem;

constexpr int kDamagedCopies = 200; // of each input: about a second for a target of 50 inputs
constexpr std::size_t kCuts = 64;   // lengths tried, spread over the input

fs::path last_input; // where the input in hand lies

[[noreturn]] void stop(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(2);
}

void run(const std::string& input) {
    std::ofstream(last_input, std::ios::binary | std::ios::trunc) << input;
    // A copy of exactly this size, so that the address sanitizer sees a read past the end.
    const std::vector<std::uint8_t> bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

std::string damaged(std::string input, std::mt19937& random) {
    const auto below = [&random](std::size_t n) { return random() % std::max<std::size_t>(n, 1); };
    for (std::size_t changes = 1 + below(8); changes > 0 && !input.empty(); --changes) {
        const std::size_t at = below(input.size());
        switch (below(4)) {
        case 0:
            input[at] = static_cast<char>(random());
            break;
        case 1:
            input[at] = static_cast<char>(input[at] ^ (1 << below(8)));
            break;
        case 2:
            input.erase(at, 1 + below(16));
            break;
        default:
            input.insert(at, input.substr(below(input.size()), 1 + below(16)));
            break;
        }
    }
    return input;
}

void replay(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string input{std::istreambuf_iterator<char>(file), {}};
    run(input);
    for (std::size_t cut = 0; cut < kCuts; ++cut) {
        run(input.substr(0, input.size() * cut / kCuts));
    }
    std::mt19937 random(7);
    for (int copy = 0; copy < kDamagedCopies; ++copy) {
        run(damaged(input, random));
    }
}

} // namespace

int main(int count, char** arguments) {
    std::vector<fs::path> inputs;
    for (int i = 1; i < count; ++i) {
        if (fs::is_directory(arguments[i])) {
            for (const auto& entry : fs::directory_iterator(arguments[i])) {
                inputs.push_back(entry.path());
            }
        } else {
            inputs.emplace_back(arguments[i]);
        }
    }
    if (inputs.empty()) {
        stop("usage: " + std::string(arguments[0]) + " FILE_OR_FOLDER..., and at least one input");
    }
    std::sort(inputs.begin(), inputs.end());
    last_input = fs::path(arguments[0]).filename().string() + ".last-input";
    for (const fs::path& input : inputs) {
        std::printf("%s\n", input.c_str());
        std::fflush(stdout);
        replay(input);
    }
    fs::remove(last_input);
    return 0;
}
