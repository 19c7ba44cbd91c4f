"""A TCP proxy that passes requests on and then, now and then, keeps the answer and hangs up."""
import asyncio
import random
import threading


class DroppingProxy:
    """Listens at `port` for a server at `target`, in a thread of its own, until stopped."""

    def __init__(self, port, target, chance, seed):
        self.port, self.target, self.chance = port, target, chance
        self.random = random.Random(seed)
        self.dropped = 0
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        asyncio.run_coroutine_threadsafe(self.listen(), self.loop).result(timeout=10)

    def stop(self):
        asyncio.run_coroutine_threadsafe(self.end(), self.loop).result(timeout=10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def listen(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", self.port)

    async def end(self):
        self.server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def serve(self, client, to_client):
        try:
            server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            to_client.close()
            return
        passing = [asyncio.create_task(self.passes(client, to_server)),
                   asyncio.create_task(self.answers(server, to_client))]
        try:
            await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in passing:
                task.cancel()
            to_client.close()
            to_server.close()

    async def passes(self, reader, writer):
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except OSError:
            return

    async def answers(self, reader, writer):
        try:
            while data := await reader.read(65536):
                if self.random.random() < self.chance:
                    self.dropped += 1
                    return
                writer.write(data)
                await writer.drain()
        except OSError:
            return
