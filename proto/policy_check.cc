// Refuses a contract with a method that has no policy, or one that cannot be followed.
//   policy_check DESCRIPTOR_SET      as protoc --include_imports --descriptor_set_out writes it
// Exits with 1 and a line for each fault; part of the build.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "neshast/v1/rules.pb.h"

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

// Whether `path` ("session.name") leads through messages to a text of `request`.
bool LeadsToText(const Descriptor* request, const std::string& path) {
  std::istringstream parts(path);
  const FieldDescriptor* field = nullptr;
  for (std::string part; std::getline(parts, part, '.');) {
    const Descriptor* inside = field == nullptr ? request : field->message_type();
    field = inside == nullptr ? nullptr : inside->FindFieldByName(part);
    if (field == nullptr || field->is_repeated()) return false;
  }
  return field != nullptr && field->type() == FieldDescriptor::TYPE_STRING;
}

// What is wrong with the policy of `method`; empty where nothing is.
std::string FaultOf(const MethodDescriptor& method) {
  const auto& policy = method.options().GetExtension(neshast::v1::policy);
  if (policy.action() == neshast::v1::ACTION_UNSPECIFIED) return "its policy names no action";
  if (policy.execution() == neshast::v1::EXECUTION_UNSPECIFIED) {
    return "its policy names no execution";
  }
  if (method.server_streaming() != (policy.execution() == neshast::v1::EXECUTION_WATCH)) {
    return "EXECUTION_WATCH is for streams, and streams are for EXECUTION_WATCH";
  }
  if (!policy.object().empty() && !LeadsToText(method.input_type(), policy.object())) {
    return "the object \"" + policy.object() + "\" of its policy is no text field of " +
           method.input_type()->name();
  }
  return "";
}

}  // namespace

int main(int argc, char** argv) {
  google::protobuf::FileDescriptorSet files;
  std::ifstream input(argc == 2 ? argv[1] : "");
  if (!files.ParseFromIstream(&input) || files.file_size() == 0) {
    std::cerr << "policy_check: give it a descriptor set.\n";
    return 2;
  }
  google::protobuf::DescriptorPool pool;
  int faults = 0;
  for (const auto& file : files.file()) {
    const auto* built = pool.BuildFile(file);
    if (built == nullptr) return 2;  // the pool has said why
    for (int i = 0; i < built->service_count(); ++i) {
      for (int j = 0; j < built->service(i)->method_count(); ++j) {
        const MethodDescriptor& method = *built->service(i)->method(j);
        const std::string fault = FaultOf(method);
        if (fault.empty()) continue;
        std::cerr << method.full_name() << ": " << fault << ".\n";
        ++faults;
      }
    }
  }
  return faults == 0 ? 0 : 1;
}
