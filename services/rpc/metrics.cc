#include "rpc/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <spdlog/spdlog.h>

#include <exception>
#include <map>
#include <mutex>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "errors.h"

namespace neshast {

struct Metrics::Figures {
  // The figures of one method. Prometheus finds them by maps of labels: once is enough.
  struct OfMethod {
    prometheus::Histogram* seconds = nullptr;
    std::map<absl::StatusCode, prometheus::Counter*> calls;
  };

  void Count(absl::string_view method, absl::StatusCode code, double took);

  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  prometheus::Family<prometheus::Counter>& calls = prometheus::BuildCounter()
                                                       .Name("neshast_calls_total")
                                                       .Help("Finished calls by method and code.")
                                                       .Register(*registry);
  prometheus::Family<prometheus::Histogram>& seconds =
      prometheus::BuildHistogram()
          .Name("neshast_call_seconds")
          .Help("Time from request to answer, by method.")
          .Register(*registry);
  std::unique_ptr<prometheus::Exposer> exposer;
  std::mutex mutex;
  absl::flat_hash_map<std::string, OfMethod> methods;
};

void Metrics::Figures::Count(absl::string_view method, absl::StatusCode code, double took) {
  const std::lock_guard lock(mutex);
  auto found = methods.find(method);
  if (found == methods.end()) {
    prometheus::Histogram& histogram = seconds.Add(
        {{"method", std::string(method)}},
        prometheus::Histogram::BucketBoundaries{0.0001, 0.0005, 0.001, 0.005, 0.02, 0.1, 0.5, 2});
    found = methods.emplace(method, OfMethod{&histogram, {}}).first;
  }
  prometheus::Counter*& count = found->second.calls[code];
  if (count == nullptr) {
    count = &calls.Add({{"method", std::string(method)}, {"code", absl::StatusCodeToString(code)}});
  }
  count->Increment();
  found->second.seconds->Observe(took);
}

Metrics::Metrics() : figures_(std::make_unique<Figures>()) {}
Metrics::~Metrics() = default;

void Metrics::Finished(absl::string_view method, absl::string_view principal,
                       absl::string_view correlation_id, const absl::Status& status,
                       absl::Duration took) {
  figures_->Count(method, status.code(), absl::ToDoubleSeconds(took));
  const auto level = status.code() == absl::StatusCode::kInternal ? spdlog::level::err
                     : status.ok()                                ? spdlog::level::info
                                                                  : spdlog::level::warn;
  if (!spdlog::should_log(level)) return;
  spdlog::log(level, "call={} method={} principal={} code={} us={} detail=\"{}\"",
              std::string(correlation_id), std::string(method), std::string(principal),
              absl::StatusCodeToString(status.code()), absl::ToInt64Microseconds(took),
              status.ok() ? "" : DetailOf(status).reason);
  // The cause of a defect stands here and nowhere else.
  if (level == spdlog::level::err) {
    spdlog::error("call={} cause=\"{}\"", std::string(correlation_id),
                  std::string(status.message()));
  }
}

absl::Status Metrics::Serve(const std::string& address) {
  try {
    figures_->exposer = std::make_unique<prometheus::Exposer>(address, 1);
  } catch (const std::exception& failure) {
    return absl::UnavailableError(
        absl::StrCat("Cannot serve metrics at ", address, ": ", failure.what()));
  }
  figures_->exposer->RegisterCollectable(figures_->registry);
  return absl::OkStatus();
}

}  // namespace neshast
