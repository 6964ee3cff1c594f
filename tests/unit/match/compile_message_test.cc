#include "match/compile_message.h"

#include <gtest/gtest.h>

namespace sieve {
namespace {

CompileRequest request() {
  CompileRequest request;
  request.limits = {61, uint64_t{1} << 40};
  request.input.syntax = PatternSyntax::kRegex;
  request.input.patterns = {
      {7, "a.{0,9}b", false}, {4'294'967'295, std::string("\0\xFF", 2), true}, {0, "", false}};
  return request;
}

TEST(CompileMessageTest, RequestsComeBackAsTheyWere) {
  EXPECT_EQ(decode_request(encode_request(request())), request());
  EXPECT_EQ(decode_request(encode_request({})), CompileRequest());
}

TEST(CompileMessageTest, AnswersComeBackAsTheyWere) {
  EXPECT_EQ(decode_answer(encode_answer("database"))->value(), "database");
  EXPECT_EQ(decode_answer(encode_answer(""))->value(), "");
  const CompileAnswer refused =
      Unexpected<CompileFailure>({CompileProblem::kMemory, 3, "it is too large"});
  const auto answer = decode_answer(encode_answer(refused));
  ASSERT_TRUE(answer);
  ASSERT_FALSE(*answer);
  EXPECT_EQ(answer->error().problem, CompileProblem::kMemory);
  EXPECT_EQ(answer->error().index, 3U);
  EXPECT_EQ(answer->error().message, "it is too large");
}

// A child that dies while it writes.
TEST(CompileMessageTest, NothingLessThanAllIsUnderstood) {
  const std::string whole = encode_answer("database");
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(decode_answer(whole.substr(0, size))) << size;
  }
  EXPECT_FALSE(decode_answer(whole + "x"));
  EXPECT_FALSE(decode_answer("Usage: another program\n"));
  const std::string asked = encode_request(request());
  EXPECT_FALSE(decode_request(asked.substr(0, asked.size() - 1)));
  EXPECT_FALSE(decode_request(asked + "x"));
  EXPECT_FALSE(decode_request(whole));
  EXPECT_FALSE(decode_answer(asked));
}

}  // namespace
}  // namespace sieve
