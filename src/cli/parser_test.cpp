// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/nearest_word.h"
#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/parser.h"

namespace spindle::cli {
namespace {

using Words = std::vector<std::string>;

std::variant<Parsed, Answer, Misuse> parsed(const Words& words) {
    return parse(words);
}

TEST(Parsing, AnswersHelpForEveryGroupAndCommand) {
    for (const auto& node : completion_tree()) {
        Words words;
        std::string word;
        for (const char c : node.path + " ") {
            if (c != ' ') {
                word += c;
            } else if (!word.empty()) {
                words.push_back(std::exchange(word, {}));
            }
        }
        words.emplace_back("--help");
        const auto outcome = parsed(words);
        ASSERT_TRUE(std::holds_alternative<Answer>(outcome)) << node.path;
        EXPECT_NE(std::get<Answer>(outcome).text.find("--json"), std::string::npos) << node.path;
    }
}

TEST(Parsing, TakesGlobalOptionsAnywhere) {
    for (const Words& words :
         {Words{"--json", "library", "list"}, Words{"library", "--json", "list"},
          Words{"library", "list", "--json"}}) {
        const auto outcome = parsed(words);
        ASSERT_TRUE(std::holds_alternative<Parsed>(outcome));
        EXPECT_TRUE(std::get<Parsed>(outcome).globals.json);
    }
    const auto outcome = parsed({"--data", "list", "library", "list"});
    ASSERT_TRUE(std::holds_alternative<Parsed>(outcome));
    EXPECT_EQ(std::get<Parsed>(outcome).globals.data_folder, "list");
}

TEST(Parsing, NeverFailsToAnswer) {
    const auto word = rc::gen::oneOf(
        rc::gen::element<std::string>("library", "add", "list", "--json", "--data", "--help", "-q",
                                      "--", "-", "--map", "A=B", "[a]", "{}", "--jobs", "", "side"),
        rc::gen::arbitrary<std::string>());
    EXPECT_TRUE(rc::check([&] {
        const auto words = *rc::gen::container<Words>(word);
        const auto outcome = parse(words);
        if (const auto* misuse = std::get_if<Misuse>(&outcome)) {
            RC_ASSERT(!misuse->message.empty());
        }
    }));
}

TEST(Commands, HaveSummariesAndExamplesThatParse) {
    std::set<std::string_view> paths;
    for (const Command* command : all_commands()) {
        EXPECT_TRUE(paths.insert(command->path).second) << command->path;
        EXPECT_FALSE(command->summary.empty()) << command->path;
        EXPECT_NE(command->example.find("spindle " + std::string(command->path)),
                  std::string_view::npos)
            << command->path;
    }
}

TEST(Suggestions, AreForSlipsNotForOtherWords) {
    const Words known{"library", "identify", "completion"};
    EXPECT_EQ(text::nearest_word("libary", known), "library");
    EXPECT_EQ(text::nearest_word("idnetify", known), "identify");
    EXPECT_EQ(text::nearest_word("comp", known), "completion");
    EXPECT_EQ(text::nearest_word("play", known), "");
    EXPECT_EQ(text::nearest_word(std::string(100'000, 'x'), known), "");
}

} // namespace
} // namespace spindle::cli
