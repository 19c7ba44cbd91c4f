// Books from several threads until it is done or killed, and says of each booking how it ended:
//
//   booking_driver FILE PREFIX COUNT SYNCHRONOUS
//
// prints "ok NAME" once a booking is acknowledged, "no NAME" once it is refused as UNAVAILABLE,
// "bad WORDS" for what must never be, "end" after a last booking that was acknowledged. Exits
// without closing the store, as if killed.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "bookings.h"
#include "store/sqlite/sqlite_store.h"

namespace neshast {

namespace {

constexpr int kThreads = 4;
constexpr int kLastTries = 50;
constexpr auto kLongRead = std::chrono::milliseconds(15);

// One system call a line: whoever reads the pipe gets whole lines, and all of them.
void Say(const std::string& line) {
  const std::string text = line + "\n";
  if (write(STDOUT_FILENO, text.data(), text.size()) < 0) _exit(4);
}

absl::Status BookAndSay(Store& store, const std::string& name) {
  absl::Status status = WriteAndWait(store, {"people/shirin", "Book"},
                                     [&](Transaction& tx) { return Book(tx, name); });
  const absl::Status found = store.Read([&](Transaction& tx) { return FindBooking(tx, name); });
  if (status.ok()) {
    Say("ok " + name);
    if (!found.ok()) Say(absl::StrCat("bad ", name, " was acknowledged: ", found.ToString()));
  } else if (absl::IsUnavailable(status)) {
    Say("no " + name);
    if (!absl::IsNotFound(found))
      Say(absl::StrCat("bad ", name, " was refused: ", found.ToString()));
  } else {
    Say(absl::StrCat("bad ", name, " ended as ", status.ToString()));
  }
  return status;
}

// Holds on to one state of the store again and again, so that the write-ahead log can only be
// copied in part: the worst case for a disk that errs between two parts.
void ReadLong(Store& store, const std::atomic<bool>& stop) {
  while (!stop) {
    const absl::Status status = store.Read([](Transaction& tx) -> absl::Status {
      ASSIGN_OR_RETURN(const int64_t before, tx.Revision());
      std::this_thread::sleep_for(kLongRead);
      ASSIGN_OR_RETURN(const int64_t after, tx.Revision());
      return before == after ? absl::OkStatus() : absl::InternalError("the state moved");
    });
    if (!status.ok()) Say(absl::StrCat("bad read: ", status.ToString()));
    std::this_thread::sleep_for(kLongRead);
  }
}

void BookMany(Store& store, const std::string& prefix, int count, bool until_refused) {
  std::atomic<int> next = 0;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  std::atomic<bool> stop = false;
  std::thread reader([&] { ReadLong(store, stop); });
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int number = next++; number < count; number = next++) {
        const absl::Status status = BookAndSay(store, absl::StrCat(prefix, "-", number));
        if (until_refused && !status.ok()) _exit(0);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  stop = true;
  reader.join();
}

int Drive(const std::string& file, const std::string& prefix, int count,
          const std::string& synchronous, bool until_refused) {
  absl::StatusOr<std::unique_ptr<Store>> store =
      OpenSqliteStore({.path = file, .indexer = IndexBookings, .synchronous = synchronous});
  if (!store.ok()) {
    Say(absl::StrCat(absl::IsUnavailable(store.status()) ? "closed " : "bad ",
                     store.status().ToString()));
    return 0;
  }
  BookMany(**store, prefix, count, until_refused);
  for (int i = 0; i < kLastTries; ++i) {
    if (BookAndSay(**store, absl::StrCat(prefix, "-last-", i)).ok()) {
      Say("end");
      break;
    }
  }
  static_cast<void>(store->release());
  return 0;
}

}  // namespace
}  // namespace neshast

int main(int argc, char** argv) {
  int count = 0;
  if (argc < 5 || !absl::SimpleAtoi(argv[3], &count)) return 2;
  const bool until_refused = argc == 6 && absl::string_view(argv[5]) == "until-refused";
  _exit(neshast::Drive(argv[1], argv[2], count, argv[4], until_refused));
}
