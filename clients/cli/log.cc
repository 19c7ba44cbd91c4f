// log verify
#include <iostream>

#include "cli/commands.h"
#include "neshast/v1/change_service.grpc.pb.h"

namespace neshast::cli {

void AddLogCommands(CLI::App& app, Connection& connection) {
  CLI::App* log = AddNoun(app, "log", "The record that cannot be rewritten unseen");
  AddVerb(*log, "verify", "Walk the whole hash chain (auditors)", [&connection] {
    const auto verified =
        connection.Call(&v1::ChangeService::Stub::VerifyLog, v1::VerifyLogRequest());
    if (!verified || PrintDocument(connection.format, *verified)) return;
    std::cout << "The log holds: " << verified->entries() << " entries, head "
              << verified->head_hash() << "\n";
  });
}

}  // namespace neshast::cli
