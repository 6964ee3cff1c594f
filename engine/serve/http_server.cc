#include "serve/http_server.h"

#include <civetweb.h>
#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <optional>
#include <string_view>
#include <thread>

namespace sieve {
namespace {

// Enough for a scraper, a probe and a person at once; a slow client holds one for at most
// kRequestTimeoutMs, and keep-alive is off so that an idle one holds none.
constexpr const char* kThreadCount = "4";
constexpr const char* kRequestTimeoutMs = "5000";
constexpr size_t kBodyBytesMax = 65'536;
constexpr std::string_view kText = "text/plain; charset=utf-8";

struct ListenAddress {
  std::string host;  // Numeric; IPv6 without brackets.
  uint16_t port = 0;
  bool ipv6 = false;

  std::string text(uint16_t actual_port) const {
    return ipv6 ? fmt::format("[{}]:{}", host, actual_port)
                : fmt::format("{}:{}", host, actual_port);
  }
};

struct AddressInfoDeleter {
  void operator()(addrinfo* info) const { freeaddrinfo(info); }
};
using AddressInfo = std::unique_ptr<addrinfo, AddressInfoDeleter>;

AddressInfo resolve_numeric(const ListenAddress& address) {
  addrinfo hints{};
  hints.ai_family = address.ipv6 ? AF_INET6 : AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* info = nullptr;
  const std::string port = std::to_string(address.port);
  if (getaddrinfo(address.host.c_str(), port.c_str(), &hints, &info) != 0) return nullptr;
  return AddressInfo(info);
}

std::optional<ListenAddress> parse_listen(const std::string& listen) {
  const size_t colon = listen.rfind(':');
  if (colon == std::string::npos || colon == 0) return std::nullopt;
  ListenAddress address;
  address.host = listen.substr(0, colon);
  if (address.host.front() == '[' && address.host.back() == ']') {
    address.host = address.host.substr(1, address.host.size() - 2);
    address.ipv6 = true;
  }
  const char* begin = listen.data() + colon + 1;
  const char* end = listen.data() + listen.size();
  const auto parsed = std::from_chars(begin, end, address.port);
  if (begin == end || parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  if (!resolve_numeric(address)) return std::nullopt;
  return address;
}

// Why the address cannot be bound, from the system itself: civetweb says it only in its log.
std::string reason_of_failure(const ListenAddress& address) {
  const AddressInfo info = resolve_numeric(address);
  const int fd = socket(info->ai_family, info->ai_socktype, 0);
  if (fd < 0) return std::strerror(errno);
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  std::string reason = "the HTTP server did not start";
  if (bind(fd, info->ai_addr, info->ai_addrlen) != 0) reason = std::strerror(errno);
  close(fd);
  return reason;
}

std::string_view phrase_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 202:
      return "Accepted";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 503:
      return "Service Unavailable";
    default:
      return status < 400 ? "OK" : "Error";
  }
}

// As long for a wrong token as for a right one, so that its time tells nothing.
bool has_token(const mg_connection* connection, const std::string& token) {
  const char* header = mg_get_header(connection, "Authorization");
  const std::string_view given = header == nullptr ? "" : header;
  const std::string wanted = "Bearer " + token;
  unsigned difference = given.size() == wanted.size() ? 0 : 1;
  for (size_t i = 0; i < wanted.size(); ++i) {
    const char other = i < given.size() ? given[i] : '\0';
    difference |= static_cast<unsigned char>(wanted[i] ^ other);
  }
  return difference == 0;
}

// What stands in the body means nothing here, but a client that still sends must not be cut off.
void skip_body(mg_connection* connection) {
  std::array<char, 4096> bytes{};
  for (size_t read = 0; read < kBodyBytesMax;) {
    const int n = mg_read(connection, bytes.data(), bytes.size());
    if (n <= 0) return;
    read += static_cast<size_t>(n);
  }
}

void write_response(mg_connection* connection, const HttpResponse& response, bool with_body,
                    std::string_view allow) {
  std::string out = fmt::format(
      "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n"
      "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n",
      response.status, phrase_of(response.status), response.content_type, response.body.size());
  if (response.status == 405) out += fmt::format("Allow: {}\r\n", allow);
  if (response.status == 401) out += "WWW-Authenticate: Bearer\r\n";
  out += "\r\n";
  if (with_body) out += response.body;
  mg_write(connection, out.data(), out.size());
}

}  // namespace

struct HttpServer::Impl {
  // Constant after construction.
  std::map<std::string, HttpHandler> routes;
  HttpActions actions;
  ListenAddress address;
  mg_context* context = nullptr;
  uint16_t port = 0;

  ~Impl() {
    if (context != nullptr) stop();
    mg_exit_library();
  }

  void stop();

  HttpResponse respond(mg_connection* connection, const mg_request_info& request) const;
  HttpResponse act(mg_connection* connection, const mg_request_info& request) const;
  static int begin_request(mg_connection* connection);
};

// civetweb's accepting thread looks for the stop flag only between connections or every two
// seconds; connecting to ourselves makes it look at once.
void HttpServer::Impl::stop() {
  std::atomic<bool> stopped = false;
  std::thread stopper([&] {
    mg_stop(context);
    stopped = true;
  });
  ListenAddress self = address;
  self.port = port;
  const AddressInfo info = resolve_numeric(self);
  while (!stopped) {
    const int fd = socket(info->ai_family, info->ai_socktype | SOCK_NONBLOCK, 0);
    if (fd >= 0) {
      (void)connect(fd, info->ai_addr, info->ai_addrlen);
      close(fd);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  stopper.join();
}

// REQUIRES: an action for the path of `request`.
HttpResponse HttpServer::Impl::act(mg_connection* connection,
                                   const mg_request_info& request) const {
  skip_body(connection);
  if (actions.token.empty()) {
    return {403, std::string(kText), "this needs a token, and `http.token` is not set\n"};
  }
  if (!has_token(connection, actions.token)) {
    return {401, std::string(kText), "this needs `Authorization: Bearer TOKEN`\n"};
  }
  const std::string_view query = request.query_string == nullptr ? "" : request.query_string;
  return actions.routes.at(request.local_uri)(query);
}

HttpResponse HttpServer::Impl::respond(mg_connection* connection,
                                       const mg_request_info& request) const {
  const std::string path = request.local_uri == nullptr ? "" : request.local_uri;
  const std::string_view method = request.request_method;
  if (actions.routes.contains(path)) {
    if (method == "POST") return act(connection, request);
    return {405, std::string(kText), "only POST\n"};
  }
  const auto route = routes.find(path);
  if (route == routes.end()) return {404, std::string(kText), "not found\n"};
  if (method != "GET" && method != "HEAD") {
    return {405, std::string(kText), "only GET and HEAD\n"};
  }
  return route->second();
}

// Answers every request here, so that civetweb's own file serving is never reached.
int HttpServer::Impl::begin_request(mg_connection* connection) {
  const mg_request_info* request = mg_get_request_info(connection);
  const auto* self = static_cast<const Impl*>(request->user_data);
  const HttpResponse response = self->respond(connection, *request);
  const bool is_action =
      request->local_uri != nullptr && self->actions.routes.contains(request->local_uri);
  write_response(connection, response, std::string_view(request->request_method) != "HEAD",
                 is_action ? "POST" : "GET, HEAD");
  return response.status;
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

Expected<std::unique_ptr<HttpServer>, HttpError> HttpServer::start(
    const std::string& listen, std::map<std::string, HttpHandler> routes, HttpActions actions) {
  const std::optional<ListenAddress> address = parse_listen(listen);
  if (!address) {
    return Unexpected<HttpError>(HttpError{fmt::format(
        "cannot listen on `{}`: expected a numeric address and a port, such as 127.0.0.1:9464",
        listen)});
  }
  mg_init_library(MG_FEATURES_DEFAULT);
  auto impl = std::make_unique<Impl>();
  impl->routes = std::move(routes);
  impl->actions = std::move(actions);
  impl->address = *address;
  mg_callbacks callbacks{};
  callbacks.begin_request = &Impl::begin_request;
  // civetweb's own log goes nowhere: what it would say is in our errors.
  callbacks.log_message = [](const mg_connection*, const char*) { return 1; };
  const std::string ports = address->text(address->port);
  std::array<const char*, 13> options = {"listening_ports",
                                         ports.c_str(),
                                         "num_threads",
                                         kThreadCount,
                                         "request_timeout_ms",
                                         kRequestTimeoutMs,
                                         "enable_directory_listing",
                                         "no",
                                         "enable_keep_alive",
                                         "no",
                                         "max_request_size",
                                         "8192",
                                         nullptr};
  impl->context = mg_start(&callbacks, impl.get(), options.data());
  if (impl->context == nullptr) {
    return Unexpected<HttpError>(
        HttpError{fmt::format("cannot listen on {}: {}", listen, reason_of_failure(*address))});
  }
  mg_server_port actual{};
  mg_get_server_ports(impl->context, 1, &actual);
  impl->port = static_cast<uint16_t>(actual.port);
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

uint16_t HttpServer::port() const { return impl_->port; }

std::string HttpServer::address() const { return "http://" + impl_->address.text(impl_->port); }

}  // namespace sieve
