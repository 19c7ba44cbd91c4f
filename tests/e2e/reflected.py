"""A gRPC client that knows no proto of ours: it learns the contract from the server's reflection."""
import copy

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

REFLECTION = "grpc.reflection.v1alpha.ServerReflection"


FIELD = descriptor_pb2.FieldDescriptorProto
ONE, MANY = FIELD.LABEL_OPTIONAL, FIELD.LABEL_REPEATED
# The few fields of messages that are not ours but needed: label, number, how many, what.
SHAPES = {
    # grpc.reflection.v1alpha
    "Request": [("file_containing_symbol", 4, ONE, FIELD.TYPE_STRING),
                ("list_services", 7, ONE, FIELD.TYPE_STRING)],
    "Files": [("file_descriptor_proto", 1, MANY, FIELD.TYPE_BYTES)],
    "Service": [("name", 1, ONE, FIELD.TYPE_STRING)],
    "Services": [("service", 1, MANY, "Service")],
    "Response": [("files", 4, ONE, "Files"), ("services", 6, ONE, "Services")],
    # google.protobuf and google.rpc
    "Any": [("type_url", 1, ONE, FIELD.TYPE_STRING), ("value", 2, ONE, FIELD.TYPE_BYTES)],
    "Status": [("details", 3, MANY, "Any")],
    "ErrorInfo": [("reason", 1, ONE, FIELD.TYPE_STRING)],
    "Violation": [("field", 1, ONE, FIELD.TYPE_STRING), ("description", 2, ONE, FIELD.TYPE_STRING)],
    "BadRequest": [("field_violations", 1, MANY, "Violation")],
}

RECONNECT_SOON = (("grpc.use_local_subchannel_pool", 1), ("grpc.initial_reconnect_backoff_ms", 20),
                  ("grpc.max_reconnect_backoff_ms", 100))


def messages_of(shapes):
    file = descriptor_pb2.FileDescriptorProto(name="reflected.proto", package="reflected",
                                              syntax="proto3")
    for name, fields in shapes.items():
        message = file.message_type.add(name=name)
        for label, number, how_many, what in fields:
            field = message.field.add(name=label, number=number, label=how_many)
            if isinstance(what, str):
                field.type, field.type_name = FIELD.TYPE_MESSAGE, f".reflected.{what}"
            else:
                field.type = what
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    factory = message_factory.MessageFactory(pool)
    return {name: factory.GetPrototype(pool.FindMessageTypeByName(f"reflected.{name}"))
            for name in shapes}


MESSAGES = messages_of(SHAPES)


def detail(error, kind):
    """The google.rpc message of that kind in a failed call, None where there is none."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            for packed in MESSAGES["Status"].FromString(value).details:
                if packed.type_url.endswith(f"google.rpc.{kind}"):
                    return MESSAGES[kind].FromString(packed.value)
    return None


def reason(error):
    """Why a call failed, by the server; empty when no answer of the server came."""
    info = detail(error, "ErrorInfo")
    return info.reason if info else ""


def bad_fields(error):
    """The paths of the fields that a call was refused for."""
    request = detail(error, "BadRequest")
    return [violation.field for violation in request.field_violations] if request else []


class Client:
    """Calls methods by name with plain dictionaries in proto JSON; answers are dictionaries too."""

    # Whether calls wait for a server that is not there. Only then does this library look for it at
    # once: between calls that fail at once it polls every five seconds.
    patient = False

    def __init__(self, address, token):
        self.connect(address)
        self.metadata = (("authorization", f"Bearer {token}"),)
        self.pool = descriptor_pool.DescriptorPool()
        self.factory = message_factory.MessageFactory(self.pool)

    def connect(self, address, *options):
        """A connection of its own, that soon finds a server started again."""
        self.channel = grpc.insecure_channel(address, options=[*RECONNECT_SOON, *options])

    def again(self, address, *options):
        """The same caller over another connection, patient."""
        other = copy.copy(self)
        other.patient = True
        other.connect(address, *options)
        return other

    def close(self):
        self.channel.close()

    def method(self, service, name):
        """The descriptor of a method, asked of the server where it is not known yet."""
        try:
            found = self.pool.FindServiceByName(service)
        except KeyError:
            self.learn(service)
            found = self.pool.FindServiceByName(service)
        return found.methods_by_name[name]

    def reflect(self, **question):
        ask = self.channel.stream_stream(f"/{REFLECTION}/ServerReflectionInfo",
                                         request_serializer=MESSAGES["Request"].SerializeToString,
                                         response_deserializer=MESSAGES["Response"].FromString)
        return next(ask(iter([MESSAGES["Request"](**question)]), metadata=self.metadata, timeout=10))

    def unary_methods(self):
        """Every unary method of the contract: "SessionService/GetSession"."""
        for service in self.reflect(list_services="*").services.service:
            if service.name.startswith("neshast.v1."):
                self.learn(service.name)
                described = descriptor_pb2.ServiceDescriptorProto()
                self.pool.FindServiceByName(service.name).CopyToProto(described)
                for method in described.method:
                    if not method.server_streaming:
                        yield f"{service.name.removeprefix('neshast.v1.')}/{method.name}"

    def learn(self, symbol):
        answer = self.reflect(file_containing_symbol=symbol)
        files = [descriptor_pb2.FileDescriptorProto.FromString(raw)
                 for raw in answer.files.file_descriptor_proto]
        by_name = {file.name: file for file in files}
        added = set()  # adding the same file again to the pool is harmless

        def add(file):
            if file.name in added:
                return
            added.add(file.name)
            for needed in file.dependency:
                add(by_name[needed])
            self.pool.Add(file)

        for file in files:
            add(file)

    def prepared(self, path, request):
        service, name = path.split("/")
        method = self.method(f"neshast.v1.{service}", name)
        message = json_format.ParseDict(request, self.factory.GetPrototype(method.input_type)())
        answer = self.factory.GetPrototype(method.output_type)
        how = dict(request_serializer=type(message).SerializeToString,
                   response_deserializer=answer.FromString)
        return f"/neshast.v1.{service}/{name}", message, how

    def call(self, path, **request):
        """call("SessionService/GetSession", name="sessions/…")"""
        full, message, how = self.prepared(path, request)
        answer = self.channel.unary_unary(full, **how)(
            message, metadata=self.metadata, timeout=20, wait_for_ready=self.patient)
        return json_format.MessageToDict(answer, preserving_proto_field_name=True)

    def open(self, path, timeout=60, **request):
        """A server stream: an iterator of messages, to be cancelled by its reader."""
        full, message, how = self.prepared(path, request)
        return self.channel.unary_stream(full, **how)(
            message, metadata=self.metadata, timeout=timeout, wait_for_ready=self.patient)

    def stream(self, path, **request):
        """Yields the answers of a server stream until it is closed."""
        call = self.open(path, **request)
        try:
            for answer in call:
                yield json_format.MessageToDict(answer, preserving_proto_field_name=True)
        finally:
            call.cancel()
