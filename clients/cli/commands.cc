#include "cli/commands.h"

#include "cli/times.h"

namespace neshast::cli {

CLI::App* AddNoun(CLI::App& app, const std::string& name, const std::string& help) {
  return app.add_subcommand(name, help)->require_subcommand(1);
}

CLI::App* AddVerb(CLI::App& noun, const std::string& name, const std::string& help,
                  std::function<void()> run, const std::string& examples) {
  CLI::App* verb = noun.add_subcommand(name, help)->require_subcommand(0);
  verb->callback(std::move(run));
  if (!examples.empty()) verb->footer("Examples:\n" + examples);
  return verb;
}

CLI::Option* AddRepeated(CLI::App& command, const std::string& name,
                         std::vector<std::string>& values, const std::string& help) {
  return command.add_option(name, values, help)->allow_extra_args(false)->type_name("");
}

CLI::Option* AddLength(CLI::App& command, const std::string& name, std::string& value,
                       const std::string& help) {
  return command.add_option(name, value, help)->check(CLI::Validator(CheckLength, "LENGTH"));
}

CLI::Option* AddDate(CLI::App& command, const std::string& name, std::string& value,
                     const std::string& help) {
  return command.add_option(name, value, help)->check(CLI::Validator(CheckDate, "DATE"));
}

}  // namespace neshast::cli
