# SPDX-License-Identifier: GPL-3.0-or-later
"""Many people at a portal, and what becomes of it when they all sign in at once."""
import json
import sqlite3
import threading
import time
import uuid

from services import UnixConnection

PASSWORD = "four words of the crowd"
# What one password takes, and how many are worked on at a time; and what else a process may grow by.
HASH_KIB = 46 * 1024
AT_A_TIME = 2
SOME_KIB = 48 * 1024

INSERT = """INSERT INTO user (id, login, login_key, name, email, email_key, role, partner_id, partner_name, active,
 password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, 'viewer', ?, 'The crowd', ?, ?, 1)"""


def add_crowd(portal, logins, active=True, password=True, partner_id=None):
    """Users of a portal that is not running yet, all with PASSWORD: by the command line it would take minutes."""
    if "crowd" not in (row["login"] for row in portal.json("user", "list")):
        portal.run("user", "add", "crowd", "--role", "manager")
        portal.run("user", "password", "crowd", secret=PASSWORD)
    db = sqlite3.connect(f"{portal.data}/portal.db")
    with db:
        known, = db.execute("SELECT password_hash FROM user WHERE login = 'crowd'").fetchone()
        db.executemany(INSERT, ((str(uuid.uuid4()), login, login, login, f"{login}@crowd.example",
                                 f"{login}@crowd.example", partner_id or str(uuid.UUID(int=1)), int(active),
                                 known if password else None) for login in logins))
    db.close()


def memory(pid, name):
    """VmRSS or VmHWM of a process, in KiB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name + ":"))


class Client:
    """One that keeps its connection."""

    def __init__(self, path):
        self.connection = UnixConnection(path)

    def ask(self, method, path, body=None, address=None, token=None):
        """(status, milliseconds, answer)"""
        headers = {**({"X-Real-IP": address} if address else {}),
                   **({"Authorization": f"Bearer {token}"} if token else {})}
        data = json.dumps(body).encode() if body is not None else None
        began = time.perf_counter()
        self.connection.request(method, path, data, headers)
        response = self.connection.getresponse()
        answer = response.read()
        return response.status, (time.perf_counter() - began) * 1000, answer

    def sign_in(self, login, password, address=None):
        return self.ask("POST", "/api/v1/session", {"login": login, "password": password}, address)


def storm(path, tries, on_start=None, on_answer=None):
    """Signs in with all (login, password) at once; {status: how many}. on_start is called when all are connected,
    on_answer with the status of each."""
    lock = threading.Lock()
    counts = {}
    start = threading.Barrier(len(tries), on_start)

    def sign_in(login, password):
        client = Client(path)
        client.connection.connect()
        start.wait(60)
        status, _, _ = client.sign_in(login, password)
        client.connection.close()
        with lock:
            counts[status] = counts.get(status, 0) + 1
            if on_answer:
                on_answer(status)

    threads = [threading.Thread(target=sign_in, args=one) for one in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counts
