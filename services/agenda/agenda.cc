#include "agenda/agenda.h"

#include "agenda/items.h"
#include "agenda/live.h"
#include "agenda/papers.h"

namespace neshast {

std::vector<Method> AgendaMethods() {
  std::vector<Method> all;
  for (const auto& methods : {ItemMethods(), LiveMethods(), PaperMethods()}) {
    all.insert(all.end(), methods.begin(), methods.end());
  }
  return all;
}

}  // namespace neshast
