#include "store/search.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "store/record.h"

namespace neshast {
namespace {

constexpr double kDocuments = 1e6;  // as many as there are in BM25's eyes, always

// What a search makes of a shelf.
struct KnownShelf {
  bool visible = false;  // to one of the readers
  bool wanted = false;   // and with the labels asked for
  std::vector<std::string> labels;
  int64_t found = 0;
};

// A document that holds a word or phrase.
struct Match {
  int64_t document = 0;
  KnownShelf* shelf = nullptr;
  double weight = 0;
};

// A document that holds a word, and where.
struct Holder {
  Match match;
  std::vector<int> positions;
};

bool Before(const Match& a, const Match& b) {
  return a.document < b.document;
}

// `matches` sorted, each document once, with the greatest of its weights.
void SortUnique(std::vector<Match>& matches) {
  if (!std::is_sorted(matches.begin(), matches.end(), Before)) {
    std::sort(matches.begin(), matches.end(), Before);
  }
  size_t kept = 0;
  for (const Match& match : matches) {
    if (kept > 0 && matches[kept - 1].document == match.document) {
      matches[kept - 1].weight = std::max(matches[kept - 1].weight, match.weight);
    } else {
      matches[kept++] = match;
    }
  }
  matches.resize(kept);
}

class Search {
 public:
  Search(const SearchQuery& query, PostingSource& source) : query_(query), source_(source) {}

  absl::StatusOr<SearchAnswer> Answer() {
    std::optional<std::vector<Match>> found;
    for (const std::vector<SoughtPhrase>& term : query_.terms) {
      ASSIGN_OR_RETURN(std::vector<Match> holds, HoldersOfTerm(term));
      if (found.has_value()) {
        Intersect(*found, holds);
      } else {
        found = std::move(holds);
      }
    }
    std::vector<Match> matches = std::move(found).value_or(std::vector<Match>());
    RETURN_IF_ERROR(KeepWanted(matches));
    return Told(matches);
  }

 private:
  absl::StatusOr<KnownShelf*> ShelfAt(int64_t id) {
    const auto known = shelves_.find(id);
    if (known != shelves_.end()) return known->second.get();
    ASSIGN_OR_RETURN(const std::string text, source_.ShelfTextOf(id));
    Shelf shelf = ShelfOf(text);
    auto made = std::make_unique<KnownShelf>();
    made->visible = HasOne(shelf.readers, query_.readers);
    made->wanted = made->visible && std::all_of(query_.labels.begin(), query_.labels.end(),
                                                [&](const std::vector<std::string>& group) {
                                                  return HasOne(shelf.labels, group);
                                                });
    made->labels = std::move(shelf.labels);
    return (shelves_[id] = std::move(made)).get();
  }

  static bool HasOne(const std::vector<std::string>& all, const std::vector<std::string>& of) {
    return std::any_of(of.begin(), of.end(), [&](const std::string& each) {
      return std::find(all.begin(), all.end(), each) != all.end();
    });
  }

  // Calls `take` for every visible document that holds `word`.
  absl::Status ForEach(const SoughtWord& word,
                       const std::function<void(const Match&, absl::string_view)>& take) {
    absl::Status status;
    int64_t last_id = -1;
    KnownShelf* last = nullptr;
    RETURN_IF_ERROR(source_.Postings(word, [&](const PostingRow& row) {
      if (row.shelf != last_id && status.ok()) {
        const auto shelf = ShelfAt(row.shelf);
        status = shelf.status();
        last = shelf.ok() ? *shelf : nullptr;
        last_id = row.shelf;
      }
      if (!status.ok() || !last->visible) return;
      take({row.document, last, static_cast<double>(row.weight)}, row.positions);
    }));
    return status;
  }

  // Those that hold `phrase`, sorted.
  absl::StatusOr<std::vector<Match>> HoldersOfPhrase(const SoughtPhrase& phrase) {
    std::vector<Match> matches;
    if (phrase.size() == 1) {
      RETURN_IF_ERROR(ForEach(
          phrase[0], [&](const Match& match, absl::string_view) { matches.push_back(match); }));
      SortUnique(matches);
      return matches;
    }
    absl::flat_hash_map<int64_t, Holder> holders;  // where the phrase may begin in each
    for (size_t i = 0; i < phrase.size(); ++i) {
      absl::flat_hash_map<int64_t, Holder> still;
      RETURN_IF_ERROR(ForEach(phrase[i], [&](const Match& match, absl::string_view positions) {
        const auto before = holders.find(match.document);
        if (i > 0 && before == holders.end()) return;
        Follow(i > 0 ? &before->second : nullptr, match, positions, phrase[i].place,
               still[match.document]);
      }));
      absl::erase_if(still, [](const auto& each) { return each.second.positions.empty(); });
      holders = std::move(still);
    }
    for (auto& [document, holder] : holders) matches.push_back(holder.match);
    SortUnique(matches);
    return matches;
  }

  // Adds to `holder` the begins of a phrase of which a word stands at `positions`, `place` after
  // the begin; with `before`, only begins that stand there too.
  static void Follow(const Holder* before, const Match& match, absl::string_view positions,
                     int place, Holder& holder) {
    for (const int position : UnpackPositions(positions)) {
      const int begin = position - place;
      const bool follows = before == nullptr ||
                           std::find(before->positions.begin(), before->positions.end(), begin) !=
                               before->positions.end();
      if (follows) holder.positions.push_back(begin);
    }
    holder.match = match;
    if (before != nullptr) holder.match.weight = std::min(match.weight, before->match.weight);
  }

  // Those that hold one of the phrases, sorted, each with its share of the score.
  absl::StatusOr<std::vector<Match>> HoldersOfTerm(const std::vector<SoughtPhrase>& term) {
    std::vector<Match> matches;
    for (const SoughtPhrase& phrase : term) {
      ASSIGN_OR_RETURN(const std::vector<Match> holders, HoldersOfPhrase(phrase));
      matches.insert(matches.end(), holders.begin(), holders.end());
    }
    SortUnique(matches);
    const double rarity = std::log1p(kDocuments / static_cast<double>(matches.size() + 1));
    for (Match& match : matches) match.weight *= rarity;
    return matches;
  }

  static void Intersect(std::vector<Match>& found, const std::vector<Match>& holds) {
    size_t kept = 0;
    auto other = holds.begin();
    for (const Match& match : found) {
      while (other != holds.end() && Before(*other, match)) ++other;
      if (other == holds.end()) break;
      if (other->document != match.document) continue;
      found[kept] = match;
      found[kept++].weight += other->weight;
    }
    found.resize(kept);
  }

  absl::Status KeepWanted(std::vector<Match>& matches) {
    std::erase_if(matches, [](const Match& match) { return !match.shelf->wanted; });
    if (query_.from.empty() && query_.until.empty()) return absl::OkStatus();
    size_t kept = 0;
    for (const Match& match : matches) {
      ASSIGN_OR_RETURN(const auto dates, source_.DatesOf(match.document));
      const auto& [begins, ends] = dates;
      const bool early = !query_.from.empty() && !ends.empty() && ends < query_.from;
      const bool late = !query_.until.empty() && !begins.empty() && begins >= query_.until;
      if (!early && !late) matches[kept++] = match;
    }
    matches.resize(kept);
    return absl::OkStatus();
  }

  // Of equal ones the newer document is first.
  absl::StatusOr<SearchAnswer> Told(std::vector<Match>& matches) {
    SearchAnswer answer;
    answer.total = static_cast<int64_t>(matches.size());
    for (const Match& match : matches) ++match.shelf->found;
    for (const auto& [id, shelf] : shelves_) {
      if (shelf->found == 0) continue;
      for (const std::string& label : shelf->labels) answer.counts[label] += shelf->found;
    }
    const size_t first = std::min(matches.size(), static_cast<size_t>(std::max(query_.offset, 0)));
    const size_t end =
        std::min(matches.size(), first + static_cast<size_t>(std::max(query_.limit, 0)));
    std::partial_sort(matches.begin(), matches.begin() + static_cast<std::ptrdiff_t>(end),
                      matches.end(), [](const Match& a, const Match& b) {
                        return a.weight != b.weight ? a.weight > b.weight : a.document > b.document;
                      });
    for (size_t i = first; i < end; ++i) {
      ASSIGN_OR_RETURN(std::string name, source_.NameOf(matches[i].document));
      answer.names.push_back(std::move(name));
    }
    return answer;
  }

  const SearchQuery& query_;
  PostingSource& source_;
  absl::flat_hash_map<int64_t, std::unique_ptr<KnownShelf>> shelves_;
};

}  // namespace

std::string ShelfText(const Searchable& searchable) {
  return absl::StrCat(JoinLines(searchable.readers), "\n\n", JoinLines(searchable.labels));
}

Shelf ShelfOf(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(text, absl::MaxSplits("\n\n", 1));
  return {SplitLines(parts.first), SplitLines(parts.second)};
}

std::string PackPositions(const std::vector<int>& positions) {
  std::string bytes;
  int last = 0;
  for (const int position : positions) {
    auto step = static_cast<uint32_t>(position - last);
    for (; step >= 0x80; step >>= 7) bytes += static_cast<char>((step & 0x7f) | 0x80);
    bytes += static_cast<char>(step);
    last = position;
  }
  return bytes;
}

std::vector<int> UnpackPositions(absl::string_view bytes) {
  std::vector<int> positions;
  uint32_t step = 0;
  int shift = 0;
  int last = 0;
  for (const char byte : bytes) {
    step |= (static_cast<uint32_t>(byte) & 0x7f) << shift;
    if ((byte & 0x80) != 0) {
      shift = std::min(shift + 7, 28);
      continue;
    }
    last += static_cast<int>(step);
    positions.push_back(last);
    step = 0;
    shift = 0;
  }
  return positions;
}

absl::StatusOr<SearchAnswer> AnswerSearch(const SearchQuery& query, PostingSource& source) {
  return Search(query, source).Answer();
}

}  // namespace neshast
