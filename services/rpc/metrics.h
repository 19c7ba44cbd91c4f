// What the operator watches: calls by method and code, their time, streams.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace neshast {

class Metrics {
 public:
  Metrics();
  ~Metrics();

  // Counts one finished call and writes its log line.
  void Finished(absl::string_view method, absl::string_view principal,
                absl::string_view correlation_id, const absl::Status& status, absl::Duration took);

  // Serves the figures at http://ADDRESS/metrics in Prometheus' text form; UNAVAILABLE when the
  // address is taken.
  absl::Status Serve(const std::string& address);

 private:
  struct Figures;
  std::unique_ptr<Figures> figures_;
};

}  // namespace neshast
