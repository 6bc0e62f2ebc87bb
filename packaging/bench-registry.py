#!/usr/bin/env python3
# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
"""bench-registry.py [--program CUTAWAY-CLI] [--image ARCHIVE] [--delay MILLISECONDS] [--runs N]

Measures an image of a registry, against skopeo copy and opening what it wrote: how long until layers and
config are known, how long until all trees are, how many bytes and requests that takes. The registry is
Debian's docker-registry on this machine; what is sent to it and comes from it is held back by half the delay
each way, and a new connection by one delay more, as over a line of that length (50 ms).
Without --image one is made of five folders of this machine. Writes the medians as JSON to standard output.
"""
import argparse
import asyncio
import contextlib
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tarfile
import tempfile
import threading
import time

FOLDERS = ["/usr/include/x86_64-linux-gnu", "/usr/lib/python3", "/usr/share/i18n", "/usr/share/perl", "/usr/lib/git-core"]
CHUNK = 64 * 1024


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Line:
    """A proxy that holds back what passes, and counts it."""

    def __init__(self, to, delay):
        self.to, self.delay, self.port = to, delay, free_port()
        self.sent = self.received = self.connections = 0
        self.ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self.serve()), daemon=True).start()
        self.ready.wait()

    async def serve(self):
        server = await asyncio.start_server(self.accept, "127.0.0.1", self.port, limit=1 << 22)
        self.ready.set()
        async with server:
            await server.serve_forever()

    async def accept(self, reader, writer):
        self.connections += 1
        await asyncio.sleep(self.delay)  # what shaking hands takes
        try:
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.to, limit=1 << 22)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self.pass_on(reader, up_writer, "sent"),
                             self.pass_on(up_reader, writer, "received"))

    async def pass_on(self, reader, writer, counter):
        waiting = asyncio.Queue(maxsize=4096)

        async def take():
            with contextlib.suppress(OSError):
                while data := await reader.read(CHUNK):
                    setattr(self, counter, getattr(self, counter) + len(data))
                    await waiting.put((time.monotonic() + self.delay / 2, data))
            await waiting.put((time.monotonic() + self.delay / 2, b""))

        async def give():
            while True:
                due, data = await waiting.get()
                if (left := due - time.monotonic()) > 0:
                    await asyncio.sleep(left)
                with contextlib.suppress(OSError):
                    if not data:
                        writer.close()
                        return
                    writer.write(data)
                    await writer.drain()

        await asyncio.gather(take(), give())


class Registry:
    def __init__(self, folder):
        self.port, self.log = free_port(), folder / "registry.log"
        config = folder / "config.yml"
        config.write_text("version: 0.1\nlog:\n  accesslog:\n    disabled: false\nstorage:\n  filesystem:\n"
                          f"    rootdirectory: {folder}/storage\nhttp:\n  addr: 127.0.0.1:{self.port}\n")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(["docker-registry", "serve", config], stdout=log, stderr=log)
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        sys.exit("docker-registry does not start")

    def requests(self):
        return len(re.findall(r'"(?:GET|HEAD) \S+ HTTP/1.1" \d', self.log.read_text(errors="replace")))


def make_image(path):
    """A docker archive with one layer a folder."""
    layers = []
    with tarfile.open(path, "w") as archive:
        def add(name, data):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))

        for folder in filter(os.path.isdir, FOLDERS):
            layer = io.BytesIO()
            with tarfile.open(fileobj=layer, mode="w") as tar:
                tar.add(folder)
            data = layer.getvalue()
            layers.append(hashlib.sha256(data).hexdigest())
            add(layers[-1] + ".tar", data)
        config = {"os": "linux", "architecture": "amd64", "config": {},
                  "rootfs": {"type": "layers", "diff_ids": ["sha256:" + layer for layer in layers]}}
        add("config.json", json.dumps(config).encode())
        add("manifest.json", json.dumps([{"Config": "config.json", "RepoTags": ["bench:1"],
                                          "Layers": [layer + ".tar" for layer in layers]}]).encode())


def run(*words, environment=None):
    begun = time.monotonic()
    done = subprocess.run(list(map(str, words)), capture_output=True, check=False,
                          env={**os.environ, **(environment or {})})
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}: {done.stderr.decode(errors='replace')}")
    return time.monotonic() - begun


def measure(work, registry, line, steps):
    """Seconds of each step, and what passed the line meanwhile."""
    for name in ("cache", "copy"):
        shutil.rmtree(work / name, ignore_errors=True)
    before = (registry.requests(), line.sent + line.received, line.connections)
    seconds = [run(*step, environment={"CUTAWAY_CACHE_DIR": str(work / "cache")}) for step in steps]
    time.sleep(0.3)
    after = (registry.requests(), line.sent + line.received, line.connections)
    return {"seconds": sum(seconds), "requests": after[0] - before[0], "bytes": after[1] - before[1],
            "connections": after[2] - before[2]}


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--program", default=root / "build/release/app/cli/cutaway-cli")
    options.add_argument("--image")
    options.add_argument("--delay", type=float, default=50)
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    for program in ("docker-registry", "skopeo"):
        if shutil.which(program) is None:
            sys.exit(f"{program} is not installed")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        image = given.image or work / "image.tar"
        if not given.image:
            make_image(image)
        registry = Registry(work)
        try:
            run("skopeo", "copy", "--quiet", "--dest-tls-verify=false", f"docker-archive:{image}",
                f"docker://localhost:{registry.port}/bench:1")
            line = Line(registry.port, given.delay / 1000)
            name = f"localhost:{line.port}/bench:1"
            copy = ["skopeo", "copy", "--quiet", "--src-tls-verify=false", f"docker://{name}",
                    f"oci:{work}/copy:1"]
            ways = {
                "layers and config: cutaway-cli tags": [[given.program, "tags", "--no-referrers", name]],
                "layers and config: skopeo inspect":
                    [["skopeo", "inspect", "--no-tags", "--tls-verify=false", f"docker://{name}"]],
                "all trees: cutaway-cli inspect": [[given.program, "inspect", name]],
                "all trees: skopeo copy, cutaway-cli inspect":
                    [copy, [given.program, "inspect", f"oci:{work}/copy"]],
            }
            figures = {}
            taken = {way: [] for way in ways}
            for _ in range(given.runs):  # one after the other, so that a busy machine is busy for all
                for way, steps in ways.items():
                    taken[way].append(measure(work, registry, line, steps))
            for way, runs in taken.items():
                figures[way] = {key: round(statistics.median(one[key] for one in runs), 3)
                                for key in runs[0]}
            run(given.program, "inspect", name, environment={"CUTAWAY_CACHE_DIR": str(work / "kept")})
            before = (registry.requests(), line.sent + line.received)
            again = run(given.program, "inspect", name,
                        environment={"CUTAWAY_CACHE_DIR": str(work / "kept")})
            time.sleep(0.3)
            figures["all trees, a second time: cutaway-cli inspect"] = {
                "seconds": round(again, 3), "requests": registry.requests() - before[0],
                "bytes": line.sent + line.received - before[1]}
            print(json.dumps({"delayMilliseconds": given.delay, "runs": given.runs, "figures": figures},
                             indent=2))
        finally:
            registry.process.kill()
            registry.process.wait()


if __name__ == "__main__":
    main()
