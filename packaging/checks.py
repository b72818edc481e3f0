"""What the checks of the archive and of the artefacts share: programs that run, and what they print."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading

LIMIT = 180  # seconds, which only a broken program reaches


def check(holds, what, seen=""):
    if not holds:
        print(f"FAILED: {what}\n{seen}", file=sys.stderr)
        sys.exit(1)
    print(f"ok: {what}", flush=True)


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LIMIT, **options)


class Program:
    """A program that runs until it is stopped, and what it has printed."""

    def __init__(self, command, **options):
        self.lines = []
        self.changed = threading.Condition()
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            with self.changed:
                self.lines.append(line.rstrip("\n"))
                self.changed.notify_all()
        with self.changed:
            self.lines.append("(end of output)")
            self.changed.notify_all()

    def text(self):
        return "\n".join(self.lines)

    def prints(self, pattern, what):
        def ready():
            return any(re.search(pattern, it) for it in self.lines) or self.lines[-1:] == ["(end of output)"]

        with self.changed:
            self.changed.wait_for(ready, LIMIT)
            holds = any(re.search(pattern, it) for it in self.lines)
        if not holds:
            self.process.kill()
        check(holds, what, self.text())

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(LIMIT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def clean(**variables):
    """An environment without anything of the user's."""
    java = {"JAVA_HOME": os.environ["JAVA_HOME"]} if "JAVA_HOME" in os.environ else {}
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C", **java, **variables}


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)
    return path
