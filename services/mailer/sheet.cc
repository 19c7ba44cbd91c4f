#include "mailer/sheet.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace neshast {
namespace {

constexpr char kIsolate[] = "\xE2\x81\xA8";     // U+2068 first strong isolate
constexpr char kEndIsolate[] = "\xE2\x81\xA9";  // U+2069 pop directional isolate

std::string Escape(const std::string& text) {
  return absl::StrReplaceAll(
      text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

std::string Paragraph(const std::string& text) {
  return absl::StrCat("<p>", Escape(text), "</p>\n");
}

std::string CellOf(const SheetRow& row) {
  return absl::StrJoin(row.lines, "<br>", [&row](std::string* out, const std::string& line) {
    const std::string text = Escape(line);
    absl::StrAppend(out, row.is_link ? absl::StrCat("<a href=\"", text, "\">", text, "</a>")
                                     : absl::StrCat("<bdi>", text, "</bdi>"));
  });
}

}  // namespace

std::string RowsAsText(const Sheet& sheet) {
  std::string text;
  for (const SheetRow& row : sheet.rows) {
    absl::StrAppend(&text, row.label, ":");
    for (const std::string& line : row.lines) {
      absl::StrAppend(&text, row.lines.size() > 1 ? "\n  " : " ",
                      sheet.right_to_left ? absl::StrCat(kIsolate, line, kEndIsolate) : line);
    }
    text += "\n";
  }
  return text;
}

std::string AsText(const Sheet& sheet) {
  std::string text = absl::StrCat(sheet.salutation, "\n\n", sheet.opening, "\n\n");
  if (!sheet.rows.empty()) absl::StrAppend(&text, RowsAsText(sheet), "\n");
  for (const std::string& note : sheet.notes) absl::StrAppend(&text, note, "\n\n");
  return absl::StrCat(text, sheet.closing, "\n\n", sheet.signature, "\n");
}

std::string AsHtml(const Sheet& sheet) {
  const char* const direction = sheet.right_to_left ? "rtl" : "ltr";
  std::string html =
      absl::StrCat("<!DOCTYPE html>\n<html lang=\"", Escape(sheet.language), "\" dir=\"", direction,
                   "\">\n<head><meta charset=\"utf-8\"><title>", Escape(sheet.subject),
                   "</title></head>\n<body dir=\"", direction, "\">\n", Paragraph(sheet.salutation),
                   Paragraph(sheet.opening));
  if (!sheet.rows.empty()) html += "<table cellpadding=\"4\">\n";
  for (const SheetRow& row : sheet.rows) {
    absl::StrAppend(&html, "<tr><th scope=\"row\" align=\"", sheet.right_to_left ? "right" : "left",
                    "\" valign=\"top\">", Escape(row.label), "</th><td>", CellOf(row),
                    "</td></tr>\n");
  }
  if (!sheet.rows.empty()) html += "</table>\n";
  for (const std::string& note : sheet.notes) html += Paragraph(note);
  return absl::StrCat(html, Paragraph(sheet.closing), Paragraph(sheet.signature),
                      "</body>\n</html>\n");
}

}  // namespace neshast
