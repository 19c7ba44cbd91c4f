// How --help and wrong usage are worded.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

namespace neshast::cli {

// CLI11's help without the lists of options that exclude or need each other.
std::shared_ptr<CLI::FormatterBase> HelpFormat();

// What is wrong with the command line, and the commands there are where one was misspelt.
std::string UsageError(const CLI::App* app, const CLI::Error& error);

}  // namespace neshast::cli
