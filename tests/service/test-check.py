#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command "check" of kabinet-portal and kabinet-base: whatever keeps an end from reaching the other, it says so in
a sentence of its own that names the address, in English and in Russian.
"""
import argparse
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
for room in ("lib", "torture"):
    sys.path.insert(0, os.path.join(HERE, "..", room))
from services import Program  # noqa: E402
from world import World  # noqa: E402

BOUND = 30  # seconds in which every check ends, even without a network
SERVICE_PATH = "/trade/hs/ExchangePortal"  # of a base


def answer(status, body, content_type="text/plain", extra=""):
    return (f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body.encode())}\r\n"
            f"Connection: close\r\n{extra}\r\n{body}").encode()


OK = answer("200 OK", "OK")
TOKEN = answer("200 OK", '{"access_token":"token","token_type":"Bearer","expires_in":60}', "application/json")
PAGE = answer("200 OK", "<!DOCTYPE html><title>Router</title><p>OK</p>", "text/html")
SILENCE = None
DRIP = "drip"


class Server:
    """A service on loopback that answers each path as it is told: with fixed bytes, never, or a byte at a time."""

    def __init__(self, answers, tls=None):
        self.answers = answers
        self.tls = tls
        self.paths = []
        self.stopping = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while not self.stopping.is_set():
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        connection.settimeout(BOUND)
        try:
            with (self.tls.wrap_socket(connection, server_side=True) if self.tls else connection) as stream:
                self.reply(stream)
        except OSError:
            connection.close()

    def reply(self, stream):
        request = b""
        while b"\r\n\r\n" not in request:
            part = stream.recv(65536)
            if not part:
                return
            request += part
        head, _, body = request.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\nContent-Length: *(\d+)", head)
        while length and len(body) < int(length[1]):
            body += stream.recv(65536)
        path = head.split(b" ")[1].decode()
        self.paths.append(path)
        reply = self.answers.get(path, self.answers.get("*", answer("404 Not Found", "")))
        if reply is SILENCE:
            self.stopping.wait(BOUND)
        elif reply is DRIP:
            for byte in OK:
                if self.stopping.wait(0.4):
                    return
                stream.sendall(bytes([byte]))
        else:
            stream.sendall(reply)

    def stop(self):
        self.stopping.set()
        self.socket.close()


class Test:
    """An end with something to connect to, and the servers that it meets."""

    def __init__(self, options):
        # A short path: a Unix socket's has 107 bytes.
        self.folder = tempfile.mkdtemp(prefix="kab-", dir="/tmp")
        self.options = options
        self.servers = []
        self.programs = {}
        for name, path in (("portal", options.portal), ("base", options.base)):
            os.mkdir(os.path.join(self.folder, name))
            self.programs[name] = program = Program(os.path.abspath(path), os.path.join(self.folder, name))
            names = ("login", "password") if name == "portal" else ("client-id", "client-secret")
            program.run("settings", "set", f"exchange.{names[0]}", "EX")
            program.run("settings", "set", f"exchange.{names[1]}", secret="secret")
            program.run("settings", "set", "exchange.timeout", "10")

    def end(self):
        for server in self.servers:
            server.stop()
        shutil.rmtree(self.folder)

    def serve(self, answers, tls=None):
        self.servers.append(Server(answers, tls))
        return self.servers[-1]

    def self_signed(self):
        key, certificate = (os.path.join(self.folder, name) for name in ("key.pem", "certificate.pem"))
        if not os.path.exists(certificate):
            subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key,
                            "-out", certificate], check=True, capture_output=True, timeout=BOUND)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context

    def check(self, program, address, *arguments, language=""):
        """(status, stdout, stderr) of the command."""
        program.run("settings", "set", "exchange.address", address)
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": language,
                       "KABINET_LOCALE_DIR": self.options.locale_dir or "/nowhere",
                       # Where there is no network, nobody waits for a name server.
                       "RES_OPTIONS": "timeout:1 attempts:1"}
        began = time.monotonic()
        result = subprocess.run([program.path, "--data", program.data, "check", *arguments], capture_output=True,
                                text=True, timeout=BOUND, env=environment)
        self.seconds = time.monotonic() - began
        return result.returncode, result.stdout, result.stderr

    def sentence(self, program, address, *arguments, language=""):
        """What is said of an address that cannot be used, without the program's name."""
        status, output, errors = self.check(program, address, *arguments, language=language)
        name = os.path.basename(program.path)
        assert status == 1 and output == "", (address, status, output, errors)
        assert errors.startswith(f"{name}: ") and errors.endswith("\n") and errors.count("\n") == 1, errors
        text = errors[len(name) + 2:-1]
        assert address in text and len(text) > len(address) + 10, (address, text)
        return text


def unused_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def causes(test, name):
    """{what is wrong: (an address of which that is true, the words for it)}"""
    ping = SERVICE_PATH + "/ping" if name == "portal" else "/ping"

    def at(reply, **others):
        return f"http://127.0.0.1:{test.serve({ping: reply, '/sys/token': TOKEN, **others}).port}"

    credentials = "the login and password" if name == "portal" else "the Client ID and Client Secret"
    return {
        "no such name": ("http://no-such-host.invalid:1", "its name does not resolve"),
        "nothing listens": (f"http://127.0.0.1:{unused_port()}", "nothing listens there"),
        "not trusted": (f"https://localhost:{test.serve({ping: OK, '/sys/token': TOKEN}, test.self_signed()).port}",
                        "its certificate is of an authority that is not trusted here"),
        "401": (at(answer("401 Unauthorized", "")), f"does not accept {credentials}$"),
        "403": (at(answer("403 Forbidden", "")), r"may not use HTTP services \(HTTP 403\)$"),
        "404": (at(answer("404 Not Found", "")), re.escape(f"has no service at the path “{ping}” (HTTP 404)") + "$"),
        "redirected": (at(answer("302 Found", "", extra="Location: https://example.invalid/\r\n")), "HTTP status 302"),
        "another service": (at(PAGE), re.escape(ping) + " is another service$"),
        "broken": (at(answer("503 Service Unavailable", "<p>Later</p>", "text/html")), "HTTP status 503$"),
        "cut": (at(b""), "the connection ended"),
        "silent": (at(SILENCE), "no answer in time$"),
    }


def test_causes(test):
    """Every cause has a sentence of its own, which names the address."""
    for name, program in test.programs.items():
        sentences = {}
        for cause, (address, words) in causes(test, name).items():
            program.run("settings", "set", "exchange.timeout", "1" if cause == "silent" else "10")
            text = test.sentence(program, address)
            assert re.search(words, text), (name, cause, text)
            sentences[text.replace(address, "")] = cause
            print(f"# {name}, {cause}: {text}", flush=True)
            assert test.seconds < (15 if cause == "silent" else BOUND), (cause, test.seconds)
        assert len(sentences) == 11, sentences


def test_in_russian(test):
    """All of it is said in Russian as well, and as distinctly."""
    if not os.path.exists(os.path.join(test.options.locale_dir or "", "ru", "LC_MESSAGES", "kabinet.mo")):
        return "the translation is not built"
    if not re.search("[а-я]", test.check(test.programs["portal"], "http://127.0.0.1:1", language="ru")[2]):
        return "this system's C library does not translate with LC_ALL=C.UTF-8"
    for name, program in test.programs.items():
        sentences = {}
        for cause, (address, words) in causes(test, name).items():
            program.run("settings", "set", "exchange.timeout", "1" if cause == "silent" else "10")
            text = test.sentence(program, address, language="ru").replace(address, "")
            assert not re.search(words.replace(r"\(HTTP 403\)", ""), text), (name, cause, text)
            assert len(re.findall("[а-яё]{2,}", text, re.IGNORECASE)) >= 2, (name, cause, text)
            sentences[text] = cause
            print(f"# {name}, {cause}: {text}", flush=True)
        assert len(sentences) == 11, sentences
    return None


def test_drip(test):
    """A server that sends a byte now and then, each in time, is given up as well; both ends at once."""
    failures = []

    def drip(name, program):
        try:
            server = test.serve({"*": DRIP})
            program.run("settings", "set", "exchange.timeout", "1")
            began = time.monotonic()
            text = test.sentence(program, f"http://127.0.0.1:{server.port}")
            seconds = time.monotonic() - began
            assert text.endswith("no answer in time"), (name, text)
            # Longer than the time-out, for bytes do come; not as long as they come.
            assert 2 < seconds < 20, (name, seconds)
        except Exception:
            failures.append(traceback.format_exc())

    threads = [threading.Thread(target=drip, args=x) for x in test.programs.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, "".join(failures)


def test_no_tokens(test):
    """The base asks for a token first: what is wrong there is told of the path that was asked."""
    program = test.programs["base"]
    program.run("settings", "set", "exchange.timeout", "10")
    for reply, words in ((answer("401 Unauthorized", ""), "does not accept the Client ID and Client Secret$"),
                         (answer("404 Not Found", ""), "has no service at the path “/sys/token”"),
                         (PAGE, "/sys/token is another service$"),
                         (answer("200 OK", '{"token":"x"}', "application/json"), "/sys/token is another service$")):
        server = test.serve({"/sys/token": reply, "/ping": OK})
        text = test.sentence(program, f"http://127.0.0.1:{server.port}")
        assert server.paths == ["/sys/token"], server.paths
        assert re.search(words, text), (words, text)


def test_not_quite_ok(test):
    """Only the two letters are the answer."""
    program = test.programs["portal"]
    program.run("settings", "set", "exchange.timeout", "10")
    for body in ("", "ok", "OK\n", "OKAY", "O", " OK"):
        server = test.serve({SERVICE_PATH + "/ping": answer("200 OK", body)})
        assert test.sentence(program, f"http://127.0.0.1:{server.port}").endswith("is another service"), body
    server = test.serve({SERVICE_PATH + "/ping": OK})
    status, output, errors = test.check(program, f"http://127.0.0.1:{server.port}")
    assert (status, errors) == (0, ""), errors
    # A silent server is no less silent behind TLS, and an error is no JSON.
    program.run("settings", "set", "exchange.timeout", "1")
    server = test.serve({"*": SILENCE})
    assert test.sentence(program, f"http://127.0.0.1:{server.port}", "--json").endswith("no answer in time")


def test_real_ends(test):
    """Portal and base find each other, and tell apart what can be wrong with their settings."""
    folder = os.path.join(test.folder, "world")
    os.mkdir(folder)
    world = World(os.path.dirname(os.path.abspath(test.options.portal)), os.path.abspath(test.options.demo_files),
                  folder, 1)
    try:
        world.set_up()
        for end in world.ends:
            end.start()
        for end in world.ends:
            address = f"unix:{world.other(end).socket}"
            status, output, errors = test.check(end, address)
            assert (status, errors) == (0, ""), errors
            assert re.fullmatch(r"The service is available \(\d+ ms\)\n", output), output
            told = end.json("check")
            assert told["available"] is True and 0 <= told["ms"] < BOUND * 1000, told
            assert "unix:/nowhere/at/all: nothing listens there" in test.sentence(end, "unix:/nowhere/at/all")
        portal, base = (f"unix:{end.socket}" for end in world.ends)
        world.base.run("settings", "set", "exchange.client-secret", secret="wrong")
        assert test.sentence(world.base, portal).endswith("does not accept the Client ID and Client Secret")
        world.portal.run("settings", "set", "exchange.path", "/trade/hs/Other")
        assert "path “/trade/hs/Other/ping” (HTTP 404)" in test.sentence(world.portal, base)
        world.portal.run("settings", "set", "exchange.path", SERVICE_PATH)
        world.portal.run("settings", "set", "exchange.password", secret="wrong")
        assert test.sentence(world.portal, base).endswith("does not accept the login and password")
    finally:
        world.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portal", required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--demo-files", default="data/demo")
    parser.add_argument("--locale-dir", help="where the translations are, below the build folder")
    parser.add_argument("only", nargs="*")
    options = parser.parse_args()
    for name in [x for x in os.environ if x.lower().endswith("_proxy")]:
        del os.environ[name]
    cases = [(name[5:], case) for name, case in globals().items()
             if name.startswith("test_") and (not options.only or name[5:] in options.only)]
    failed = 0
    print(f"1..{len(cases)}", flush=True)
    for i, (name, case) in enumerate(cases, 1):
        test = Test(options)
        try:
            skipped = case(test)
            print(f"ok {i} {name}" + (f" # SKIP {skipped}" if skipped else ""), flush=True)
        except Exception:
            failed += 1
            print(f"not ok {i} {name}", flush=True)
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="", flush=True)
        finally:
            test.end()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
