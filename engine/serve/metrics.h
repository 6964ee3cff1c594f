// A MetricsRegistry holds the process's metrics for Prometheus. Handles are resolved once and then
// cheap; stages count in plain integers and add them per batch.
//
//   Counter dropped = registry.counter("scamsieve_dead_letters_total", "Records ...",
//                                      {{"reason", reason}});
//   dropped.add(3);
//   std::string page = registry.expose();   // Text format 0.0.4, sorted by name and labels.
//
// Thread safety: all functions. Lifetime: handles live as long as the registry.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sieve {

using MetricLabels = std::vector<std::pair<std::string, std::string>>;

class Counter {
 public:
  Counter() = default;
  void add(double amount) const;

 private:
  friend class MetricsRegistry;
  explicit Counter(void* counter) : counter_(counter) {}
  void* counter_ = nullptr;  // Null: counts nothing.
};

class Gauge {
 public:
  Gauge() = default;
  void set(double value) const;

 private:
  friend class MetricsRegistry;
  explicit Gauge(void* gauge) : gauge_(gauge) {}
  void* gauge_ = nullptr;
};

class Histogram {
 public:
  Histogram() = default;
  void observe(double value) const;

 private:
  friend class MetricsRegistry;
  explicit Histogram(void* histogram) : histogram_(histogram) {}
  void* histogram_ = nullptr;
};

class MetricsRegistry {
 public:
  MetricsRegistry();
  ~MetricsRegistry();

  // The same name and labels give the same handle. REQUIRES: one help text and type per name.
  Counter counter(const std::string& name, const std::string& help, const MetricLabels& labels);
  Gauge gauge(const std::string& name, const std::string& help, const MetricLabels& labels);
  Histogram histogram(const std::string& name, const std::string& help, const MetricLabels& labels,
                      const std::vector<double>& bounds);
  // Removes one gauge's series, such as the lag of a partition that went away. Its handles must not
  // be used again.
  void remove_gauge(const std::string& name, const MetricLabels& labels);
  std::string expose() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sieve
