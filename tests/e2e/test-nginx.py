#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal behind nginx, with the set-up that is shipped: TLS, limits, the client's address."""
import argparse
import http.client
import json
import os
import shutil
import socket
import ssl
import sys
import tempfile
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import nginx  # noqa: E402
from services import Program, wait  # noqa: E402

PASSWORD = "a long pass phrase 7"


class World:
    def __init__(self, options):
        self.folder = tempfile.mkdtemp(prefix="kab-behind-")
        self.options = options
        self.data = os.path.join(self.folder, "portal")
        os.mkdir(self.data)
        self.portal = Program(options.portal, self.data)
        self.nginx = nginx.Nginx(options.configuration)
        self.portal.run("user", "add", "EX", "--role", "exchange")
        self.key = self.portal.json("key", "create", "EX")
        self.serve("--behind-proxy")

    def serve(self, *arguments):
        listen = f"unix:{self.nginx.socket}"
        log = os.path.join(self.folder, "portal.log")
        self.portal.serve(listen, log, *arguments)

    def tls(self, **settings):
        context = ssl.create_default_context(cafile=self.nginx.ca)
        for name, value in settings.items():
            setattr(context, name, value)
        return context

    def ask(self, method, path, body=None, headers=None, source=None):
        """(status, headers, body), over TLS."""
        connection = http.client.HTTPSConnection("localhost", self.nginx.port, timeout=60, context=self.tls(),
                                                 source_address=source)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def token(self):
        credentials = f"{self.key['client_id']}:{self.key['client_secret']}"
        import base64
        status, _, body = self.ask("POST", "/sys/token", "grant_type=client_credentials", {
            "Authorization": "Basic " + base64.b64encode(credentials.encode()).decode(),
            "Content-Type": "application/x-www-form-urlencoded"})
        assert status == 200, (status, body)
        return json.loads(body)["access_token"]

    def close(self):
        self.portal.stop()
        self.nginx.stop()
        shutil.rmtree(self.folder)


def problem(answer, status, code):
    got, headers, body = answer
    assert got == status, (got, body)
    assert headers["Content-Type"] == "application/problem+json", headers
    told = json.loads(body)
    assert told["status"] == status and told["code"] == code and told["detail"], told
    return headers


def test_tls(world):
    status, headers, _ = world.ask("GET", "/healthz")
    assert status == 200
    assert "max-age=" in headers["Strict-Transport-Security"]
    warnings.simplefilter("ignore", DeprecationWarning)
    for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        context = world.tls(minimum_version=ssl.TLSVersion.TLSv1, maximum_version=version)
        context.set_ciphers("ALL:@SECLEVEL=0")
        try:
            with socket.create_connection(("localhost", world.nginx.port)) as plain:
                context.wrap_socket(plain, server_hostname="localhost").close()
        except (ssl.SSLError, OSError):
            continue
        raise AssertionError(f"{version} is spoken")


def test_plain_http(world):
    """Nothing goes in clear: the plain port only tells where to go, and the other one says what it speaks."""
    plain = http.client.HTTPConnection("127.0.0.1", world.nginx.plain_port, timeout=20)
    plain.request("POST", "/api/v1/session", "{}")
    answer = plain.getresponse()
    assert answer.status == 308 and answer.getheader("Location").startswith("https://"), answer.status
    plain.close()
    wrong = http.client.HTTPConnection("127.0.0.1", world.nginx.port, timeout=20)
    wrong.request("GET", "/healthz")
    answer = wrong.getresponse()
    assert answer.status == 400 and b"plain HTTP request was sent to HTTPS port" in answer.read()
    wrong.close()


def test_bodies(world):
    """What nginx and the portal refuse is refused alike."""
    assert problem(world.ask("POST", "/api/v1/orders", b"x" * 3_000_000), 413, "too-big")
    problem(world.ask("POST", "/api/v1/session", b"x" * 17_000), 413, "too-big")
    token = {"Authorization": f"Bearer {world.token()}"}
    big = json.dumps({"messages": [], "rest": "x" * 12_000_000}).encode()
    status, _, _ = world.ask("POST", "/exchange/v1/messages", big, token)
    assert status in (200, 400), status
    problem(world.ask("POST", "/exchange/v1/messages", b"x" * 17_000_000, token), 413, "too-big")
    status, _, _ = world.ask("GET", "/healthz?" + "a" * 20_000)
    assert status == 414, status


def test_address(world):
    """The portal sees the client's address, whatever the client says."""
    token = world.token()
    for lie in ({}, {"X-Real-IP": "203.0.113.7"}, {"X-Forwarded-For": "203.0.113.7"}):
        status, _, _ = world.ask("POST", "/exchange/v1/messages", b'{"messages": []}',
                                 {"Authorization": f"Bearer {token}", **lie})
        assert status in (200, 400), status
    journal = world.portal.json("journal", "--direction", "incoming")
    entries = journal["items"] if isinstance(journal, dict) else journal
    peers = {entry["peer"] for entry in entries}
    assert peers and peers == {"EX, 127.0.0.1"}, peers


def test_paths(world):
    """Only what is meant for the internet is there."""
    for path in ("/", "/metrics", "/api", "/api/v2/me", "/../etc/passwd", "/exchange"):
        status, _, _ = world.ask("GET", path)
        assert status in (400, 404), (path, status)
    assert world.ask("GET", "/api/v1/me")[0] == 401
    world.nginx.base = False
    world.nginx.write()
    world.nginx.process.terminate()
    world.nginx.process.wait(30)
    assert world.nginx.start()
    for method, path in (("POST", "/sys/token"), ("GET", "/ping"), ("POST", "/exchange/v1/messages"),
                         ("GET", "/exchange/v1/queue")):
        assert world.ask(method, path)[0] == 404, path


def test_sign_in_rate(world):
    """Guessing passwords is slow, and stops nobody who is signed in."""
    body = json.dumps({"login": "nobody", "password": "wrong"})
    answers = [world.ask("POST", "/api/v1/session", body) for _ in range(14)]
    assert answers[0][0] in (401, 429), answers[0]
    headers = problem(answers[-1], 429, "busy")
    assert int(headers["Retry-After"]) > 0
    assert world.ask("GET", "/api/v1/me")[0] == 401
    assert world.ask("GET", "/healthz")[0] == 200


def test_portal_away(world):
    world.portal.stop()
    headers = problem(world.ask("GET", "/api/v1/me"), 503, "busy")
    assert int(headers["Retry-After"]) > 0
    world.serve("--behind-proxy")
    wait("the portal is back", lambda: world.ask("GET", "/healthz")[0] == 200)


TESTS = (test_tls, test_plain_http, test_bodies, test_address, test_sign_in_rate, test_portal_away, test_paths)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--portal", required=True)
    parser.add_argument("--configuration", required=True)
    options = parser.parse_args()
    if nginx.find() is None:
        print("1..0 # SKIP nginx is not installed")
        return
    world = World(options)
    print(f"1..{len(TESTS)}", flush=True)
    failed = False
    try:
        for number, test in enumerate(TESTS, 1):
            name = test.__name__.removeprefix("test_").replace("_", "-")
            try:
                test(world)
                print(f"ok {number} {name}", flush=True)
            except Exception as error:  # pylint: disable=broad-except
                failed = True
                print(f"not ok {number} {name}\n# {type(error).__name__}: {error}".replace("\n", "\n# ", 1),
                      flush=True)
    finally:
        world.close()
    sys.exit(failed)


if __name__ == "__main__":
    main()
