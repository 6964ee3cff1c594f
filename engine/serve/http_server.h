// An HttpServer answers operators' tools on one port: GET of metrics, health and state, and POST of
// what changes state, which needs a token.
//
// Thread safety: start and stop from one thread; handlers run on server threads, several at once.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/expected.h"

namespace sieve {

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

using HttpHandler = std::function<HttpResponse()>;

// POST, for who has the token: `Authorization: Bearer TOKEN`. Without a token nobody may.
struct HttpActions {
  std::string token;
  // Exact path to what it does; `query` is what stands behind `?`.
  std::map<std::string, std::function<HttpResponse(std::string_view query)>> routes;
};

struct HttpError {
  std::string message;
};

class HttpServer {
 public:
  // Listens on `listen` ("127.0.0.1:9464", "[::1]:9464"; numeric; port 0: any free one). `routes`:
  // exact path to handler of GET and HEAD; other paths are 404, other methods 405. The error names
  // the address and the system's reason.
  static Expected<std::unique_ptr<HttpServer>, HttpError> start(
      const std::string& listen, std::map<std::string, HttpHandler> routes,
      HttpActions actions = {});
  ~HttpServer();

  uint16_t port() const;
  // "http://127.0.0.1:9464"
  std::string address() const;

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sieve
