# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases of the contract about changes, visits and news."""
import socket
import uuid

from contract import PASSWORD, example

HANDSHAKE = ("GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\nUpgrade: websocket\r\n"
             "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
CHANGED = b'\x81\x10{"changed":true}'  # a text frame of sixteen bytes


class Listener:
    """A WebSocket (RFC 6455) by hand."""

    def __init__(self, path, authorization):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(30)
        self.socket.connect(path)
        self.socket.sendall(HANDSHAKE.format(authorization).encode())
        self.received = b""
        while b"\r\n\r\n" not in self.received:
            self.receive()
        self.head, _, self.received = self.received.partition(b"\r\n\r\n")

    def receive(self):
        data = self.socket.recv(4096)
        assert data, self.received
        self.received += data

    def wait(self):
        while CHANGED not in self.received:
            self.receive()
        self.received = self.received.replace(CHANGED, b"", 1)


def test_live(document, world):
    world.import_goods()
    world.connect()
    world.exchange()
    world.add_user("portal", "admin", "administrator")
    world.run("portal", "user", "password", "kiselnikov", secret=PASSWORD)

    def ask(method, path, body=None, expect=200, who="kiselnikov"):
        return world.ask("portal", method, "/api/v1" + path, body, who, expect)

    ask("GET", "/live", None, 400)
    ask("GET", "/live", None, 401, who=None)
    ask("GET", "/live", None, 403, who="admin")
    listener = Listener(world.path("portal.sock"), world.authorize("portal", "kiselnikov"))
    assert listener.head.startswith(b"HTTP/1.1 101"), listener.head
    document.seen.setdefault("portal GET /api/v1/live", set()).add(101)
    # Nobody was here before.
    assert ask("GET", "/visit") == {}
    before = ask("GET", "/changes")["seq"]
    ask("PUT", "/visit", {"seq": before}, 204)
    ask("PUT", "/visit", {"seq": "all"}, 400)
    listener.wait()
    news = {"id": str(uuid.uuid4()), "title": "Склад закрыт", "text": "До понедельника"}
    published = ask("POST", "/news", news, who="admin")
    listener.wait()
    ask("POST", "/news", news, who="admin")
    ask("POST", "/news", {**news, "title": "Склад открыт"}, 409, who="admin")
    ask("POST", "/news", {**news, "title": ""}, 400, who="admin")
    ask("POST", "/news", {**news, "title": "a" * 201}, 400, who="admin")
    ask("POST", "/news", news, 403)
    assert ask("GET", "/news?limit=1")["items"] == [published], published
    ask("GET", "/news?after=nonsense", None, 400)
    change, = ask("GET", f"/changes?after={before}")["items"]
    assert (change["kind"], change["id"]) == ("news", news["id"]), change
    ask("GET", "/changes?after=nonsense", None, 400)
    ask("PUT", "/basket/" + example(document, "product")[0]["id"], {"quantity": "12.5"})
    order = world.ask("portal", "POST", "/api/v1/orders", {"place": True}, "kiselnikov", 200,
                      {"Idempotency-Key": str(uuid.uuid4())})
    listener.wait()
    visit = ask("GET", "/visit")
    assert (visit["seq"], visit["n_news"], visit["n_orders"]) == (before, 1, 1), visit
    assert visit["orders"][0]["id"] == order["id"], visit
    # A command of another process.
    identity = world.run("portal", "news", "add", "Новые цены", "--text", "С понедельника").stdout.strip()
    listener.wait()
    assert [n["title"] for n in world.programs["portal"].json("news", "list")] == ["Новые цены", "Склад закрыт"]
    ask("DELETE", f"/news/{identity}", None, 403)
    ask("DELETE", f"/news/{identity}", None, 204, who="admin")
    ask("DELETE", f"/news/{identity}", None, 404, who="admin")
    world.run("portal", "news", "remove", news["id"])
    assert ask("GET", "/news")["items"] == []
    # The portal ends what is open when it stops.
    world.programs["portal"].stop()
    while listener.socket.recv(4096):
        pass
