#include "serve/http_server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

namespace sieve {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Sends `request` to the loopback port and reads until the server closes.
std::string exchange(uint16_t port, const std::string& request) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  if (connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0 &&
      send(fd, request.data(), request.size(), MSG_NOSIGNAL) ==
          static_cast<ssize_t>(request.size())) {
    char buffer[4096];
    for (ssize_t n = 0; (n = recv(fd, buffer, sizeof(buffer), 0)) > 0;) {
      answer.append(buffer, static_cast<size_t>(n));
    }
  }
  close(fd);
  return answer;
}

std::unique_ptr<HttpServer> start_server(const std::string& listen = "127.0.0.1:0") {
  std::map<std::string, HttpHandler> routes;
  routes["/livez"] = [] { return HttpResponse{200, "text/plain; charset=utf-8", "alive\n"}; };
  routes["/readyz"] = [] { return HttpResponse{503, "text/plain; charset=utf-8", "starting\n"}; };
  routes["/large"] = [] {
    return HttpResponse{200, "application/json", std::string(1'000'000, 'x')};
  };
  auto server = HttpServer::start(listen, routes);
  return server ? std::move(*server) : nullptr;
}

struct RequestCase {
  std::string name;
  std::string request_line;
  std::string status_line;
  std::string body;
};

class HttpServerRequestTest : public ::testing::TestWithParam<RequestCase> {};

TEST_P(HttpServerRequestTest, Answers) {
  const auto server = start_server();
  ASSERT_NE(server, nullptr);
  const std::string answer =
      exchange(server->port(), GetParam().request_line + "\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(answer, StartsWith(GetParam().status_line));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n" + GetParam().body));
}

// Something that changes state, behind a token.
std::unique_ptr<HttpServer> start_actions(const std::string& token) {
  HttpActions actions;
  actions.token = token;
  actions.routes["/v1/act"] = [](std::string_view query) {
    return HttpResponse{200, "text/plain; charset=utf-8", "did " + std::string(query) + "\n"};
  };
  auto server = HttpServer::start("127.0.0.1:0", {}, std::move(actions));
  return server ? std::move(*server) : nullptr;
}

struct ActionCase {
  std::string name;
  std::string token;    // Of the server.
  std::string request;  // Up to the empty line.
  std::string status_line;
  std::string body;
};

class HttpServerActionTest : public ::testing::TestWithParam<ActionCase> {};

TEST_P(HttpServerActionTest, AsksForTheToken) {
  const auto server = start_actions(GetParam().token);
  ASSERT_NE(server, nullptr);
  const std::string answer =
      exchange(server->port(), GetParam().request + "Host: localhost\r\n\r\n");
  EXPECT_THAT(answer, StartsWith(GetParam().status_line));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n" + GetParam().body));
}

const std::string kPost = "POST /v1/act?x=1 HTTP/1.1\r\nContent-Length: 0\r\n";
const std::string kNeedsToken = "this needs `Authorization: Bearer TOKEN`\n";

INSTANTIATE_TEST_SUITE_P(
    Actions, HttpServerActionTest,
    ::testing::Values(ActionCase{"Right", "secret", kPost + "Authorization: Bearer secret\r\n",
                                 "HTTP/1.1 200 OK", "did x=1\n"},
                      ActionCase{"Wrong", "secret", kPost + "Authorization: Bearer Secret\r\n",
                                 "HTTP/1.1 401 Unauthorized", kNeedsToken},
                      ActionCase{"Beginning", "secret", kPost + "Authorization: Bearer secre\r\n",
                                 "HTTP/1.1 401 Unauthorized", kNeedsToken},
                      ActionCase{"Longer", "secret", kPost + "Authorization: Bearer secrets\r\n",
                                 "HTTP/1.1 401 Unauthorized", kNeedsToken},
                      ActionCase{"OtherScheme", "secret", kPost + "Authorization: Basic secret\r\n",
                                 "HTTP/1.1 401 Unauthorized", kNeedsToken},
                      ActionCase{"None", "secret", kPost, "HTTP/1.1 401 Unauthorized", kNeedsToken},
                      ActionCase{"NoTokenIsSet", "", kPost + "Authorization: Bearer \r\n",
                                 "HTTP/1.1 403 Forbidden",
                                 "this needs a token, and `http.token` is not set\n"},
                      ActionCase{"Get", "secret",
                                 "GET /v1/act HTTP/1.1\r\nAuthorization: Bearer secret\r\n",
                                 "HTTP/1.1 405 Method Not Allowed", "only POST\n"}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Requests, HttpServerRequestTest,
    ::testing::Values(
        RequestCase{"Get", "GET /livez HTTP/1.1", "HTTP/1.1 200 OK", "alive\n"},
        RequestCase{"GetWithQuery", "GET /livez?verbose=1 HTTP/1.1", "HTTP/1.1 200 OK", "alive\n"},
        RequestCase{"HeadHasNoBody", "HEAD /livez HTTP/1.1", "HTTP/1.1 200 OK", ""},
        RequestCase{"NotReady", "GET /readyz HTTP/1.1", "HTTP/1.1 503 Service Unavailable",
                    "starting\n"},
        RequestCase{"UnknownPath", "GET /nothing HTTP/1.1", "HTTP/1.1 404 Not Found",
                    "not found\n"},
        RequestCase{"Root", "GET / HTTP/1.1", "HTTP/1.1 404 Not Found", "not found\n"},
        RequestCase{"PathIsExact", "GET /livez/ HTTP/1.1", "HTTP/1.1 404 Not Found", "not found\n"},
        RequestCase{"PathPrefix", "GET /live HTTP/1.1", "HTTP/1.1 404 Not Found", "not found\n"},
        RequestCase{"FilesAreNotServed", "GET /../etc/passwd HTTP/1.1", "HTTP/1.1 404 Not Found",
                    "not found\n"},
        RequestCase{"Post", "POST /livez HTTP/1.1\r\nContent-Length: 0",
                    "HTTP/1.1 405 Method Not Allowed", "only GET and HEAD\n"},
        RequestCase{"Delete", "DELETE /livez HTTP/1.1", "HTTP/1.1 405 Method Not Allowed",
                    "only GET and HEAD\n"},
        RequestCase{"Put", "PUT /livez HTTP/1.1\r\nContent-Length: 0",
                    "HTTP/1.1 405 Method Not Allowed", "only GET and HEAD\n"}),
    [](const auto& param_info) { return param_info.param.name; });

TEST(HttpServerTest, SaysWhichMethodsAreAllowed) {
  const auto server = start_server();
  const std::string answer =
      exchange(server->port(), "DELETE /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("\r\nAllow: GET, HEAD\r\n"));
}

TEST(HttpServerTest, SendsLargeBodiesWhole) {
  const auto server = start_server();
  const std::string answer = exchange(server->port(), "GET /large HTTP/1.0\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("\r\nContent-Length: 1000000\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nContent-Type: application/json\r\n"));
  EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, 1'000'000U);
}

TEST(HttpServerTest, SurvivesGarbageAndOversizedRequests) {
  const auto server = start_server();
  exchange(server->port(), std::string("\0\xff\xfe\r\n\r\n", 7));
  exchange(server->port(), "GET " + std::string(100'000, 'a') + " HTTP/1.1\r\n\r\n");
  EXPECT_THAT(exchange(server->port(), "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"),
              EndsWith("alive\n"));
}

TEST(HttpServerTest, AnswersSeveralClientsAtOnce) {
  const auto server = start_server();
  std::vector<std::string> answers(16);
  std::vector<std::thread> clients;
  for (std::string& answer : answers) {
    clients.emplace_back([&answer, port = server->port()] {
      answer = exchange(port, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_THAT(answers, ::testing::Each(EndsWith("alive\n")));
}

TEST(HttpServerTest, TellsTheRealPortAndAddress) {
  const auto server = start_server();
  ASSERT_NE(server, nullptr);
  EXPECT_GT(server->port(), 0);
  EXPECT_EQ(server->address(), "http://127.0.0.1:" + std::to_string(server->port()));
}

TEST(HttpServerTest, FreesThePortWhenItStops) {
  auto first = start_server();
  const std::string listen = "127.0.0.1:" + std::to_string(first->port());
  first.reset();
  EXPECT_NE(start_server(listen), nullptr);
}

TEST(HttpServerTest, SaysThatThePortIsTaken) {
  const auto first = start_server();
  const std::string listen = "127.0.0.1:" + std::to_string(first->port());
  const auto second = HttpServer::start(listen, {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message, "cannot listen on " + listen + ": Address already in use");
}

struct ListenCase {
  std::string name;
  std::string listen;
};

class HttpServerListenTest : public ::testing::TestWithParam<ListenCase> {};

TEST_P(HttpServerListenTest, RefusesWithTheAddress) {
  const auto server = HttpServer::start(GetParam().listen, {});
  ASSERT_FALSE(server);
  EXPECT_THAT(server.error().message, HasSubstr("cannot listen on"));
  EXPECT_THAT(server.error().message, HasSubstr(GetParam().listen));
  EXPECT_THAT(server.error().message, Not(HasSubstr("Success")));
}

INSTANTIATE_TEST_SUITE_P(Bad, HttpServerListenTest,
                         ::testing::Values(ListenCase{"Empty", ""},
                                           ListenCase{"NoPort", "127.0.0.1"},
                                           ListenCase{"NoHost", ":80"},
                                           ListenCase{"PortTooLarge", "127.0.0.1:65536"},
                                           ListenCase{"PortIsAWord", "127.0.0.1:http"},
                                           ListenCase{"PortWithTail", "127.0.0.1:80,90"},
                                           ListenCase{"HostIsAName", "localhost:0"},
                                           ListenCase{"HostOfSomebodyElse", "192.0.2.1:9464"},
                                           ListenCase{"HalfAddress", "127.0.0:1x"}),
                         [](const auto& param_info) { return param_info.param.name; });

}  // namespace
}  // namespace sieve
