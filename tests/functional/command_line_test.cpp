// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>

#include "spindle_fixture.h"

namespace spindle::functional {
namespace {

using ::testing::HasSubstr;

class CommandLine : public SpindleTest {};

TEST_F(CommandLine, HelpsWithAnExampleForEveryCommand) {
    const auto help = run({"--help"});
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_EQ(help.err, "");
    for (const char* command : {"add", "list", "show", "remove", "verify", "side", "watch"}) {
        const auto one = run({"library", command, "--help"});
        EXPECT_EQ(one.exit_code, 0) << command;
        EXPECT_THAT(one.out, HasSubstr(std::string("Example:\n  spindle library ") + command));
    }
}

TEST_F(CommandLine, TellsItsVersion) {
    EXPECT_THAT(run({"--version"}).out, ::testing::MatchesRegex("spindle [0-9.]+\n"));
}

TEST_F(CommandLine, AsksBackWhenItDoesNotUnderstand) {
    const struct {
        std::vector<std::string> words;
        std::string answer;
    } cases[] = {
        {{}, "needs a command"},
        {{"library"}, "needs a command: add, enrol, list"},
        {{"libary", "add"}, "did you mean library?"},
        {{"library", "lst"}, "did you mean list?"},
        {{"library", "list", "--record"}, "did you mean --records?"},
        {{"library", "list", "extra"}, "extra"},
        {{"library", "add", "--jobs", "0"}, "--jobs"},
        {{"library", "add", "--jobs", "x", "."}, "--jobs"},
        {{"library", "add", "--map", "nonsense", "."}, "FROM=TO"},
        {{"library", "add", "--playlist", "Vinyl", "."}, "Library.xml"},
        {{"library", "remove"}, "--missing"},
        {{"library", "side", "R1", "5B"}, "B5"},
        {{"library", "show"}, "NAME"},
        {{"completion", "tcsh"}, "tcsh"},
    };
    for (const auto& [words, answer] : cases) {
        const auto ended = run(words);
        EXPECT_EQ(ended.exit_code, 2) << answer;
        EXPECT_EQ(ended.out, "") << answer;
        EXPECT_THAT(ended.err, HasSubstr(answer));
    }
}

TEST_F(CommandLine, TakesGlobalOptionsBeforeAndAfterTheCommand) {
    put("1.wav", 1);
    EXPECT_EQ(run({"--json", "library", "add", music().string()}).exit_code, 0);
    const auto other = (folder_ / "other").string();
    EXPECT_EQ(run({"--data", other, "library", "list"}).exit_code, 1);
    EXPECT_EQ(run({"library", "list", "--data=" + data().string(), "-q"}).exit_code, 0);
}

TEST_F(CommandLine, GivesErrorsAsJsonToo) {
    const auto lines = run_json({"library", "list"}, 1);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0]["error"]["code"], "not_found");
}

TEST_F(CommandLine, TakesNamesWithBracketsAndDashesAsTheyAre) {
    put("[a,b]/1.wav", 1);
    put("{}/2.wav", 2);
    put("--help.wav", 3);
    const auto ended = run({"library", "add", "--json", "--", (music() / "[a,b]").string(),
                            (music() / "{}").string(), (music() / "--help.wav").string()});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    const auto report = lines_of(ended.out).at(0);
    EXPECT_EQ(report["added"], 3);
}

TEST_F(CommandLine, SaysWhenResultsCannotBeWritten) {
    put("1.wav", 1);
    add();
    Program::Options options;
    options.standard_output = "/dev/full";
    const auto ended = run({"library", "list"}, options);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("standard output"));
    EXPECT_EQ(run({"--help"}, options).exit_code, 1);
}

TEST_F(CommandLine, RunsWithStandardOutputClosed) {
    put("1.wav", 1);
    Program::Options options;
    options.close_output = true;
    EXPECT_EQ(run({"library", "add", music().string()}, options).exit_code, 0);
    EXPECT_EQ(run({"library", "verify"}).exit_code, 0); // nothing was printed into the library
}

TEST_F(CommandLine, EndsQuietlyWhenNobodyReads) {
    for (unsigned i = 1; i <= 3; ++i) {
        put(std::to_string(i) + ".wav", i);
    }
    add();
    const auto words = (folder_ / "words").string();
    const std::string line = std::string("'") + SPINDLE_PROGRAM + "' library list --json 2>" +
                             words + " | true; exit ${PIPESTATUS[0]}";
    Program::Options options;
    options.environment["SPINDLE_DATA"] = data().string();
    EXPECT_EQ(Program({"/bin/bash", "-c", line}, options).wait().exit_code, 0);
    EXPECT_EQ(std::filesystem::file_size(words), 0U);
}

TEST_F(CommandLine, WritesNoProgressIntoFiles) {
    put("1.wav", 1);
    EXPECT_EQ(run({"library", "add", music().string()}).err, "");
}

TEST_F(CommandLine, CompletesWordsInBash) {
    const auto script = run({"completion", "bash"});
    ASSERT_EQ(script.exit_code, 0);
    const auto completed = [&](const std::string& words, int position) {
        std::ofstream(folder_ / "script.bash")
            << script.out << "cd " << music() << "\nCOMP_WORDS=(" << words
            << ")\nCOMP_CWORD=" << position << "\n_spindle 2>/dev/null\necho \"${COMPREPLY[@]}\"\n";
        return Program({"/bin/bash", (folder_ / "script.bash").string()}, {}).wait().out;
    };
    put("song one.wav", 1);
    EXPECT_EQ(completed("spindle lib", 1), "library\n");
    EXPECT_EQ(completed("spindle library ve", 2), "verify\n");
    EXPECT_EQ(completed("spindle library verify --d", 3), "--deep --data\n");
    EXPECT_EQ(completed("spindle library add so", 3), "song one.wav\n");
    EXPECT_EQ(completed("spindle completion z", 2), "zsh\n");
    EXPECT_EQ(completed("spindle --data ''", 2), "\n"); // no folder here
}

TEST_F(CommandLine, PrintsCompletionsOtherShellsCanRead) {
    EXPECT_THAT(run({"completion", "zsh"}).out, HasSubstr("#compdef spindle"));
    EXPECT_THAT(run({"completion", "fish"}).out, HasSubstr("complete -c spindle"));
}

TEST_F(CommandLine, StartsQuickly) {
    // Far above the aim of 20 ms, so that a busy machine does not fail it, and far below what a
    // mistake (opening the index, probing devices) would cost.
    run({"--version"});
    const auto begun = std::chrono::steady_clock::now();
    run({"--version"});
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds{1500});
}

} // namespace
} // namespace spindle::functional
