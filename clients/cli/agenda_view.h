// How agendas are shown.
#pragma once

#include <optional>
#include <string>

#include "cli/connection.h"
#include "neshast/v1/agenda_service.pb.h"

namespace neshast::cli {

// The agenda of a session as the caller may see it. Fails as a call does.
std::optional<v1::AgendaAnswer> AgendaOf(Connection& connection, const std::string& session);

// The items with their speakers and papers, who agrees, and what the clock says.
void ShowAgenda(Connection& connection, const v1::AgendaAnswer& answer);

// One item that was changed: as a document or, for people, with the agenda around it.
void ShowAgendaItem(Connection& connection, const std::string& session, const v1::AgendaItem& item);

}  // namespace neshast::cli
