#include "match/database_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "match/pattern_db.h"
#include "match/scanner.h"
#include "unit/stream/temporary_directory.h"

namespace sieve {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr Hash128 kKey{1, 2};

Hash128 key(uint64_t number) { return {number, 0}; }

class DatabaseCacheTest : public ::testing::Test {
 protected:
  DatabaseCacheTest() : cache_(home_.path("cache")) {}

  std::string at(const std::string& name) const { return home_.path("cache/" + name); }
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(home_.path("cache"))) {
      out.push_back(entry.path().filename());
    }
    return out;
  }
  // The only file there is.
  std::string file() const {
    EXPECT_THAT(names(), SizeIs(1));
    return at(names().front());
  }
  // What a process that starts now finds, and what it has to complain about.
  std::optional<std::string> load(const Hash128& key, std::string* fault = nullptr) const {
    DatabaseCache cache(home_.path("cache"));
    auto payload = cache.load(key);
    if (fault != nullptr) *fault = cache.fault();
    return payload;
  }

  TemporaryDirectory home_;
  DatabaseCache cache_;
};

TEST_F(DatabaseCacheTest, KeepsWhatIsStored) {
  EXPECT_FALSE(cache_.load(kKey));
  EXPECT_FALSE(fs::exists(home_.path("cache"))) << "looking makes no directory";
  cache_.store(kKey, "payload");
  cache_.store(key(7), "");
  EXPECT_EQ(cache_.load(kKey), "payload");
  EXPECT_EQ(load(kKey), "payload");
  EXPECT_EQ(load(key(7)), "");
  EXPECT_FALSE(load(key(8)));
  EXPECT_THAT(cache_.fault(), IsEmpty());
}

TEST_F(DatabaseCacheTest, WithoutADirectoryKeepsNothing) {
  DatabaseCache none("");
  none.store(kKey, "payload");
  EXPECT_FALSE(none.load(kKey));
  EXPECT_THAT(none.fault(), IsEmpty());
}

TEST_F(DatabaseCacheTest, MakesADirectoryForThisUserAlone) {
  const mode_t before = ::umask(0);
  cache_.store(kKey, "payload");
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat(home_.path("cache").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
  ASSERT_EQ(::stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0022, 0U);
}

TEST_F(DatabaseCacheTest, NeedsTheWholeFileAndItsKey) {
  const std::string sound = cache_file(kKey, "payload");
  EXPECT_EQ(cache_payload(sound, kKey), "payload");
  EXPECT_FALSE(cache_payload(sound, key(9)));
  for (size_t size = 0; size < sound.size(); ++size) {
    EXPECT_FALSE(cache_payload(sound.substr(0, size), kKey)) << size;
  }
  EXPECT_FALSE(cache_payload(sound + "x", kKey));
  for (size_t bit = 0; bit < 8 * sound.size(); ++bit) {
    std::string flipped = sound;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(cache_payload(flipped, kKey)) << bit;
  }
}

// What somebody may have done to the directory `cache` or to `file`, and what is said of it.
struct UnsafeRow {
  const char* name;
  void (*spoil)(const std::string& directory, const std::string& file);
  const char* fault;
};

class UnsafeCacheTest : public DatabaseCacheTest,
                        public ::testing::WithParamInterface<UnsafeRow> {};

TEST_P(UnsafeCacheTest, IsNotReadAndSaysWhy) {
  cache_.store(kKey, "payload");
  GetParam().spoil(home_.path("cache"), file());
  std::string fault;
  EXPECT_FALSE(load(kKey, &fault));
  EXPECT_THAT(fault, HasSubstr(GetParam().fault));
}

const UnsafeRow kUnsafe[] = {
    {"directory_of_all", [](auto& directory, auto&) { ::chmod(directory.c_str(), 0777); },
     "cache: can be written by others"},
    {"sticky_directory", [](auto& directory, auto&) { ::chmod(directory.c_str(), 01777); },
     "cache: can be written by others"},
    {"directory_of_a_group", [](auto& directory, auto&) { ::chmod(directory.c_str(), 0770); },
     "cache: can be written by others"},
    {"file_of_all", [](auto&, auto& file) { ::chmod(file.c_str(), 0666); },
     ".sievedb: can be written by others"},
    {"symbolic_link",
     [](auto& directory, auto& file) {
       fs::rename(file, directory + "/elsewhere");
       fs::create_symlink(directory + "/elsewhere", file);
     },
     ".sievedb: Too many levels of symbolic links"},
    {"pipe_without_a_writer",
     [](auto&, auto& file) {
       fs::remove(file);
       ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
     },
     ".sievedb: is no file"},
    {"directory_in_its_place",
     [](auto&, auto& file) {
       fs::remove(file);
       fs::create_directory(file);
     },
     ".sievedb: is no file"},
    {"cut_file", [](auto&, auto& file) { fs::resize_file(file, 50); }, "is damaged"},
    {"empty_file", [](auto&, auto& file) { fs::resize_file(file, 0); }, "is damaged"},
    {"file_in_place_of_the_directory",
     [](auto& directory, auto&) {
       fs::remove_all(directory);
       std::ofstream(directory) << "x";
     },
     "cache: Not a directory"},
};

INSTANTIATE_TEST_SUITE_P(All, UnsafeCacheTest, ::testing::ValuesIn(kUnsafe),
                         [](const auto& row) { return row.param.name; });

constexpr uid_t kNobody = 65'534;

TEST_F(DatabaseCacheTest, IgnoresWhatBelongsToOthers) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  cache_.store(kKey, "payload");
  ASSERT_EQ(::chown(file().c_str(), kNobody, kNobody), 0);
  std::string fault;
  EXPECT_FALSE(load(kKey, &fault));
  EXPECT_THAT(fault, HasSubstr(".sievedb: belongs to another user"));
  ASSERT_EQ(::chown(home_.path("cache").c_str(), kNobody, kNobody), 0);
  EXPECT_FALSE(load(kKey, &fault));
  EXPECT_THAT(fault, HasSubstr("cache: belongs to another user"));
}

TEST_F(DatabaseCacheTest, WritesNothingWhereOthersCanWrite) {
  fs::create_directory(home_.path("cache"));
  ::chmod(home_.path("cache").c_str(), 0777);
  cache_.store(kKey, "payload");
  EXPECT_THAT(names(), IsEmpty());
  EXPECT_THAT(cache_.fault(), HasSubstr("can be written by others"));
}

TEST_F(DatabaseCacheTest, ADirectoryThatIsReplacedIsNotFollowed) {
  cache_.store(kKey, "payload");
  fs::rename(home_.path("cache"), home_.path("ours"));
  fs::create_directory(home_.path("cache"));
  cache_.store(key(3), "payload");
  EXPECT_THAT(names(), IsEmpty());
  EXPECT_EQ(cache_.load(key(3)), "payload");
}

TEST_F(DatabaseCacheTest, ReadsWhereItMayNotWrite) {
  cache_.store(kKey, "payload");
  ::chmod(home_.path("cache").c_str(), 0500);
  EXPECT_EQ(load(kKey), "payload");
  DatabaseCache cache(home_.path("cache"));
  cache.store(key(3), "payload");
  // Root may write everywhere.
  if (::geteuid() != 0) {
    EXPECT_THAT(cache.fault(), HasSubstr("Permission denied"));
  }
  ::chmod(home_.path("cache").c_str(), 0700);
}

TEST_F(DatabaseCacheTest, AFullDiskLeavesNothingBehind) {
  cache_.store(kKey, "payload");
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{4'096, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  cache_.store(key(3), std::string(10'000, 'x'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_THAT(cache_.fault(), HasSubstr("File too large"));
  EXPECT_THAT(names(), SizeIs(1));
  EXPECT_FALSE(load(key(3)));
  EXPECT_EQ(load(kKey), "payload");
}

// Writers of one name, as two engines that start together are, and readers meanwhile.
TEST_F(DatabaseCacheTest, ProcessesThatWriteOneNameDoNotDisturbEachOther) {
  constexpr int kWriters = 3;
  constexpr int kRounds = 100;
  std::vector<pid_t> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    const pid_t pid = ::fork();
    if (pid != 0) {
      writers.push_back(pid);
      continue;
    }
    DatabaseCache cache(home_.path("cache"));
    for (int i = 0; i < kRounds; ++i) {
      cache.store(kKey, std::string(100'000, static_cast<char>('a' + writer)));
    }
    ::_exit(cache.fault().empty() ? 0 : 1);
  }
  size_t ended = 0;
  while (ended < writers.size()) {
    std::string fault;
    const auto payload = load(kKey, &fault);
    ASSERT_THAT(fault, IsEmpty());
    if (payload) {
      ASSERT_EQ(*payload, std::string(100'000, payload->front()));
    }
    int status = 0;
    if (::waitpid(-1, &status, WNOHANG) <= 0) continue;
    EXPECT_EQ(status, 0);
    ++ended;
  }
  EXPECT_THAT(names(), SizeIs(1));
}

TEST_F(DatabaseCacheTest, RemovesWhatDeadWritersLeft) {
  cache_.store(kKey, "payload");
  const std::string old = at(".x.sievedb.0123.tmp");
  const std::string fresh = at(".y.sievedb.0123.tmp");
  std::ofstream(old) << "x";
  std::ofstream(fresh) << "x";
  fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(2));
  cache_.store(key(3), "payload");
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(fresh));
}

// Files get ages of their own: the clock of a file system may stand still for some milliseconds.
void age(const std::string& file, int minutes) {
  fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::minutes(minutes));
}

TEST_F(DatabaseCacheTest, KeepsTheFilesThatWereUsedLast) {
  DatabaseCache cache(home_.path("cache"), {.files_max = 3});
  for (uint64_t i = 0; i < 3; ++i) {
    cache.store(key(i), "payload");
    age(at(to_hex(key(i)) + ".sievedb"), static_cast<int>(60 - i));
  }
  EXPECT_TRUE(cache.load(key(0)));
  cache.store(key(3), "payload");
  EXPECT_THAT(names(), SizeIs(3));
  EXPECT_TRUE(cache.load(key(0)));
  EXPECT_FALSE(cache.load(key(1)));
  EXPECT_TRUE(cache.load(key(2)));
  EXPECT_TRUE(cache.load(key(3)));
}

TEST_F(DatabaseCacheTest, KeepsABoundedNumberOfBytes) {
  DatabaseCache cache(home_.path("cache"), {.bytes_max = 2'500});
  for (uint64_t i = 0; i < 5; ++i) {
    cache.store(key(i), std::string(1'000, 'x'));
    age(at(to_hex(key(i)) + ".sievedb"), static_cast<int>(60 - i));
  }
  EXPECT_THAT(names(), SizeIs(2));
  EXPECT_TRUE(cache.load(key(4)));
  EXPECT_THAT(cache.fault(), IsEmpty());
  cache.store(key(5), std::string(2'501, 'x'));
  EXPECT_THAT(cache.fault(), HasSubstr("larger than the cache"));
  EXPECT_THAT(names(), SizeIs(2)) << "what is too large removes nothing";
}

// Through all layers: databases that work, or none.
class CachedPatternsTest : public DatabaseCacheTest {
 protected:
  std::shared_ptr<const PatternDb> build(const std::string& phrase) const {
    PatternDbBuilder builder;
    builder.add({PatternKind::kWords, View::kWords, phrase});
    auto db = std::move(builder).build({home_.path("cache")});
    EXPECT_TRUE(db);
    return *db;
  }

  static bool finds(const std::shared_ptr<const PatternDb>& db, std::string_view words) {
    Scanner scanner(db);
    FiredPatterns fired;
    fired.resize(db->pattern_count());
    FoldedText text;
    text.words = words;
    scanner.scan(text, fired);
    return fired.all().size() == 1;
  }
};

TEST_F(CachedPatternsTest, SecondBuildComesFromTheCache) {
  EXPECT_FALSE(build("on hold")->from_cache());
  const auto cached = build("on hold");
  EXPECT_TRUE(cached->from_cache());
  EXPECT_TRUE(finds(cached, " on hold "));
  EXPECT_THAT(cached->cache_fault(), IsEmpty());
}

TEST_F(CachedPatternsTest, OtherPatternsAreAnotherEntry) {
  build("on hold");
  EXPECT_FALSE(build("on hole")->from_cache());
  EXPECT_THAT(names(), SizeIs(2));
}

TEST_F(CachedPatternsTest, AnyDamageIsRebuilt) {
  build("on hold");
  const std::string sound = home_.read("cache/" + names().front());
  std::vector<std::string> damaged = {"",
                                      "x",
                                      sound + "x",
                                      sound.substr(0, 47),
                                      sound.substr(0, 48),
                                      sound.substr(0, sound.size() - 1)};
  const size_t step = sound.size() / 60 + 1;
  for (size_t at = 0; at < sound.size(); at += at < 48 ? 1 : step) {
    damaged.push_back(sound);
    damaged.back()[at] = static_cast<char>(damaged.back()[at] ^ 0x10);
  }
  const std::string name = "cache/" + names().front();
  for (const std::string& bytes : damaged) {
    home_.write(name, bytes);
    const auto rebuilt = build("on hold");
    EXPECT_FALSE(rebuilt->from_cache());
    EXPECT_TRUE(finds(rebuilt, " on hold "));
    EXPECT_THAT(rebuilt->cache_fault(), HasSubstr("damaged"));
    EXPECT_TRUE(build("on hold")->from_cache()) << "the bad entry was not replaced";
  }
}

// A file with a right header whose payload is no database: another version of Hyperscan.
TEST_F(CachedPatternsTest, ADatabaseThatDoesNotWorkIsRebuilt) {
  build("on hold");
  const std::string name = "cache/" + names().front();
  const std::string file = home_.read(name);
  std::string payload = file.substr(48);
  payload[4] = static_cast<char>(payload[4] + 1);  // Its version, after the magic number.
  Hash128 stored;
  std::memcpy(&stored, file.data() + 32, sizeof stored);
  home_.write(name, cache_file(stored, payload));
  const auto rebuilt = build("on hold");
  EXPECT_FALSE(rebuilt->from_cache());
  EXPECT_TRUE(finds(rebuilt, " on hold "));
  EXPECT_THAT(rebuilt->cache_fault(), HasSubstr("damaged"));
  EXPECT_TRUE(build("on hold")->from_cache());
}

TEST_F(CachedPatternsTest, EntryOfOtherPatternsIsNotTaken) {
  build("on hold");
  const std::string bytes = home_.read("cache/" + names().front());
  fs::remove(file());
  build("customs fee");
  home_.write("cache/" + names().front(), bytes);
  const auto db = build("customs fee");
  EXPECT_FALSE(db->from_cache());
  EXPECT_TRUE(finds(db, " customs fee "));
}

TEST_F(CachedPatternsTest, UnusableDirectoryCostsOnlyTheCache) {
  home_.write("cache", "a file");
  const auto db = build("on hold");
  EXPECT_TRUE(finds(db, " on hold "));
  EXPECT_THAT(db->cache_fault(), HasSubstr("Not a directory"));
}

}  // namespace
}  // namespace sieve
