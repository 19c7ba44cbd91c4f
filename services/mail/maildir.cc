#include "mail/maildir.h"

#include <fcntl.h>
#include <openssl/sha.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "errors.h"
#include "mail/parse.h"
#include "status_macros.h"

namespace neshast::mail {
namespace {

absl::Status DiskError(const std::filesystem::path& path, absl::string_view why) {
  return Error(absl::StatusCode::kUnavailable,
               absl::StrCat("The mailbox ", path.string(), " cannot be used now: ", why, "."),
               {.reason = "MAIL_TRY_LATER"});
}

absl::Status MakeFolders(const std::filesystem::path& folder) {
  for (const char* each : {"tmp", "new", "cur"}) {
    std::error_code error;
    std::filesystem::create_directories(folder / each, error);
    if (error) return DiskError(folder, error.message());
  }
  return absl::OkStatus();
}

// The same for each try of one message.
std::string FileName(const Message& message) {
  const std::string what = absl::StrCat(message.message_id, " ", message.to.address.text());
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(what.data()), what.size(), digest);
  const absl::string_view half(reinterpret_cast<const char*>(digest), 16);
  return absl::StrCat(absl::ToUnixSeconds(message.date), ".", absl::BytesToHexString(half),
                      ".neshast");
}

bool WriteAll(int file, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(written);
  }
  return true;
}

absl::Status WriteDurably(const std::filesystem::path& path, absl::string_view bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return DiskError(path, std::strerror(errno));
  const absl::Cleanup close_file = [file] { close(file); };
  if (!WriteAll(file, bytes) || fsync(file) != 0) return DiskError(path, std::strerror(errno));
  return absl::OkStatus();
}

absl::Status SyncFolder(const std::filesystem::path& path) {
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return DiskError(path, std::strerror(errno));
  const absl::Cleanup close_folder = [folder] { close(folder); };
  return fsync(folder) == 0 ? absl::OkStatus() : DiskError(path, std::strerror(errno));
}

absl::StatusOr<Arrival> ReadArrival(const std::filesystem::path& path) {
  Arrival arrival{.id = path.filename().string(), .bytes = {}};
  std::ifstream file(path, std::ios::binary);
  if (!file) return DiskError(path, "a mail cannot be read");
  arrival.bytes.resize(kMostMailOctets + 1);
  file.read(arrival.bytes.data(), static_cast<std::streamsize>(arrival.bytes.size()));
  arrival.bytes.resize(file.gcount());
  arrival.too_large = arrival.bytes.size() > kMostMailOctets;
  if (arrival.too_large) arrival.bytes.clear();
  return arrival;
}

}  // namespace

MaildirDelivery::MaildirDelivery(std::filesystem::path folder) : folder_(std::move(folder)) {}

absl::Status MaildirDelivery::Deliver(const Message& message) {
  ASSIGN_OR_RETURN(const std::string bytes, BytesOf(message));
  RETURN_IF_ERROR(MakeFolders(folder_));
  const std::string name = FileName(message);
  // Local mailboxes keep the line ends of the system.
  RETURN_IF_ERROR(
      WriteDurably(folder_ / "tmp" / name, absl::StrReplaceAll(bytes, {{"\r\n", "\n"}})));
  std::error_code error;
  std::filesystem::rename(folder_ / "tmp" / name, folder_ / "new" / name, error);
  if (error) return DiskError(folder_, error.message());
  return SyncFolder(folder_ / "new");
}

MaildirIntake::MaildirIntake(std::filesystem::path folder) : folder_(std::move(folder)) {}

absl::StatusOr<std::vector<Arrival>> MaildirIntake::Fetch(int most) {
  RETURN_IF_ERROR(MakeFolders(folder_));
  std::error_code error;
  std::vector<std::filesystem::path> waiting;
  for (std::filesystem::directory_iterator each(folder_ / "new", error), end; !error && each != end;
       each.increment(error)) {
    if (each->path().filename().string().front() != '.') waiting.push_back(each->path());
  }
  if (error) return DiskError(folder_, error.message());
  std::sort(waiting.begin(), waiting.end());
  std::vector<Arrival> arrivals;
  for (const std::filesystem::path& path : waiting) {
    if (static_cast<int>(arrivals.size()) == most) break;
    ASSIGN_OR_RETURN(arrivals.emplace_back(), ReadArrival(path));
  }
  return arrivals;
}

absl::Status MaildirIntake::MarkTaken(const std::string& id) {
  const std::filesystem::path name = std::filesystem::path(id).filename();
  std::error_code error;
  std::filesystem::rename(folder_ / "new" / name, folder_ / "cur" / (name.string() + ":2,S"),
                          error);
  const bool gone = error == std::errc::no_such_file_or_directory;
  return error && !gone ? DiskError(folder_, error.message()) : absl::OkStatus();
}

}  // namespace neshast::mail
