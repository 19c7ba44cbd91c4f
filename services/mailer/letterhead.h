// What is the same in all mails of one office.
#pragma once

#include <string>

#include "links/link_key.h"
#include "mail/address.h"

namespace neshast {

struct Letterhead {
  mail::Address from;
  std::string link_base;  // "https://neshast.isfahan.example"; mails have no link where it is empty
  std::string host;       // the office's city, "cities/isfahan"
  LinkKey key;            // of personal links and reply addresses
};

}  // namespace neshast
