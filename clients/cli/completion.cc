// completion bash, zsh, fish
#include <iostream>
#include <regex>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "cli/commands.h"

namespace neshast::cli {
namespace {

struct Word {
  std::string text;
  std::string help;
  std::vector<std::string> values;  // The closed set of an option's values.
};

// A place on the command line, " session suggest", and what may follow there.
struct Place {
  std::string path;
  std::vector<Word> words;
};

// "{table,json,yaml}" in the type's name is how CLI11 tells a closed set.
std::vector<std::string> ValuesOf(const CLI::Option& option) {
  static const std::regex kSet("\\{([^}]*)\\}");
  const std::string type = option.get_type_name();
  std::smatch set;
  if (!std::regex_search(type, set, kSet)) return {};
  return absl::StrSplit(set[1].str(), ',');
}

void AddOptions(const CLI::App& app, std::vector<Word>& words) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_lnames().empty()) continue;
    words.push_back({"--" + option->get_lnames().front(), option->get_description(),
                     option->get_type_size() > 0 ? ValuesOf(*option) : std::vector<std::string>()});
  }
}

// Every place of the tree below `app`; the options of `root` may stand anywhere.
void Walk(const CLI::App& root, const CLI::App& app, const std::string& path,
          std::vector<Place>& places) {
  const size_t index = places.size();
  places.push_back({path, {}});
  for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; })) {
    places[index].words.push_back({each->get_name(), each->get_description(), {}});
    Walk(root, *each, path + " " + each->get_name(), places);
  }
  AddOptions(app, places[index].words);
  if (&app != &root) AddOptions(root, places[index].words);
}

std::vector<Place> PlacesOf(const CLI::App& app) {
  std::vector<Place> places;
  Walk(app, app, "", places);
  return places;
}

std::string Quoted(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

// The paths of all places but the first, quoted, with `between` them.
std::string PathsOf(const std::vector<Place>& places, const char* between) {
  std::vector<std::string> paths;
  for (size_t i = 1; i < places.size(); ++i) paths.push_back(Quoted(places[i].path));
  return absl::StrJoin(paths, between);
}

// Lines of a `case` of bash and zsh: what follows at each place.
std::string CasesOf(const std::vector<Place>& places) {
  std::string cases;
  for (const Place& place : places) {
    std::set<std::string> words;
    for (const Word& word : place.words) words.insert(word.text);
    absl::StrAppend(&cases, "    ", Quoted(place.path), ") found=(", absl::StrJoin(words, " "),
                    ") ;;\n");
  }
  return cases;
}

// The same for the values of the option that stands before the cursor: `--kind` takes others of a
// document than of a session.
std::string ValueCasesOf(const std::vector<Place>& places) {
  std::string cases;
  for (const Place& place : places) {
    for (const Word& word : place.words) {
      if (word.values.empty()) continue;
      absl::StrAppend(&cases, "    ", Quoted(absl::StrCat(place.path, " ", word.text)), ") found=(",
                      absl::StrJoin(word.values, " "), ") ;;\n");
    }
  }
  return cases;
}

constexpr char kBash[] = R"(_neshast() {
  local at= word found=()
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$at $word" in
    $PATHS) at="$at $word" ;;
    esac
  done
  case "$at" in
$CASES  esac
  case "$at ${COMP_WORDS[COMP_CWORD-1]}" in
$VALUES  esac
  COMPREPLY=($(compgen -W "${found[*]}" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _neshast neshast
)";

constexpr char kZsh[] = R"(#compdef neshast
_neshast() {
  local at= word found=()
  for word in "${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
    $PATHS) at="$at $word" ;;
    esac
  done
  case "$at" in
$CASES  esac
  case "$at ${words[CURRENT-1]}" in
$VALUES  esac
  compadd -a found || _files
}
if [ "${funcstack[1]}" = _neshast ]; then _neshast "$@"; else compdef _neshast neshast; fi
)";

constexpr char kFish[] = R"(function __neshast_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    switch "$at $word"
      case $PATHS
        set at "$at $word"
    end
  end
  test "$at" = "$argv[1]"
end
)";

void PrintForShell(const char* script, const CLI::App& app) {
  const std::vector<Place> places = PlacesOf(app);
  std::cout << absl::StrReplaceAll(script, {{"$PATHS", PathsOf(places, "|")},
                                            {"$CASES", CasesOf(places)},
                                            {"$VALUES", ValueCasesOf(places)}});
}

void PrintForFish(const CLI::App& app) {
  const std::vector<Place> places = PlacesOf(app);
  std::cout << absl::StrReplaceAll(kFish, {{"$PATHS", PathsOf(places, " ")}});
  for (const Place& place : places) {
    for (const Word& word : place.words) {
      const bool option = word.text.rfind("--", 0) == 0;
      std::cout << "complete -c neshast -n \"__neshast_at '" << place.path << "'\" "
                << (option ? "-l " + word.text.substr(2) : "-f -a " + word.text);
      if (!word.values.empty()) {
        std::cout << " -x -a " << Quoted(absl::StrJoin(word.values, " "));
      }
      std::cout << " -d " << Quoted(word.help) << "\n";
    }
  }
}

}  // namespace

void AddCompletionCommands(CLI::App& app) {
  CLI::App* noun = AddNoun(app, "completion", "Scripts that let a shell complete commands");
  AddVerb(
      *noun, "bash", "For bash", [&app] { PrintForShell(kBash, app); },
      "  source <(neshast completion bash)\n");
  AddVerb(
      *noun, "zsh", "For zsh", [&app] { PrintForShell(kZsh, app); },
      "  source <(neshast completion zsh)\n");
  AddVerb(
      *noun, "fish", "For fish", [&app] { PrintForFish(app); },
      "  neshast completion fish | source\n");
}

}  // namespace neshast::cli
