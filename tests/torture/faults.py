# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways in which a network, or what stands in it, spoils a request."""
import contextlib
import json
import threading

from proxy import Cut, answer

PROBLEM = "application/problem+json"
HTML = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>"
CUT = "connection ended"
NONSENSE = "something else"


class Fault:
    """act(fault, proxy, wire, request) is what becomes of a request with messages.

    words: a pattern for what the run says; costs: attempts that it costs each entry, None if either is right; applies:
    whether the other end takes the messages all the same; runs: how often it is tried; times: how many requests are
    spoiled; only_tokens: spoils the request for a token, which only the base makes; unread: any request, unread."""

    def __init__(self, name, act, words, costs=0, applies=False, runs=2, times=None, only_tokens=False, unread=False):
        self.name = name
        self.act = act
        self.words = words
        self.costs = costs
        self.applies = applies
        self.runs = 1 if costs else runs
        self.times = times
        self.only_tokens = only_tokens
        self.unread = unread
        self.over = threading.Event()

    @classmethod
    def says(cls, name, raw, words, **options):
        """The other end, or what stands before it, says these bytes."""
        return cls(name, lambda fault, proxy, wire, request: wire.send(raw), words, **options)

    @classmethod
    def status(cls, status, words=None, headers=None, **options):
        body = json.dumps({"title": "Torture", "status": status}).encode()
        raw = answer(status, body, PROBLEM, **(headers or {}))
        return cls.says(f"HTTP status {status}", raw, words or str(status), **options)

    @contextlib.contextmanager
    def on(self, proxy):
        self.over.clear()
        left = [self.times]

        def spoil(proxy, wire, request):
            part = "/sys/token" if self.only_tokens else "/messages"
            if part not in request.path or left[0] == 0:
                wire.send(proxy.deliver(request).raw)
                return
            if left[0] is not None:
                left[0] -= 1
            self.act(self, proxy, wire, request)
        spoil.unread = self.unread
        proxy.fault = spoil
        try:
            yield
        finally:
            proxy.fault = None
            self.over.set()


class Budget:
    """Lets so many bytes of the requests, or of the answers, through; then the connection ends."""

    def __init__(self, part, size):
        self.part = part
        self.left = size
        self.through = 0
        self.enough = True
        self.marks = set()  # where lines of the heads end: there, what was cut looks whole

    def mark(self, message):
        lines = message.raw[:message.head].split(b"\r\n")[:-1]
        self.marks |= {self.through + sum(len(x) + 2 for x in lines[:i + 1]) for i in range(len(lines))}
        self.through += len(message.raw)

    def spoil(self, proxy, wire, request):
        if self.part == "request":
            self.mark(request)
            if self.left < len(request.raw):
                self.enough = False
                proxy.deliver_part(request, self.left)
                raise Cut
            self.left -= len(request.raw)
            wire.send(proxy.deliver(request).raw)
            return
        message = proxy.deliver(request)
        self.mark(message)
        raw = message.raw
        wire.send(raw[:self.left])
        if self.left < len(raw):
            self.enough = False
            raise Cut
        self.left -= len(raw)

    @contextlib.contextmanager
    def on(self, proxy):
        proxy.fault = self.spoil
        try:
            yield
        finally:
            proxy.fault = None


def swallow(fault, proxy, wire, request):
    raise Cut


def lose_answer(fault, proxy, wire, request):
    proxy.deliver(request)
    raise Cut


def cut_answer(fault, proxy, wire, request):
    raw = proxy.deliver(request).raw
    wire.send(raw[:len(raw) // 2])
    raise Cut


def stall(fault, proxy, wire, request):
    """The request waits; it comes to the other end when the caller has gone."""
    wire.wait_until_closed(30)
    proxy.deliver(request)


def stall_answer(fault, proxy, wire, request):
    proxy.deliver(request)
    wire.wait_until_closed(30)


def stall_amid_answer(fault, proxy, wire, request):
    raw = proxy.deliver(request).raw
    wire.send(raw[:-5])
    wire.wait_until_closed(30)


def endless(first, more, pause=0.0):
    """Sends more and more, as fast as it is read or drop by drop."""
    def act(fault, proxy, wire, request):
        wire.send(first)
        while not fault.over.wait(pause):
            wire.send(more)
    return act


def answers_of(request, change):
    """An answer in which something is not as it was asked."""
    answers = [{"kind": x["kind"], "id": x["id"], "version": x["version"], "outcome": "applied"}
               for x in json.loads(request.body)["messages"]]
    return answer(200, json.dumps({"answers": change(answers)}).encode())


def misanswer(name, change):
    return Fault(f"200 with {name}", lambda fault, proxy, wire, request: wire.send(answers_of(request, change)),
                 NONSENSE, costs=1)


def nonsense():
    """What an end that is there may say instead of an answer; each costs an attempt."""
    shapes = {"an empty body": b"", "an empty object": b"{}", "an array": b"[1, 2, 3]", "a number": b"17",
              "JSON of another service": b'{"error": null, "items": [{"id": 5}]}',
              "answers that are a number": b'{"answers": 5}', "answers that are numbers": b'{"answers": [1, 2]}',
              "answers that are null": b'{"answers": [null, {}]}', "half of JSON": b'{"answers": [{"kind": "ord',
              "JSON without a bottom": b'{"answers": ' + b"[" * 500000, "bytes that are no text": bytes(range(256)),
              "an HTML page": HTML}
    found = [Fault.says(f"200 with {name}", answer(200, body, "text/html" if body is HTML else "application/json"),
                        NONSENSE, costs=1) for name, body in shapes.items()]
    found += [misanswer("an answer too few", lambda x: x[:-1]),
              misanswer("an answer too many", lambda x: x + x[:1]),
              misanswer("answers for other objects", lambda x: [{**a, "id": a["id"][::-1]} for a in x]),
              misanswer("answers for other versions", lambda x: [{**a, "version": a["version"] + 1} for a in x]),
              misanswer("an outcome that nobody knows", lambda x: [{**a, "outcome": "perhaps"} for a in x])]
    return found


def without_end(timeout):
    """Answers without an end. What is slow has to be given up in time, what is fast before it fills the memory."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    chunked = head + b"Transfer-Encoding: chunked\r\n\r\n"
    drop = timeout * 0.3
    words = "no answer in time|bigger|too big|connection ended|too long|something else|headers"
    acts = {"headers without end": endless(head, b"X-Filler: " + b"a" * 1000 + b"\r\n"),
            "one header without end": endless(head + b"X-Filler: ", b"a" * 4096),
            "headers without end, drop by drop": endless(head, b"X-Filler: a\r\n", drop),
            "chunks without end": endless(chunked, b"10000\r\n" + b"a" * 65536 + b"\r\n"),
            "chunks without end, drop by drop": endless(chunked, b"1\r\na\r\n", drop),
            "a terabyte": endless(head + b"Content-Length: 1000000000000\r\n\r\n", b"a" * 65536),
            "bytes without end": endless(head + b"Connection: close\r\n\r\n", b"a" * 65536),
            "bytes without end, drop by drop": endless(head + b"Connection: close\r\n\r\n", b"a", drop),
            "informational answers without end": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.001)}
    return [Fault(name, act, words, costs=None, runs=1) for name, act in acts.items()]


def faults(timeout):
    late = "no answer in time"
    return [
        Fault("reset before the answer", swallow, CUT, unread=True),
        Fault("the request swallowed", swallow, CUT),
        Fault("applied, the answer lost", lose_answer, CUT, applies=True),
        Fault("applied, reset in the answer", cut_answer, CUT, applies=True),
        Fault("delivered after the time-out", stall, late, applies=True, runs=1),
        Fault("applied, the answer after the time-out", stall_answer, late, applies=True, runs=1),
        Fault("applied, time-out in the answer", stall_amid_answer, late, applies=True, runs=1),
        Fault.says("not HTTP at all", b"220 mail.example ESMTP ready\r\n", f"{CUT}|{late}", costs=None, runs=1),
        Fault.status(500, costs=1),
        Fault.status(502),
        Fault.status(503, headers={"Retry_After": "1"}),
        Fault.status(504),
        Fault.status(429, costs=None, runs=1, headers={"Retry_After": "1"}),
        Fault.status(404, costs=None, runs=1),
        Fault.status(403, costs=None, runs=1),
        Fault.status(401, words="401|login and password|Sign in|accept", costs=None, runs=1),
        Fault.status(301, costs=None, runs=1, headers={"Location": "http://example.com/"}),
        Fault.status(204, costs=None, runs=1),
        *nonsense(),
        *without_end(timeout),
        Fault("the token request swallowed", swallow, CUT, only_tokens=True),
        Fault.says("no token but an HTML page", answer(200, HTML, "text/html"), "something else|token", costs=None,
                   only_tokens=True, runs=1),
    ]
