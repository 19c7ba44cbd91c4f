// The part of a text that shows why it was found.
#pragma once

#include <string>
#include <vector>

#include "neshast/v1/search_service.pb.h"
#include "search/subject.h"
#include "words/query.h"

namespace neshast {

// Unicode characters of a snippet, the marks of what was left out aside.
inline constexpr int kLongestSnippet = 200;

// Of the text of `subject` that has the most marks of `query`, of equal ones that in `language`,
// then the first; cut around the first mark. Without any: the begin of the last text, which is
// rather the matter than the title.
v1::Snippet SnippetOf(const Subject& subject, const words::Query& query,
                      const std::string& language);

}  // namespace neshast
