# SPDX-License-Identifier: GPL-3.0-or-later
"""data/openapi.yaml as something that requests and answers are held against, and a portal and a base to ask."""
import base64
import contextlib
import copy
import http.server
import json
import os
import re
import shutil
import socketserver
import sqlite3
import tempfile
import threading
import urllib.parse
import uuid

import jsonschema
import yaml

from services import Program, Service, UnixConnection

PASSWORD = "the-password-of-everybody"
METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
SIDES = ("portal", "base")
OWN_ROLES = ("administrator", "manager", "exchange")
ROLES = ("administrator", "manager", "head", "buyer", "viewer", "exchange")
PREFIX = {"portal": "", "base": "/trade/hs/ExchangePortal"}
NOBODY = "00000000-0000-4000-8000-000000000000"
TO_BASE = ("order", "document-request", "task-decision", "user-state")  # and comments


class StrictLoader(yaml.SafeLoader):
    """YAML that refuses a key that stands twice."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep) for key, _ in node.value]
        for key in keys:
            assert keys.count(key) == 1, f"line {node.start_mark.line + 1}: “{key}” stands twice"
        return super().construct_mapping(node, deep)


def plain(name):
    """An operation's name, whatever the parts of its path are called."""
    return re.sub(r"\{[^}]*\}", "{}", name)


class Operation:
    def __init__(self, side, prefix, path, method, value):
        self.side, self.method, self.value = side, method.upper(), value
        self.path = prefix + path
        self.name = plain(f"{side} {self.method} {self.path}")
        self.id = value.get("operationId")
        self.is_open = value.get("security") == []
        self.is_peer = {"peerToken": []} in value.get("security", [])
        self.roles = value.get("x-roles")
        if isinstance(self.roles, dict):  # the ends differ
            self.roles = self.roles[side]
        self.pattern = re.compile("".join("[^/]+" if part.startswith("{") else re.escape(part)
                                          for part in re.split(r"(\{[^}]*\})", self.path)) + "$")

    def fill(self, value=NOBODY):
        return re.sub(r"\{[^}]*\}", value, self.path)


class Document:
    """The document, and what has been held against it."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.tree = yaml.load(file, StrictLoader)
        self.operations = []
        for path, item in self.tree["paths"].items():
            for method in METHODS:
                for server in item.get("servers", self.tree["servers"]) if method in item else ():
                    address = urllib.parse.urlsplit(server["url"])
                    self.operations.append(Operation(address.hostname.split(".")[0], address.path, path, method,
                                                     item[method]))
        self.seen = {}   # operation -> statuses
        self.kinds = set()  # that have gone through a relay
        self.wrong = []  # what the relay has found

    def find(self, pointer):
        node = self.tree
        for part in pointer[2:].split("/"):
            part = part.replace("~1", "/").replace("~0", "~")
            assert isinstance(node, dict) and part in node, f"there is no {pointer}"
            node = node[part]
        return node

    def follow(self, node):
        return self.follow(self.find(node["$ref"])) if "$ref" in node else node

    def errors(self, schema, value):
        """What is wrong with the value, in words."""
        whole = {**schema, "components": self.tree["components"]}
        checker = jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker())
        found = []
        for error in checker.iter_errors(value):
            error = jsonschema.exceptions.best_match([error])
            found.append(f"{'/'.join(map(str, error.absolute_path)) or 'the whole'}: {error.message[:600]}")
        return found

    def errors_of_messages(self, value):
        """The same for messages, each by its own kind, so that the words say what is wrong with it."""
        found = self.errors({"$ref": "#/components/schemas/Messages"}, value)
        kinds = self.find("#/components/schemas/Message")["discriminator"]["mapping"]
        messages = value.get("messages", []) if isinstance(value, dict) else []
        if found and isinstance(messages, list):
            found = [f"{message.get('kind')}: {text}" for message in messages
                     for text in self.errors({"$ref": kinds.get(message.get("kind"), "#/none")}
                                             if message.get("kind") in kinds else {"not": {}}, message)] or found
        return found

    def errors_in(self, media, value):
        schema = media["schema"]
        if schema.get("$ref") == "#/components/schemas/Messages":
            return self.errors_of_messages(value)
        return self.errors(schema, value)

    def operation(self, side, method, path):
        path = path.partition("?")[0]
        found = [o for o in self.operations if o.side == side and o.method == method and o.pattern.match(path)]
        exact = [o for o in found if o.path == path]
        assert len(exact or found) == 1, f"{side} {method} {path}: {len(found)} such operations in the document"
        return (exact or found)[0]

    def check(self, side, method, path, request, status, headers, answer):
        """Holds one request and its answer against the document; gives the answer, parsed."""
        operation = self.operation(side, method, path)
        where = f"{side} {method} {path}: {status}"
        body = operation.value.get("requestBody")
        body = self.follow(body) if body is not None else None
        if body is not None and status < 300 and (request or body.get("required")):
            (media_type, media), = body["content"].items()
            if media_type == "application/json":
                errors = self.errors_in(media, json.loads(request))
                assert not errors, f"{where}: the request: {errors}"
        responses = operation.value["responses"]
        assert str(status) in responses or ("default" in responses and status >= 400), \
            f"{where} is not in the document; the answer was {answer[:300]}"
        response = self.follow(responses.get(str(status), responses["default"]))
        for name, header in response.get("headers", {}).items():
            errors = self.errors(header["schema"], headers.get(name))
            assert not errors, f"{where}: {name}: {errors}"
        content = response.get("content")
        if content is None:
            assert answer == b"", f"{where}: {answer[:300]}"
            value = None
        else:
            media_type = (headers.get("Content-Type") or "").partition(";")[0]
            assert media_type in content, f"{where}: {media_type} is not in the document"
            value = json.loads(answer) if media_type.endswith("json") else \
                answer.decode() if media_type == "text/plain" else answer
            errors = self.errors_in(content[media_type], value) if value is not answer else []
            assert not errors, f"{where}: the answer: {errors}"
            if media_type == "application/problem+json":
                assert value["status"] == status, f"{where}: {value}"
        self.seen.setdefault(operation.name, set()).add(status)
        return value

    def note_kinds(self, text):
        """The order of kinds is part of the contract."""
        order = self.find("#/components/schemas/Kind")["enum"]
        kinds = [message["kind"] for message in json.loads(text).get("messages", [])]
        assert kinds == sorted(kinds, key=order.index), f"out of order: {kinds}"
        self.kinds.update(kinds)


class Relay(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Stands before a service on a socket of its own, and holds against the document what goes through."""
    daemon_threads = True

    def __init__(self, document, side, path, target):
        super().__init__(path, RelayHandler)
        self.document, self.side, self.target = document, side, target
        self.gate = threading.Event()  # closed, it holds requests back
        self.gate.set()
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()

    def end(self):
        self.gate.set()
        self.shutdown()
        self.thread.join()
        self.server_close()


class RelayHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def address_string(self):
        return "relay"

    def log_message(self, *arguments):
        pass

    def pass_on(self):
        request = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.gate.wait(30)
        headers = {name: self.headers[name] for name in ("Authorization", "Content-Type") if name in self.headers}
        connection = UnixConnection(self.server.target)
        self.close_connection = True
        try:
            connection.request(self.command, self.path, request or None, headers)
            response = connection.getresponse()
            answer = response.read()
        except OSError:
            return  # the service is away: so is the relay
        document = self.server.document
        try:
            document.check(self.server.side, self.command, self.path, request, response.status, response.headers,
                           answer)
            for text in (request, answer):
                if response.status == 200 and text.startswith(b"{"):
                    document.note_kinds(text)
        except Exception as error:
            document.wrong.append(f"{type(error).__name__}: {error}")
        self.send_response(response.status)
        for name in ("Content-Type", "Retry-After", "WWW-Authenticate"):
            if response.getheader(name):
                self.send_header(name, response.getheader(name))
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
        self.close_connection = False
        connection.close()

    do_GET = do_POST = do_PUT = do_DELETE = pass_on


class World:
    """A fresh portal and base, and whoever asks them."""

    made = {}  # by side and what has been done to it: a folder that the next world begins with

    def __init__(self, options, document):
        # A short path: a Unix socket's has 107 bytes.
        self.folder = tempfile.mkdtemp(prefix="kab-", dir="/tmp")
        self.document = document
        self.relays = {}
        self.tokens = {}
        self.programs = {}
        self.demo = os.path.abspath(options.demo_files)
        self.untouched = set()  # sides to which nothing has been done
        for side, program in zip(SIDES, (options.portal, options.base)):
            self.programs[side] = Program(os.path.abspath(program), self.path(side))
            self.begin(side, "EX", self.add_exchange_user)
            self.untouched.add(side)

    def begin(self, side, what, make):
        """The side with something in it, which is made once and copied then."""
        if (side, what) not in World.made:
            if not os.path.exists(self.path(side)):
                os.mkdir(self.path(side), 0o700)
            make(side)
            World.made[side, what] = tempfile.TemporaryDirectory(prefix="kab-")
            shutil.copytree(self.path(side), os.path.join(World.made[side, what].name, side))
        else:
            shutil.rmtree(self.path(side), ignore_errors=True)
            shutil.copytree(os.path.join(World.made[side, what].name, side), self.path(side))

    def add_exchange_user(self, side):
        self.run(side, "user", "add", "EX", "--role", "exchange")
        self.run(side, "user", "password", "EX", secret=PASSWORD)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def run(self, side, *arguments, secret=None):
        self.untouched.discard(side)
        return self.programs[side].run(*arguments, secret=secret)

    def serve(self, side):
        self.untouched.discard(side)
        self.programs[side].serve("unix:" + self.path(side + ".sock"), self.path(side + ".log"))

    def end(self):
        for program in self.programs.values():
            program.stop()
        for relay in self.relays.values():
            relay.end()
        shutil.rmtree(self.folder)

    def import_goods(self):
        """What the base publishes: the demo's goods and partners, and one who may sign in."""
        if "base" in self.untouched:
            self.begin("base", "goods", self.publish_goods)
            self.untouched.discard("base")
        else:
            self.publish_goods("base")

    def publish_goods(self, side):
        with open(os.path.join(self.demo, "people.json"), encoding="utf-8") as file:
            people = json.load(file)
        self.run(side, "import", os.path.join(self.demo, "commerceml"))
        for name, value in people["organisation"].items():
            self.run(side, "settings", "set", f"organisation.{name.replace('_', '-')}", value)
        self.run(side, "partner", "set", "0002001137", "--price-type", "Оптовая", "--manager", "Лукина М. Е.")
        self.run(side, "contact", "publish", "a.kiselnikov@kisel-montazh.example", "--login", "kiselnikov",
                 "--role", "head")

    def connect(self):
        """Both serve, and know each other through the relays."""
        key = json.loads(self.run("portal", "key", "create", "EX", "--json").stdout)
        self.key = f"{key['client_id']}:{key['client_secret']}"
        for side in SIDES:
            self.serve(side)
            path = self.path(side[0] + ".sock")
            self.relays[side] = Relay(self.document, side, path, self.path(side + ".sock"))
            self.run("base" if side == "portal" else "portal", "settings", "set", "exchange.address", "unix:" + path)
        self.run("base", "settings", "set", "exchange.client-id", key["client_id"])
        self.run("base", "settings", "set", "exchange.client-secret", secret=key["client_secret"])
        self.run("portal", "settings", "set", "exchange.login", "EX")
        self.run("portal", "settings", "set", "exchange.password", secret=PASSWORD)

    def exchange(self):
        """Both ends tell each other what there is to tell."""
        for side in ("base", "portal", "base", "portal"):
            self.run(side, "run")
        for side in SIDES:
            with contextlib.closing(sqlite3.connect(self.path(side, side + ".db"))) as db:
                assert db.execute("SELECT count(*) FROM queue").fetchone() == (0,), self.programs[side].json("queue")[:3]

    def add_order(self):
        """An order of the example's product; its id is made at the portal."""
        self.run("portal", "user", "password", "kiselnikov", secret=PASSWORD)
        self.ask("portal", "PUT", "/api/v1/basket/" + example(self.document, "product")[0]["id"],
                 {"quantity": "12.5"}, "kiselnikov", 200)
        self.order = self.ask("portal", "POST", "/api/v1/orders", {"place": True}, "kiselnikov", 200,
                              headers={"Idempotency-Key": str(uuid.uuid4())})["id"]

    def portal_messages(self):
        """The examples of what a portal takes, in order; the order that they speak of is made when it can be."""
        for kind in self.document.find("#/components/schemas/Kind")["enum"]:
            if kind == "order":
                self.add_order()
            if kind in TO_BASE:
                continue
            messages = example(self.document, kind)
            for message in messages:
                about = message["body"].get("order_id")
                if about == message["id"] or kind == "client-order":
                    message["id"] = self.order
                if about is not None:
                    message["body"]["order_id"] = self.order
            yield kind, messages

    def add_user(self, side, login, role):
        """Somebody with a role; people of partners without a partner, as no command would make them."""
        self.run(side, "user", "add", login, "--role", role if role in OWN_ROLES else "manager")
        self.run(side, "user", "password", login, secret=PASSWORD)
        if role not in OWN_ROLES:
            with contextlib.closing(sqlite3.connect(self.path(side, side + ".db"))) as db, db:
                db.execute("UPDATE user SET role = ? WHERE login = ?", (role, login))

    def ask(self, side, method, path, body=None, who=None, expect=None, headers=None):
        """Asks as a user, or with a header of its own, holds the answer against the document, and gives it."""
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        headers = dict(headers or {})
        if who is not None:
            headers["Authorization"] = self.authorize(side, who)
        connection = UnixConnection(self.path(side + ".sock"))
        try:
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            status, answer = response.status, response.read()
        finally:
            connection.close()
        assert expect is None or status == expect, f"{side} {method} {path}: {status}, not {expect}: {answer[:300]}"
        return self.document.check(side, method, path, data, status, response.headers, answer)

    def authorize(self, side, who):
        if (side, who) not in self.tokens:
            service = Service(self.path(side + ".sock"))
            service.sign_in(who, PASSWORD)
            self.tokens[side, who] = "Bearer " + service.token
        return self.tokens[side, who]

    def deliver(self, side, messages):
        """[(outcome, detail)] of messages from the other end."""
        answer = self.ask(side, "POST", PREFIX[side] + "/exchange/v1/messages", {"messages": messages}, expect=200,
                          headers={"Authorization": basic(f"EX:{PASSWORD}")})
        return self.read_answers(messages, answer)

    def deliver_wrongly(self, side, messages):
        """The same for messages that the document does not allow; (400, why) if the request is refused."""
        service = Service(self.path(side + ".sock"))
        status, answer = service.ask("POST", PREFIX[side] + "/exchange/v1/messages", {"messages": messages},
                                     {"Authorization": basic(f"EX:{PASSWORD}")})
        return self.read_answers(messages, answer) if status == 200 else [(status, answer["detail"])]

    @staticmethod
    def read_answers(messages, answer):
        assert [(a["kind"], a["id"], a["version"]) for a in answer["answers"]] == \
            [(m["kind"], m["id"], m.get("version", 1)) for m in messages], answer  # as they came
        return [(a["outcome"], a.get("detail")) for a in answer["answers"]]


def basic(credentials):
    return "Basic " + base64.b64encode(credentials.encode()).decode()


def walk(node, path="#"):
    yield path, node
    for key, child in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from walk(child, f"{path}/{str(key).replace('~', '~0').replace('/', '~1')}")


def example(document, kind):
    return copy.deepcopy(document.find("#/components/examples")[kind]["value"]["messages"])


def fields(document, schema, value, place=()):
    """Every object inside the value: its place, the names it has to have, the names it may have."""
    schema = document.follow(schema)
    parts = [schema, *(document.follow(part) for part in schema.get("allOf", ()))]
    if isinstance(value, list):
        items = [part["items"] for part in parts if "items" in part][0]
        for i, one in enumerate(value[:1]):
            yield from fields(document, items, one, (*place, i))
    elif isinstance(value, dict):
        yield place, [name for part in parts for name in part.get("required", ())]
        for name, one in value.items():
            inner = [part["properties"][name] for part in parts if "items" in
                     document.follow(part.get("properties", {}).get(name, {}))]
            if inner:
                yield from fields(document, inner[0], one, (*place, name))


def reach(value, place):
    for part in place:
        value = value[part]
    return value
