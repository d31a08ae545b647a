# SPDX-License-Identifier: GPL-3.0-or-later
"""A real mail server on loopback, with TLS and a login, that answers as it is told."""
import asyncio
import email
import email.policy
import logging
import os
import socket
import ssl
import subprocess
import threading
import warnings

from aiosmtpd.smtp import SMTP, AuthResult

LOGIN = "portal@sklad.example"

# What goes wrong here is meant to.
logging.getLogger("mail").setLevel(logging.CRITICAL + 1)
warnings.simplefilter("ignore")


class Authority:
    """A certificate authority of its own, and a certificate for localhost."""

    def __init__(self, folder):
        self.folder = folder
        self.file = os.path.join(folder, "ca.pem")
        key, request, certificate, extensions = (os.path.join(folder, name) for name in
                                                 ("server.key", "server.csr", "server.pem", "extensions"))
        with open(extensions, "w", encoding="utf-8") as file:
            file.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        self.openssl("req", "-x509", *curve, "-days", "2", "-subj", "/CN=Test authority", "-keyout",
                     os.path.join(folder, "ca.key"), "-out", self.file)
        self.openssl("req", *curve, "-subj", "/CN=localhost", "-keyout", key, "-out", request)
        self.openssl("x509", "-req", "-in", request, "-CA", self.file, "-CAkey", os.path.join(folder, "ca.key"),
                     "-CAcreateserial", "-days", "2", "-extfile", extensions, "-out", certificate)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, timeout=30, cwd=self.folder)


class MailServer:
    """security is "starttls", "tls" or "none"; with a password, nobody writes who has not signed in."""

    def __init__(self, context=None, security="starttls", password=None, port=0):
        self.context, self.security, self.password = context, security, password
        self.letters = []   # (recipient, message)
        self.refuse = {}    # recipient -> replies, one for each of the next times
        self.signed_in = [] # (login, password) that were tried
        self.senders = 0    # how many letters were begun
        self.reached = threading.Event()  # a letter has come whole
        self.go = threading.Event()       # closed, it is not acknowledged
        self.go.set()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(self.start(port), self.loop).result(10)
        self.port = self.server.sockets[0].getsockname()[1]

    async def start(self, port):
        return await self.loop.create_server(
            self.make, "127.0.0.1", port, ssl=self.context if self.security == "tls" else None)

    def make(self):
        starttls = self.security == "starttls"
        return SMTP(self, loop=self.loop, hostname="localhost", tls_context=self.context if starttls else None,
                    require_starttls=starttls, auth_required=self.password is not None,
                    auth_require_tls=starttls, authenticator=self.authenticate)

    def authenticate(self, server, session, envelope, mechanism, data):
        self.signed_in.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=self.signed_in[-1] == (LOGIN, self.password), handled=False)

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.senders += 1
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        replies = self.refuse.get(address)
        if replies:
            return replies.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters += [(recipient, message) for recipient in envelope.rcpt_tos]
        self.reached.set()
        await self.loop.run_in_executor(None, self.go.wait, 30)
        return "250 Taken"

    def stop(self):
        self.go.set()

        async def close():
            self.server.close()
            await self.server.wait_closed()
            for task in asyncio.all_tasks():
                if task is not asyncio.current_task():
                    task.cancel()

        asyncio.run_coroutine_threadsafe(close(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()


class PlainServer:
    """Offers a login and no TLS, and keeps all that is said to it."""

    def __init__(self):
        self.heard = b""
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(10)
                try:
                    connection.sendall(b"220 plain.example ESMTP\r\n")
                    while line := connection.recv(4096):
                        self.heard += line
                        connection.sendall(b"250-plain.example\r\n250 AUTH PLAIN LOGIN\r\n"
                                           if line.startswith(b"EHLO") else b"250 OK\r\n")
                except OSError:
                    pass

    def stop(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(10)
