#include "cli/help.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace neshast::cli {
namespace {

class Format : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override {
    if (option->get_type_size() == 0) return "";
    const std::string type = option->get_type_name();
    const std::string by_default = option->get_default_str();
    return absl::StrCat(type.empty() ? "" : " ", type, option->get_expected_max() > 1 ? " ..." : "",
                        by_default.empty() ? "" : " [" + by_default + "]",
                        option->get_required() ? " (required)" : "");
  }
};

}  // namespace

std::shared_ptr<CLI::FormatterBase> HelpFormat() {
  return std::make_shared<Format>();
}

std::string UsageError(const CLI::App* app, const CLI::Error& error) {
  std::string path = "neshast";
  const CLI::App* place = app;
  while (!place->get_subcommands().empty()) {
    place = place->get_subcommands().front();
    absl::StrAppend(&path, " ", place->get_name());
  }
  const std::vector<std::string> unknown = app->remaining(true);
  std::string sentence = error.what();
  if (place->get_require_subcommand_min() > 0 && !unknown.empty()) {
    std::vector<std::string> names;
    for (const CLI::App* each : place->get_subcommands([](const CLI::App*) { return true; })) {
      names.push_back(each->get_name());
    }
    sentence = absl::StrCat("There is no `", path, " ", unknown.front(),
                            "`, but: ", absl::StrJoin(names, ", "), ".");
  }
  return absl::StrCat("neshast: ", sentence, "\n`", path, " --help` tells more.\n");
}

}  // namespace neshast::cli
