# SPDX-License-Identifier: GPL-3.0-or-later
"""A proxy between two Unix sockets that passes HTTP on byte by byte, or spoils it as it is told."""
import os
import socket
import threading

PATIENCE = 30


class Cut(Exception):
    """The connection ends here."""


class Message:
    """A request or an answer, as it came."""

    def __init__(self, raw, head):
        self.raw = raw
        self.first = raw.split(b"\r\n", 1)[0].decode("latin-1")
        self.head = head

    @property
    def path(self):
        return self.first.split(" ")[1]

    @property
    def status(self):
        return int(self.first.split(" ")[1])

    @property
    def body(self):
        return self.raw[self.head:]


class Wire:
    """One end of a connection."""

    def __init__(self, sock):
        self.sock = sock
        self.rest = b""

    @classmethod
    def connect(cls, path):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.settimeout(PATIENCE)
        sock.connect(path)
        return cls(sock)

    def more(self):
        chunk = self.sock.recv(65536)
        if not chunk:
            raise Cut
        self.rest += chunk

    def receive(self):
        """A whole message; Cut if the other side ends before."""
        while b"\r\n\r\n" not in self.rest:
            self.more()
        head = self.rest.index(b"\r\n\r\n") + 4
        fields = dict(line.lower().split(b":", 1) for line in self.rest[:head].split(b"\r\n")[1:] if b":" in line)
        if fields.get(b"transfer-encoding", b"").strip() == b"chunked":
            while not self.rest.endswith(b"0\r\n\r\n"):
                self.more()
            size = len(self.rest)
        else:
            size = head + int(fields.get(b"content-length", b"0"))
            while len(self.rest) < size:
                self.more()
        raw, self.rest = self.rest[:size], self.rest[size:]
        return Message(raw, head)

    def send(self, data):
        self.sock.sendall(data)

    def wait_until_closed(self, patience):
        """Until the other side has gone."""
        self.sock.settimeout(patience)
        try:
            while self.sock.recv(65536):
                pass
        except OSError:
            pass

    def close(self):
        self.sock.close()


class Proxy:
    """Listens at path and passes on to target. fault(proxy, wire, request) spoils requests if it is set: it sends
    what the caller shall see, or raises Cut; with unread set, the request is not even read. Each request that was
    passed on is kept, for deliveries out of order."""

    def __init__(self, path, target):
        self.path = path
        self.target = target
        self.fault = None
        self.failure = None   # what went wrong in the proxy itself
        self.requests = []    # those that came
        self.passed = []      # those that the target got whole
        self.listener = None
        self.listen()

    def listen(self):
        if os.path.exists(self.path):
            os.unlink(self.path)
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(self.path)
        self.listener.listen(64)
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def refuse(self):
        """From now on nobody listens; the socket's name stays."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def accept(self, listener):
        while True:
            try:
                sock = listener.accept()[0]
            except OSError:
                return
            sock.settimeout(PATIENCE)
            threading.Thread(target=self.serve, args=(Wire(sock),), daemon=True).start()

    def serve(self, wire):
        try:
            while True:
                if getattr(self.fault, "unread", False):
                    # Closing while there is something to read tells the caller of a reset, not of an end.
                    wire.sock.recv(1, socket.MSG_PEEK)
                    raise Cut
                request = wire.receive()
                self.requests.append(request)
                if self.fault is not None:
                    self.fault(self, wire, request)
                else:
                    wire.send(self.deliver(request).raw)
        except (Cut, OSError):
            pass
        except Exception as error:  # told to the test, which looks here
            self.failure = error
        finally:
            wire.close()

    def deliver(self, request):
        """The target's answer."""
        target = Wire.connect(self.target)
        try:
            target.send(request.raw)
            answer = target.receive()
            self.passed.append(request)
            return answer
        finally:
            target.close()

    def deliver_part(self, request, size):
        """The target gets the first bytes of a request, then the end of the connection."""
        target = Wire.connect(self.target)
        try:
            target.send(request.raw[:size])
            target.sock.shutdown(socket.SHUT_WR)
            target.wait_until_closed(PATIENCE)
        except OSError:
            pass
        finally:
            target.close()


def answer(status, body=b"", content_type="application/json", **headers):
    """The bytes of an answer."""
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}", f"Content-Type: {content_type}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
