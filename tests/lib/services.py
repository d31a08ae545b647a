# SPDX-License-Identifier: GPL-3.0-or-later
"""The command-line programs and the services' HTTP, for end-to-end tests."""
import http.client
import json
import os
import socket
import subprocess
import time


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Service:
    """A desktop's view of a service on a Unix socket, without a desktop."""

    def __init__(self, path):
        self.path = path
        self.token = None

    def ask(self, method, path, body=None, headers=None):
        """(status, answer): the answer is parsed if it is JSON, else bytes."""
        connection = UnixConnection(self.path)
        all_headers = dict(headers or {})
        if self.token and "Authorization" not in all_headers:
            all_headers["Authorization"] = f"Bearer {self.token}"
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        try:
            connection.request(method, path, data, all_headers)
            response = connection.getresponse()
            answer = response.read()
            if (response.getheader("Content-Type") or "").partition(";")[0].endswith("json"):
                answer = json.loads(answer)
            return response.status, answer
        finally:
            connection.close()

    def sign_in(self, login, password):
        status, answer = self.ask("POST", "/api/v1/session", {"login": login, "password": password})
        assert status == 200, answer
        self.token = answer["token"]
        return answer["user"]


class Program:
    """kabinet-portal or kabinet-base with a data folder."""

    def __init__(self, path, data):
        self.path = path
        self.data = data
        self.process = None

    def run(self, *arguments, secret=None, check=True):
        result = subprocess.run([self.path, "--data", self.data, *arguments], input=secret, text=True,
                                capture_output=True, timeout=120, env={**os.environ, "LC_ALL": "C.UTF-8"})
        if check and result.returncode != 0:
            raise AssertionError(f"{os.path.basename(self.path)} {' '.join(arguments)}: {result.stderr.strip()}")
        return result

    def json(self, *arguments):
        return json.loads(self.run(*arguments, "--json").stdout)

    def serve(self, listen, log, *arguments):
        self.log = open(log, "ab")
        self.process = subprocess.Popen([self.path, "--data", self.data, "serve", "--listen", listen, *arguments],
                                        stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline()
        if b"Listening" not in line and not line:
            raise AssertionError(f"{self.path} did not start; see {log}")
        return self

    def stop(self):
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(30)
        self.process.stdout.close()
        self.log.close()
        self.process = None
        return code


def wait(what, attempt, patience=30):
    end = time.monotonic() + patience
    while True:
        answer = attempt()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"not within {patience} s: {what}")
        time.sleep(0.02)
