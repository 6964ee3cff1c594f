// Limits of compiling, with the real child (the scamsieve binary) and with children that misbehave.
#include "match/database_compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include "match/compile_child.h"
#include "match/compile_here.h"
#include "match/database.h"
#include "unit/stream/temporary_directory.h"

#if defined(__SANITIZE_ADDRESS__)
#define SIEVE_HAS_SHADOW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SIEVE_HAS_SHADOW 1
#endif
#endif

namespace sieve {
namespace {

using ::testing::HasSubstr;

// Four seconds of compiling, and more than 100 MiB.
constexpr char kSlow[] = "(?:a[a-z]{0,20}b|c[a-z]{0,20}d|b[a-z]{0,20}a){20,50}q";

DatabaseInput regexes(const std::vector<std::string>& expressions) {
  DatabaseInput input{PatternSyntax::kRegex, {}};
  for (const std::string& expression : expressions) {
    input.patterns.push_back({static_cast<uint32_t>(input.patterns.size()), expression, false});
  }
  return input;
}

DatabaseInput literals(size_t count, size_t bytes) {
  DatabaseInput input;
  for (size_t i = 0; i < count; ++i) {
    std::string text = std::to_string(i);
    text.resize(bytes, '-');
    input.patterns.push_back({static_cast<uint32_t>(i), text, false});
  }
  return input;
}

CompilerOptions options(Duration timeout = {60'000}) {
  return {SIEVE_BINARY, timeout, limits::kCompileMemoryDefault};
}

TEST(DatabaseCompilerTest, ChildMakesWhatThisProcessMakes) {
  const DatabaseInput input = regexes({"fee.{0,9}due", "[0-9]{3,6} baht", "\\xe0\\xb9\\x84"});
  const auto here = compile_here(input);
  const auto there = DatabaseCompiler(options()).compile(input);
  ASSERT_TRUE(here);
  ASSERT_TRUE(there) << there.error().message;
  const auto database = Database::deserialise(*there);
  ASSERT_TRUE(database);
  EXPECT_EQ(database->size_bytes(), Database::deserialise(*here)->size_bytes());
  Scratch scratch;
  database->grow(scratch);
  std::vector<RawMatch> found;
  database->scan("the fee is due: 500 baht", scratch, found);
  EXPECT_THAT(found, ::testing::UnorderedElementsAre(RawMatch{0, 14}, RawMatch{1, 24}));
}

TEST(DatabaseCompilerTest, RefusalsComeBackWithTheirPattern) {
  const DatabaseInput input = regexes({"sound", "a(b"});
  const auto refused = DatabaseCompiler(options()).compile(input);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problem, CompileProblem::kRefused);
  EXPECT_EQ(refused.error().index, 1U);
  EXPECT_EQ(refused.error().message, compile_here(input).error().message);
}

// What needs no child works where none can be started.
TEST(DatabaseCompilerTest, FewLiteralsNeedNoChild) {
  const CompilerOptions no_child{"/nonexistent", {1'000}, limits::kCompileMemoryDefault};
  const size_t most = limits::kCompileHereLiteralsMax;
  EXPECT_TRUE(DatabaseCompiler(no_child).compile(literals(most, 64)));
  const auto too_many = DatabaseCompiler(no_child).compile(literals(most + 1, 8));
  const auto too_long = DatabaseCompiler(no_child).compile(literals(most, 66));
  const auto a_regex = DatabaseCompiler(no_child).compile(regexes({"abc"}));
  for (const auto& answer : {too_many, too_long, a_regex}) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().problem, CompileProblem::kNoChild);
    EXPECT_EQ(answer.error().message, "no process can be started: No such file or directory");
  }
  EXPECT_TRUE(DatabaseCompiler(options()).compile(literals(most + 1, 8)));
}

TEST(DatabaseCompilerTest, NamesThePatternThatTakesTooLong) {
  const DatabaseInput input = regexes({"one", "two", "three", kSlow, "five"});
  const auto late = DatabaseCompiler(options({1'000})).compile(input);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().problem, CompileProblem::kTime);
  EXPECT_EQ(late.error().index, 3U);
  EXPECT_EQ(late.error().message,
            "alone it takes more than 500ms to compile; all patterns together may take 1s");
}

// A sanitizer's shadow has no limit.
#ifndef SIEVE_HAS_SHADOW
TEST(DatabaseCompilerTest, NamesThePatternThatTakesTooMuchMemory) {
  const DatabaseInput input = regexes({"one", kSlow, "three"});
  const CompilerOptions small{SIEVE_BINARY, {60'000}, uint64_t{48} << 20};
  const auto large = DatabaseCompiler(small).compile(input);
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().problem, CompileProblem::kMemory);
  EXPECT_EQ(large.error().index, 1U);
  EXPECT_EQ(large.error().message,
            "alone it takes more than 16MiB to compile; all patterns together may take 48MiB");
}
#endif

// One time for all databases: what the first took the second lacks.
TEST(DatabaseCompilerTest, TimeIsForAllDatabasesTogether) {
  TemporaryDirectory home;
  const std::string slow =
      home.write("slow", "#!/bin/sh\nsleep 0.6\nexec " + std::string(SIEVE_BINARY) + " \"$@\"\n");
  ::chmod(slow.c_str(), 0700);
  DatabaseCompiler compiler({slow, {5'000}, limits::kCompileMemoryDefault});
  size_t compiled = 0;
  while (compiled < 20 && compiler.compile(regexes({"abc"}))) ++compiled;
  EXPECT_GE(compiled, 1U);
  EXPECT_LE(compiled, 8U);
}

// One pattern is to blame for all of a limit.
TEST(DatabaseCompilerTest, OneAloneMayTakeEverything) {
  const auto late = DatabaseCompiler(options({1'000})).compile(regexes({kSlow}));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().index, 0U);
  EXPECT_EQ(late.error().message, "compiling takes more than 1s");
}

// Children that are not what they should be, as shell scripts.
struct ChildRow {
  const char* name;
  const char* script;
  CompileProblem problem;
  const char* message;
};

class BadChildTest : public ::testing::TestWithParam<ChildRow> {};

TEST_P(BadChildTest, IsAFailureWithItsReason) {
  TemporaryDirectory home;
  const std::string child = home.write("child", std::string("#!/bin/sh\n") + GetParam().script);
  ::chmod(child.c_str(), 0700);
  const auto answer = compile_in_child(regexes({"abc", "def"}), {child, {1'000}, 1 << 30});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().problem, GetParam().problem);
  EXPECT_EQ(answer.error().index, 2U);
  EXPECT_THAT(answer.error().message, HasSubstr(GetParam().message));
}

const ChildRow kChildren[] = {
    {"segmentation_fault", "kill -SEGV $$", CompileProblem::kCrash, "crashed with signal 11"},
    {"abort", "kill -ABRT $$", CompileProblem::kCrash, "crashed with signal 6"},
    {"killed_by_the_system", "kill -KILL $$", CompileProblem::kMemory, "killed"},
    {"out_of_processor_time", "kill -XCPU $$", CompileProblem::kTime, "processor time"},
    {"no_memory_to_answer", "exit 12", CompileProblem::kMemory, "memory"},
    {"no_answer", "exit 0", CompileProblem::kCrash, "status 0 and no answer"},
    {"failure", "exit 70", CompileProblem::kCrash, "status 70"},
    {"another_program", "echo Usage; exit 2", CompileProblem::kCrash, "status 2"},
    {"hangs", "exec sleep 30", CompileProblem::kTime, "more than 1s"},
    {"nonsense", "head -c 1000000 /dev/zero", CompileProblem::kCrash, "status 0 and no answer"},
};

INSTANTIATE_TEST_SUITE_P(All, BadChildTest, ::testing::ValuesIn(kChildren),
                         [](const auto& row) { return row.param.name; });

// The child reads nothing but its request and has no other descriptor; signals are as by default.
TEST(CompileChildTest, InheritsNothing) {
  TemporaryDirectory home;
  const std::string child =
      home.write("child", "#!/bin/sh\nls /proc/self/fd >" + home.path("seen") +
                              "\ngrep SigBlk /proc/self/status >>" + home.path("seen") +
                              "\nkill -PIPE $$\necho survived >>" + home.path("seen") + "\n");
  ::chmod(child.c_str(), 0700);
  sigset_t blocked;
  sigset_t before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
  const auto handler = std::signal(SIGPIPE, SIG_IGN);
  const std::string open_elsewhere = home.write("open", "x");
  std::ifstream file(open_elsewhere);
  compile_in_child(regexes({"abc"}), {child, {10'000}, 1 << 30});
  std::signal(SIGPIPE, handler);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  // 3 is the directory that ls lists.
  EXPECT_EQ(home.read("seen"), "0\n1\n2\n3\nSigBlk:\t0000000000000000\n");
}

// Reloads compile while workers run.
TEST(CompileChildTest, WorksFromManyThreads) {
  std::vector<std::thread> threads;
  std::array<bool, 6> good{};
  for (size_t i = 0; i < good.size(); ++i) {
    threads.emplace_back([&good, i] {
      DatabaseCompiler compiler(options());
      const auto bytes = compiler.compile(regexes({"thread" + std::to_string(i)}));
      good[i] = bytes && Database::deserialise(*bytes);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(good, ::testing::Each(true));
}

TEST(CompileChildTest, IsTheOnlyVerbWithoutArguments) {
  const char* child[] = {"scamsieve", "compile-database", nullptr};
  const char* other[] = {"scamsieve", "run", nullptr};
  EXPECT_TRUE(is_compile_child(2, child));
  EXPECT_FALSE(is_compile_child(2, other));
  EXPECT_FALSE(is_compile_child(1, child));
}

}  // namespace
}  // namespace sieve
