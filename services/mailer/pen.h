// How a mail to one person puts things: in the person's language, by the clock of the person's
// city.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "mailer/catalogue.h"
#include "mailer/compose.h"
#include "mailer/sheet.h"
#include "mailer/wording.h"

namespace neshast {

class Pen {
 public:
  // Both outlive it.
  Pen(const Occasion& occasion, const ZoneDatabase& zones);

  const Catalogue& catalogue() const { return catalogue_; }

  // The phrase `key` of the catalogue, with the values it names.
  std::string Say(const std::string& key, const Catalogue::Values& values = {}) const;

  // As it is called in the mail's language, else in English or its own.
  std::string NameOf(const v1::City& city) const;

  // The person's name as printed where the mail is in the person's own language, else in Latin
  // letters.
  std::string PersonName() const;

  // A text in the first of the person's and the city's languages that it has.
  Chosen Pick(const v1::LocalizedText& text) const;

  // "Tuesday, December 1, 2026, 16:00 (UTC+08:00)" on the clock of `city`; on the own clock.
  absl::StatusOr<std::string> When(Instant instant, const v1::City& city) const;
  absl::StatusOr<std::string> OwnWhen(Instant instant) const;

  // "1 hour 30 minutes"
  std::string Length(int64_t seconds) const;

  // Whether the host's clock is to be shown beside the own one.
  bool IsGuest() const { return occasion_.city.name() != occasion_.host.name(); }

  // A letter that says "opening_`key`" and has no rows yet.
  Sheet Begin(const std::string& subject, const std::string& opening_key) const;

  // Adds the instant on the own city's clock, and on the host's beside it.
  absl::Status AddTimes(Instant instant, Sheet& sheet) const;

  // Adds what is not in the person's language: the title, where there is one, and the mail itself.
  void AddLanguageNotes(const Chosen& title, Sheet& sheet) const;

 private:
  std::vector<std::string> Languages() const;

  const Occasion& occasion_;
  const ZoneDatabase& zones_;
  const Catalogue& catalogue_;
};

}  // namespace neshast
