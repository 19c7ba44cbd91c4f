#include "mailer/sender.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "errors.h"
#include "mailer/threads.h"

namespace neshast {
namespace {

using v1::Mail;

constexpr int kAtOnce = 100;
constexpr int kPage = 1000;
constexpr absl::Duration kShortest = absl::Minutes(1);
constexpr absl::Duration kLongest = absl::Hours(1);
constexpr absl::Duration kGiveUp = absl::Hours(72);
constexpr absl::Duration kSoon = absl::Seconds(1);  // for the reader of the log to catch up

// Why a mail cannot be sent, for good.
absl::Status Unsendable(absl::string_view sentence) {
  return Error(absl::StatusCode::kFailedPrecondition, sentence, {.reason = "MAIL_REFUSED"});
}

// A mail that is not to be sent now, because what it would tell of is no longer so.
absl::Status Overtaken() {
  return absl::CancelledError("A later mail is on its way.");
}

std::string AnswerOf(const absl::Status& delivered) {
  const ErrorDetail detail = DetailOf(delivered);
  const auto answer = detail.metadata.find("answer");
  return answer != detail.metadata.end() && !answer->second.empty()
             ? answer->second
             : std::string(delivered.message());
}

// Whether no other mail would fare better now: we are refused, or the server cannot be reached.
bool IsSetback(const absl::Status& delivered) {
  const ErrorDetail detail = DetailOf(delivered);
  return detail.reason == "MAIL_ACCOUNT_REFUSED" ||
         (detail.reason == "MAIL_TRY_LATER" && detail.metadata.count("smtp_code") == 0);
}

struct Waiting {
  std::vector<Mail> due;
  absl::Duration soonest = absl::InfiniteDuration();  // until the first of the others is due
};

absl::StatusOr<Waiting> FindWaiting(Transaction& tx) {
  Waiting waiting;
  ListQuery query{
      .kind = "Mail", .parent = "", .list = "mails@queued", .after = "", .limit = kPage};
  while (true) {
    ASSIGN_OR_RETURN(std::vector<Mail> page, tx.List<Mail>(query));
    for (Mail& mail : page) {
      const absl::Time next = absl::FromUnixSeconds(mail.next_attempt_time().seconds());
      if (next > tx.now()) {
        waiting.soonest = std::min(waiting.soonest, next - tx.now());
      } else if (waiting.due.size() == static_cast<size_t>(kAtOnce)) {
        waiting.soonest = absl::ZeroDuration();
        return waiting;
      } else {
        waiting.due.push_back(std::move(mail));
      }
    }
    if (page.size() < static_cast<size_t>(kPage)) return waiting;
    query.after = page.back().name();
  }
}

// What `mail` is composed of now. CANCELLED where it is overtaken, MAIL_REFUSED where it can never
// be sent any more.
absl::StatusOr<Occasion> OccasionFor(const Mail& mail, Transaction& tx) {
  ASSIGN_OR_RETURN(const Mail now, tx.Get<Mail>(mail.name()));
  if (now.state() != Mail::STATE_QUEUED) return Overtaken();
  ASSIGN_OR_RETURN(const Thread thread, ThreadOf(mail, tx));
  if (!thread.over.empty()) return Unsendable(thread.over);
  const v1::Person& person = thread.addressee.person;
  if (mail.address().empty() && person.mail_address().empty()) {
    return Unsendable("The person has no mail address any more.");
  }
  if (thread.due || thread.is_stale) return Overtaken();
  return OccasionOf(mail, person, tx);
}

}  // namespace

absl::Duration WaitAfter(int attempts, const std::string& name) {
  const absl::Duration wait = std::min(kLongest, kShortest * (1 << std::clamp(attempts - 1, 0, 6)));
  const size_t spread = std::hash<std::string>()(absl::StrCat(name, "#", attempts)) % 201;
  return wait * (0.9 + 0.001 * static_cast<double>(spread));
}

Mail AfterTry(Mail mail, const absl::Status& delivered, absl::Time now) {
  const std::string reason = DetailOf(delivered).reason;
  mail.clear_next_attempt_time();
  mail.set_last_answer(delivered.ok() ? "" : AnswerOf(delivered));
  if (reason != "MAIL_ACCOUNT_REFUSED") mail.set_attempts(mail.attempts() + 1);
  if (delivered.ok()) {
    mail.set_state(Mail::STATE_ACCEPTED);
    mail.mutable_accept_time()->set_seconds(absl::ToUnixSeconds(now));
    return mail;
  }
  const bool is_tried_again = reason == "MAIL_TRY_LATER" || reason == "MAIL_OUTCOME_UNKNOWN";
  const absl::Time queued = absl::FromUnixSeconds(mail.create_time().seconds());
  if (reason == "MAIL_ACCOUNT_REFUSED" || (is_tried_again && now - queued < kGiveUp)) {
    const absl::Time next = now + WaitAfter(mail.attempts(), mail.name());
    mail.mutable_next_attempt_time()->set_seconds(absl::ToUnixSeconds(next));
  } else {
    mail.set_state(Mail::STATE_REFUSED);
  }
  return mail;
}

Sender::Sender(Store& store, ZonesInForce zones, std::unique_ptr<mail::Delivery> delivery,
               Letterhead letterhead)
    : store_(store),
      zones_(std::move(zones)),
      delivery_(std::move(delivery)),
      letterhead_(std::move(letterhead)) {}

absl::StatusOr<absl::Duration> Sender::SendDue() {
  Waiting waiting;
  absl::Time now;
  RETURN_IF_ERROR(store_.Read([&](Transaction& tx) -> absl::Status {
    now = tx.now();
    ASSIGN_OR_RETURN(waiting, FindWaiting(tx));
    return absl::OkStatus();
  }));
  if (!waiting.due.empty() && now < paused_until_) return paused_until_ - now;
  absl::Duration wait = waiting.soonest;
  for (const Mail& mail : waiting.due) {
    if (stopping_) break;
    ASSIGN_OR_RETURN(const Outcome outcome, Send(mail));
    const absl::Status& delivered = outcome.delivered;
    if (IsSetback(delivered)) {
      spdlog::warn("mail: nothing can be sent now: {}", std::string(delivered.message()));
      const absl::Duration pause = WaitAfter(++setbacks_, letterhead_.from.text());
      paused_until_ = now + pause;
      return pause;
    }
    if (absl::IsCancelled(delivered)) {
      wait = std::min(wait, kSoon);
    } else {
      setbacks_ = 0;
      if (!delivered.ok()) wait = std::min(wait, kShortest);
    }
  }
  return wait;
}

absl::StatusOr<Sender::Outcome> Sender::Send(const Mail& mail) {
  Occasion occasion;
  absl::Status delivered = store_.Read([&](Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(occasion, OccasionFor(mail, tx));
    return absl::OkStatus();
  });
  if (absl::IsCancelled(delivered)) return Outcome{delivered};
  if (DetailOf(delivered).reason == "STORE_UNAVAILABLE") return delivered;
  if (delivered.ok()) {
    const auto message = Compose(mail, occasion, *zones_(), letterhead_);
    delivered = message.ok() ? delivery_->Deliver(*message) : message.status();
  }
  if (!delivered.ok()) {
    spdlog::info("mail={} to={} {}", mail.name(), mail.person(), std::string(delivered.message()));
  }
  // The outcome is stored after the server has it: killed in between, the same mail goes again
  // under the same Message-ID.
  RETURN_IF_ERROR(WriteAndWait(store_, {.actor = "system", .action = "send mail"},
                               [&](Transaction& tx) -> absl::Status {
                                 ASSIGN_OR_RETURN(const Mail now, tx.Get<Mail>(mail.name()));
                                 if (now.state() != Mail::STATE_QUEUED && !delivered.ok())
                                   return absl::OkStatus();
                                 return tx.PutMessage(AfterTry(now, delivered, tx.now())).status();
                               }));
  return Outcome{delivered};
}

}  // namespace neshast
