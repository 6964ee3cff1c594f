// A LineSink takes the lines of one stream: a file, or a Kafka topic (kafka_output.h).
//
// Thread safety: none.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "base/expected.h"

namespace sieve::traffic {

class LineSink {
 public:
  virtual ~LineSink() = default;
  // `line` without its end; `key` is the sender or caller, which files ignore.
  virtual void write(std::string_view key, std::string_view line) = 0;
  // Hands everything over; an error is one sentence. Nothing may be written afterwards.
  virtual Expected<void, std::string> close() = 0;
};

// Drops everything.
class NullSink : public LineSink {
 public:
  void write(std::string_view, std::string_view) override {}
  Expected<void, std::string> close() override { return {}; }
};

// Keeps everything in memory, for tests.
class StringSink : public LineSink {
 public:
  void write(std::string_view key, std::string_view line) override;
  Expected<void, std::string> close() override { return {}; }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

class FileSink : public LineSink {
 public:
  // Replaces the file; `-` is standard output.
  static Expected<std::unique_ptr<FileSink>, std::string> open(const std::string& path);
  ~FileSink() override;
  FileSink(const FileSink&) = delete;
  FileSink& operator=(const FileSink&) = delete;

  void write(std::string_view key, std::string_view line) override;
  Expected<void, std::string> close() override;

 private:
  FileSink(std::string path, std::FILE* file);
  void flush();

  std::string path_;
  std::FILE* file_;
  std::string buffer_;
  int error_ = 0;  // The first errno; later lines are dropped.
};

}  // namespace sieve::traffic
