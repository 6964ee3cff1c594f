#include "run/service.h"

#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <map>

#include "base/log.h"
#include "run/engine.h"
#include "run/engine_metrics.h"
#include "run/reloader.h"
#include "run/rules_api.h"
#include "serve/http_server.h"

namespace sieve {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kControlStep{20};
// How long a request to reload waits for its answer.
constexpr milliseconds kReloadWait{60'000};

std::atomic<int> stop_signal{0};

void on_stop_signal(int signal) {
  // A second signal ends the process at once: what is unfinished is read again.
  if (stop_signal.exchange(signal) != 0) std::_Exit(static_cast<int>(ExitCode::kTryAgain));
}

std::atomic<bool> reload_signal{false};

void on_reload_signal(int) { reload_signal = true; }

LogLevel log_level_of(const std::string& name) {
  if (name == "debug") return LogLevel::kDebug;
  if (name == "warning") return LogLevel::kWarning;
  return name == "error" ? LogLevel::kError : LogLevel::kInfo;
}

// What /readyz says.
enum class Phase { kStarting, kRunning, kEnded, kStopping };

std::string_view name_of(Phase phase) {
  switch (phase) {
    case Phase::kStarting:
      return "starting";
    case Phase::kRunning:
      return "running";
    case Phase::kEnded:
      return "ended";
    case Phase::kStopping:
      return "stopping";
  }
  return "starting";
}

HttpResponse readiness(Phase phase, bool has_lanes) {
  HttpResponse response;
  const bool ready = (phase == Phase::kRunning && has_lanes) || phase == Phase::kEnded;
  response.status = ready ? 200 : 503;
  response.content_type = "application/json";
  response.body = fmt::format("{{\"ready\":{},\"phase\":\"{}\",\"assigned\":{}}}\n", ready,
                              name_of(phase), has_lanes);
  return response;
}

Reloader::Options reload_options(const Config& config) {
  Reloader::Options options;
  options.watch = config.rules.watch;
  options.shrink_max = config.rules.shrink_max;
  return options;
}

class Service {
 public:
  Service(std::unique_ptr<Engine> engine, const ServiceOptions& options)
      : engine_(std::move(engine)),
        options_(options),
        reloader_(*engine_, reload_options(engine_->config())),
        metrics_(*engine_, reloader_, options.version) {}

  EngineError run() {
    if (const std::string problem = start_http(); !problem.empty()) {
      return {ExitCode::kInputOutput, problem};
    }
    engine_->start();
    phase_ = Phase::kRunning;
    log_info("run", "started", "version={} rules={} digest={} address={}", options_.version,
             engine_->rules()->rules().size(), engine_->rules()->digest(),
             server_ == nullptr ? "off" : server_->address());
    while (!asked_to_stop() && !engine_->finished()) step();
    return end();
  }

 private:
  std::string start_http() {
    if (engine_->config().http_listen.empty()) return {};
    const std::map<std::string, HttpHandler> routes = {
        {"/metrics",
         [this] {
           return HttpResponse{200, "text/plain; version=0.0.4; charset=utf-8", metrics_.expose()};
         }},
        {"/livez",
         [] {
           return HttpResponse{200, "text/plain; charset=utf-8", "ok\n"};
         }},
        {"/readyz", [this] { return readiness(phase_, engine_->ready()); }},
        {"/v1/rules",
         [this] {
           return rules_page(*engine_->rules(), reloader_.status(), engine_->rule_costs());
         }},
    };
    HttpActions actions;
    actions.token = engine_->config().http_token;
    actions.routes["/v1/reload"] = [this](std::string_view query) { return reload(query); };
    auto server = HttpServer::start(engine_->config().http_listen, routes, std::move(actions));
    if (!server) return fmt::format("error[http_unavailable]: {}\n", server.error().message);
    server_ = std::move(*server);
    return {};
  }

  void step() {
    if (reload_signal.exchange(false)) reloader_.request(ReloadTrigger::kSignal, false);
    reloader_.service();
    engine_->service(kControlStep);
  }

  // `allow_shrink=true` in the query takes rules and lists that lost much.
  HttpResponse reload(std::string_view query) {
    const bool allow_shrink = query == "allow_shrink=true";
    if (!query.empty() && !allow_shrink) {
      return {400, "text/plain; charset=utf-8", "the query may be `allow_shrink=true`\n"};
    }
    const uint64_t number = reloader_.request(ReloadTrigger::kHttp, allow_shrink);
    const bool answered = reloader_.wait(number, kReloadWait);
    return reload_answer(reloader_.status(), answered);
  }

  bool asked_to_stop() const {
    return stop_requested() || (options_.stop != nullptr && options_.stop->load());
  }

  EngineError end() {
    if (!asked_to_stop() && engine_->config().engine.on_end == OnEnd::kStay) stay();
    phase_ = Phase::kStopping;
    reloader_.stop();
    const EngineEnd end = engine_->stop();
    const Totals totals = engine_->totals();
    log_info("run", "ended", "records={} alerts={} dead_letters={} drained={}",
             totals.all_sources().records, totals.alerts_published, totals.dead_letters_published,
             end.drained);
    if (end.error) {
      return {exit_code_of(*end.error),
              fmt::format("error[{}]: {}\n", end.error->code, end.error->message)};
    }
    return {ExitCode::kOk, ""};
  }

  // The input ended: metrics stay readable until somebody stops the process.
  void stay() {
    if (engine_->error()) return;
    log_info("run", "input_ended", "staying=true");
    phase_ = Phase::kEnded;
    while (!asked_to_stop()) step();
  }

  std::unique_ptr<Engine> engine_;
  const ServiceOptions& options_;
  Reloader reloader_;
  EngineMetrics metrics_;
  std::atomic<Phase> phase_{Phase::kStarting};
  std::unique_ptr<HttpServer> server_;  // Last: its threads use all of the above.
};

}  // namespace

bool stop_requested() { return stop_signal.load() != 0; }

void install_stop_signals() {
  struct sigaction action {};
  action.sa_handler = on_stop_signal;
  ::sigaction(SIGTERM, &action, nullptr);
  ::sigaction(SIGINT, &action, nullptr);
  // A closed pipe is an error of the output that writes to it, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
}

EngineError run_service(const Config& config, const ServiceOptions& options) {
  set_log_level(log_level_of(config.log_level));
  install_stop_signals();
  struct sigaction action {};
  action.sa_handler = on_reload_signal;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGHUP, &action, nullptr);
  EngineOptions engine_options;
  engine_options.version = options.version;
  auto engine = Engine::create(config, engine_options);
  if (!engine) return engine.error();
  Service service(std::move(*engine), options);
  return service.run();
}

}  // namespace sieve
