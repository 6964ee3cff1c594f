#include "serve/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

namespace sieve {
namespace {

prometheus::Labels labels_of(const MetricLabels& labels) {
  return prometheus::Labels(labels.begin(), labels.end());
}

bool label_less(const prometheus::ClientMetric::Label& a,
                const prometheus::ClientMetric::Label& b) {
  return std::tie(a.name, a.value) < std::tie(b.name, b.value);
}

bool series_less(const prometheus::ClientMetric& a, const prometheus::ClientMetric& b) {
  return std::lexicographical_compare(a.label.begin(), a.label.end(), b.label.begin(),
                                      b.label.end(), label_less);
}

bool family_less(const prometheus::MetricFamily& a, const prometheus::MetricFamily& b) {
  return a.name < b.name;
}

}  // namespace

struct MetricsRegistry::Impl {
  prometheus::Registry registry;
  // Guarded by mutex: the series of gauges, because only gauges are ever removed.
  std::mutex mutex;
  std::map<std::pair<std::string, prometheus::Labels>, prometheus::Gauge*> gauges;
};

void Counter::add(double amount) const {
  if (counter_ != nullptr) static_cast<prometheus::Counter*>(counter_)->Increment(amount);
}

void Gauge::set(double value) const {
  if (gauge_ != nullptr) static_cast<prometheus::Gauge*>(gauge_)->Set(value);
}

void Histogram::observe(double value) const {
  if (histogram_ != nullptr) static_cast<prometheus::Histogram*>(histogram_)->Observe(value);
}

MetricsRegistry::MetricsRegistry() : impl_(std::make_unique<Impl>()) {}
MetricsRegistry::~MetricsRegistry() = default;

Counter MetricsRegistry::counter(const std::string& name, const std::string& help,
                                 const MetricLabels& labels) {
  auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(impl_->registry);
  return Counter(&family.Add(labels_of(labels)));
}

Gauge MetricsRegistry::gauge(const std::string& name, const std::string& help,
                             const MetricLabels& labels) {
  const std::lock_guard lock(impl_->mutex);
  auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(impl_->registry);
  prometheus::Gauge& gauge = family.Add(labels_of(labels));
  impl_->gauges[{name, labels_of(labels)}] = &gauge;
  return Gauge(&gauge);
}

Histogram MetricsRegistry::histogram(const std::string& name, const std::string& help,
                                     const MetricLabels& labels,
                                     const std::vector<double>& bounds) {
  auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(impl_->registry);
  return Histogram(&family.Add(labels_of(labels), prometheus::Histogram::BucketBoundaries(bounds)));
}

void MetricsRegistry::remove_gauge(const std::string& name, const MetricLabels& labels) {
  const std::lock_guard lock(impl_->mutex);
  const auto found = impl_->gauges.find({name, labels_of(labels)});
  if (found == impl_->gauges.end()) return;
  // The help text is not compared when a family is merged, so the family is found by name alone.
  prometheus::BuildGauge().Name(name).Register(impl_->registry).Remove(found->second);
  impl_->gauges.erase(found);
}

std::string MetricsRegistry::expose() const {
  // Sorted, because people read and compare pages and the library keeps series in hash order.
  std::vector<prometheus::MetricFamily> families = impl_->registry.Collect();
  std::sort(families.begin(), families.end(), family_less);
  for (prometheus::MetricFamily& family : families) {
    std::sort(family.metric.begin(), family.metric.end(), series_less);
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace sieve
