// A store in a file of its own that goes with the test, and calls of handlers on it.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rpc/method.h"
#include "search/subject.h"
#include "sessions/index.h"
#include "store/sqlite/sqlite_store.h"

namespace neshast {

// Its clock stands at 2026-11-24 until a test moves it.
class TemporaryStore {
 public:
  TemporaryStore() {
    std::filesystem::create_directories(directory_);
    store_ = *OpenSqliteStore({.path = (directory_ / "neshast.db").string(),
                               .indexer = IndexOf,
                               .indexing = kIndexing,
                               .clock = [this] { return now; }});
  }
  ~TemporaryStore() {
    store_.reset();
    std::filesystem::remove_all(directory_);
  }

  Store& store() { return *store_; }

  void Put(const google::protobuf::Message& message) {
    const absl::Status status =
        WriteAndWait(*store_, {"principals/officer", "seed"},
                     [&](Transaction& tx) { return tx.PutMessage(message).status(); });
    ASSERT_TRUE(status.ok()) << status;
  }

  void Delete(const std::string& name) {
    const absl::Status status = WriteAndWait(*store_, {"principals/officer", "seed"},
                                             [&](Transaction& tx) { return tx.Delete(name); });
    ASSERT_TRUE(status.ok()) << status;
  }

  // Calls the one of `methods` whose full name is `name`, as the adaptor would.
  template <class Response, class Request>
  absl::StatusOr<Response> Call(const std::vector<Method>& methods, const std::string& name,
                                const Caller& caller, const Request& request) {
    const auto found = std::find_if(methods.begin(), methods.end(),
                                    [&](const Method& each) { return each.name == name; });
    if (found == methods.end()) return absl::UnimplementedError(name);
    Response response;
    RETURN_IF_ERROR(
        WriteAndWait(*store_, {caller.principal, name}, [&](Transaction& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const MessagePtr answer, found->handle(caller, request, tx));
          response.CopyFrom(*answer);
          return absl::OkStatus();
        }));
    return response;
  }

  absl::Time now = absl::FromCivil(absl::CivilDay(2026, 11, 24), absl::UTCTimeZone());

 private:
  const std::filesystem::path directory_ =
      std::filesystem::temp_directory_path() /
      absl::StrCat("neshast-", getpid(), "-",
                   testing::UnitTest::GetInstance()->current_test_info()->name());
  std::unique_ptr<Store> store_;
};

}  // namespace neshast
