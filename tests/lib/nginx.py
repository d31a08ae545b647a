#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""nginx with the set-up that is shipped, in a folder of its own and without any right.

nginx.py CONFIGURATION PROGRAM [ARGUMENTS]: runs a test program behind it. KAB_TEST_PORTAL_PROXY is
the portal's address then, KAB_TEST_PORTAL_CA the file of its authority, and KAB_TEST_PORTAL_SOCKET
what the program has to link to the socket of its portal.
"""
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

MAIN = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log notice;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def find():
    found = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    fetched = os.environ.get("KABINET_NGINX", "")
    return found or (fetched if os.access(fetched, os.X_OK) else None)


def free_ports(n):
    sockets = [socket.socket() for _ in range(n)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def replace(text, pattern, value):
    changed, n = re.subn(pattern, value, text)
    if n == 0:
        raise AssertionError(f"the configuration has no {pattern}")
    return changed


class Nginx:
    """In front of the portal that listens on the Unix socket at self.socket."""

    def __init__(self, configuration, certificate="good", base=True, rates=True):
        self.folder = tempfile.mkdtemp(prefix="kab-nginx-")
        self.socket = os.path.join(self.folder, "portal.sock")
        self.ca = os.path.join(self.folder, "ca.pem")
        self.configuration = configuration
        self.certificate = certificate
        self.base = base
        self.rates = rates
        here = os.path.dirname(os.path.abspath(__file__))
        subprocess.run([os.path.join(here, "make-certificates.sh"), self.folder], check=True)
        for _ in range(5):
            self.plain_port, self.port = free_ports(2)
            self.write()
            if self.start():
                return
        raise AssertionError(open(os.path.join(self.folder, "error.log"), encoding="utf-8").read())

    def write(self):
        """Only addresses and paths are others, and for suites the rates."""
        with open(self.configuration, encoding="utf-8") as file:
            site = file.read()
        site = replace(site, r"listen \[::\]:\d+( ssl)?;", "")
        site = replace(site, r"listen 80;", f"listen 127.0.0.1:{self.plain_port};")
        site = replace(site, r"listen 443 ssl;", f"listen 127.0.0.1:{self.port} ssl;")
        site = replace(site, r"portal\.example", "localhost")
        site = replace(site, r"unix:/run/kabinet-portal/portal\.sock", f"unix:{self.socket}")
        site = replace(site, r"/etc/ssl/kabinet/portal\.pem", f"{self.folder}/{self.certificate}.pem")
        site = replace(site, r"/etc/ssl/kabinet/portal\.key", f"{self.folder}/server.key")
        if self.base:
            site = replace(site, r"# 198\.51\.100\.7 1;", "127.0.0.1 1;")
        if not self.rates:
            site = replace(site, r"rate=\d+r/[sm]", "rate=100000r/s")
        with open(os.path.join(self.folder, "site.conf"), "w", encoding="utf-8") as file:
            file.write(site)
        user = "user root;" if os.geteuid() == 0 else ""
        with open(os.path.join(self.folder, "nginx.conf"), "w", encoding="utf-8") as file:
            file.write(MAIN.format(folder=self.folder, user=user))

    def start(self):
        self.process = subprocess.Popen(
            [find(), "-p", self.folder, "-e", f"{self.folder}/error.log", "-c", f"{self.folder}/nginx.conf"],
            stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while self.process.poll() is None and time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return True
            except OSError:
                time.sleep(0.01)
        self.process.poll() is None and self.process.kill()
        self.process.wait()
        return False

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        shutil.rmtree(self.folder)


def main():
    if find() is None:
        print("1..0 # SKIP nginx is not installed")
        return 0
    nginx = Nginx(sys.argv[1], rates=False)
    try:
        return subprocess.run(sys.argv[2:], check=False, env={
            **os.environ, "KAB_TEST_PORTAL_PROXY": f"https://localhost:{nginx.port}",
            "KAB_TEST_PORTAL_CA": nginx.ca, "KAB_TEST_PORTAL_SOCKET": nginx.socket}).returncode
    finally:
        nginx.stop()


if __name__ == "__main__":
    sys.exit(main())
