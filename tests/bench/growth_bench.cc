#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "figures.h"
#include "filled_store.h"
#include "modes.h"
#include "neshast/v1/session_service.grpc.pb.h"
#include "served.h"

namespace neshast::bench {
namespace {

constexpr int64_t kLeast = 1000;
// As many principals: each may call so often only.
constexpr int kOfficers = 8;

// One store of a size with its server, and what was measured there.
class Place {
 public:
  explicit Place(int64_t sessions)
      : size(sessions),
        filled_(Fill(directory_.path(), sessions, kOfficers)),
        served_(directory_.path()),
        stub_(v1::SessionService::NewStub(served_.Connect())) {}

  void Round(int calls) {
    Measure(calls, bookings, [this](grpc::ClientContext& context) { return Book(context); });
    Measure(calls, lists, [this](grpc::ClientContext& context) { return List(context); });
    Measure(calls, looks, [this](grpc::ClientContext& context) { return Look(context); });
  }

  void Forget() {
    for (auto* times : {&bookings, &lists, &looks}) times->clear();
  }

  const int64_t size;
  // Microseconds, a median a round.
  std::vector<double> bookings;
  std::vector<double> lists;
  std::vector<double> looks;
  size_t listed = 0;  // sessions of the last list

 private:
  void Measure(int calls, std::vector<double>& medians,
               const std::function<grpc::Status(grpc::ClientContext&)>& call) {
    std::vector<double> times;
    for (int i = 0; i < calls; ++i, ++number_) {
      grpc::ClientContext context;
      const std::string& token = filled_.officers[number_ % filled_.officers.size()];
      context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
      const Clock::time_point began = Clock::now();
      Require(call(context));
      times.push_back(SecondsSince(began) * 1e6);
    }
    medians.push_back(Median(times));
  }

  // In the free hours of a full day: the diaries of all four people are looked through.
  grpc::Status Book(grpc::ClientContext& context) {
    v1::CreateSessionRequest request;
    const int64_t number = static_cast<int64_t>(number_) * 37;
    *request.mutable_session() = SessionOf(number, FullDay() + absl::Hours(14 + number % 8));
    v1::Session session;
    return stub_->CreateSession(&context, request, &session);
  }

  grpc::Status List(grpc::ClientContext& context) {
    v1::ListSessionsRequest request;
    const int64_t begins = absl::ToUnixSeconds(FullDay() - absl::Hours(24));
    request.set_city(CityName(static_cast<int64_t>(number_)));
    request.mutable_start_time()->set_seconds(begins);
    request.mutable_end_time()->set_seconds(begins + 24 * 3600);
    v1::ListSessionsResponse response;
    const grpc::Status status = stub_->ListSessions(&context, request, &response);
    listed = static_cast<size_t>(response.sessions_size());
    return status;
  }

  grpc::Status Look(grpc::ClientContext& context) {
    v1::GetSessionRequest request;
    request.set_name(filled_.sessions[number_ * 7919 % filled_.sessions.size()]);
    v1::Session session;
    return stub_->GetSession(&context, request, &session);
  }

  Directory directory_;
  Filled filled_;
  Served served_;
  std::unique_ptr<v1::SessionService::Stub> stub_;
  size_t number_ = 0;
};

void Print(const Place& least, const Place& place) {
  const double booking = Median(place.bookings);
  const double list = Median(place.lists);
  const double look = Median(place.looks);
  std::printf("  %8lld  %6.0f us (%4.2f)  %6.0f us (%4.2f; %zu)  %6.0f us (%4.2f)\n",
              static_cast<long long>(place.size), booking, booking / Median(least.bookings), list,
              list / Median(least.lists), place.listed, look, look / Median(least.looks));
}

}  // namespace

void MeasureGrowth(int64_t most, int rounds, int calls) {
  std::vector<std::unique_ptr<Place>> places;
  for (int64_t sessions = kLeast; sessions <= most; sessions *= 10) {
    const Clock::time_point began = Clock::now();
    places.push_back(std::make_unique<Place>(sessions));
    std::printf("growth: %lld sessions written in %.0f s\n", static_cast<long long>(sessions),
                SecondsSince(began));
    std::fflush(stdout);
  }
  for (const auto& place : places) place->Round(calls);
  for (const auto& place : places) place->Forget();
  for (int i = 0; i < rounds; ++i) {
    for (const auto& place : places) place->Round(calls);
  }
  std::printf("growth: medians of %d rounds of %d calls, one at a time (ratio to %lld sessions)\n",
              rounds, calls, static_cast<long long>(kLeast));
  std::printf("  sessions  booking           a day's list (length)  look-up\n");
  for (const auto& place : places) Print(*places.front(), *place);
}

}  // namespace neshast::bench
