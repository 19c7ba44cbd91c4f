"""A gRPC client that knows no proto of ours: it learns the contract from the server's reflection."""
import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

REFLECTION = "grpc.reflection.v1alpha.ServerReflection"


def reflection_messages():
    """The few messages of grpc.reflection.v1alpha that are needed, by name."""
    field = descriptor_pb2.FieldDescriptorProto
    shapes = {
        "Request": [("file_containing_symbol", 4, field.TYPE_STRING, None),
                    ("list_services", 7, field.TYPE_STRING, None)],
        "Files": [("file_descriptor_proto", 1, field.TYPE_BYTES, None)],
        "Service": [("name", 1, field.TYPE_STRING, None)],
        "Services": [("service", 1, field.TYPE_MESSAGE, ".reflected.Service")],
        "Response": [("files", 4, field.TYPE_MESSAGE, ".reflected.Files"),
                     ("services", 6, field.TYPE_MESSAGE, ".reflected.Services")],
    }
    several = ("file_descriptor_proto", "service")
    file = descriptor_pb2.FileDescriptorProto(name="reflected.proto", package="reflected", syntax="proto3")
    for name, fields in shapes.items():
        message = file.message_type.add(name=name)
        for label, number, kind, kind_name in fields:
            repeated = field.LABEL_REPEATED if label in several else field.LABEL_OPTIONAL
            message.field.add(name=label, number=number, type=kind, type_name=kind_name, label=repeated)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    factory = message_factory.MessageFactory(pool)
    return {name: factory.GetPrototype(pool.FindMessageTypeByName(f"reflected.{name}")) for name in shapes}


class Client:
    """Calls methods by name with plain dictionaries in proto JSON; answers are dictionaries too."""

    def __init__(self, address, token):
        self.channel = grpc.insecure_channel(address)
        self.metadata = (("authorization", f"Bearer {token}"),)
        self.pool = descriptor_pool.DescriptorPool()
        self.factory = message_factory.MessageFactory(self.pool)

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
        messages = reflection_messages()
        ask = self.channel.stream_stream(f"/{REFLECTION}/ServerReflectionInfo",
                                         request_serializer=messages["Request"].SerializeToString,
                                         response_deserializer=messages["Response"].FromString)
        return next(ask(iter([messages["Request"](**question)]), metadata=self.metadata, timeout=10))

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
        answer = self.channel.unary_unary(full, **how)(message, metadata=self.metadata, timeout=20)
        return json_format.MessageToDict(answer, preserving_proto_field_name=True)

    def stream(self, path, **request):
        """Yields the answers of a server stream until it is closed."""
        full, message, how = self.prepared(path, request)
        call = self.channel.unary_stream(full, **how)(message, metadata=self.metadata, timeout=60)
        try:
            for answer in call:
                yield json_format.MessageToDict(answer, preserving_proto_field_name=True)
        finally:
            call.cancel()
