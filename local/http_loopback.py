"""A small HTTP server on the loopback interface."""

from __future__ import annotations

import contextlib
import socket
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Handler(BaseHTTPRequestHandler):
    """Keeps connections alive, answers with a length, prints nothing."""

    protocol_version = "HTTP/1.1"
    # Header and body in one packet: else the client's delayed acknowledgement costs 40 ms a request.
    wbufsize = 65536
    disable_nagle_algorithm = True

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer(
        self, status: int, body: bytes = b"", headers: dict[str, str] | None = None, cut: bool = False
    ) -> None:
        """With `cut`, the connection breaks in the middle of the body."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        if cut:
            self.wfile.flush()
            self.hang_up()

    def hang_up(self) -> None:
        """Leaves the client without an answer."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        pass


class Server:
    """Serves in a thread of its own from construction until `close`; port 0 is any free one.

    `host` is `127.0.0.1:<port>`.
    """

    def __init__(
        self, handler: type[Handler], name: str, tls: ssl.SSLContext | None = None, port: int = 0
    ) -> None:
        self._server = _Quiet(("127.0.0.1", port), handler)
        if tls:
            # Whoever handles a connection shakes hands at its first read: none waits for another's.
            self._server.socket = tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.host = f"127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name=name, daemon=True
        )
        self._thread.start()

    @property
    def accepted(self) -> int:
        """How many connections there were."""
        return self._server.accepted

    def hang_up(self) -> int:
        """Closes the connections that are open, as servers do with those that idle; returns how many."""
        return self._server.hang_up()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self.hang_up()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    # Many processes may start at once.
    request_queue_size = 128

    def __init__(self, *arguments: Any) -> None:
        self.accepted = 0
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self.accepted += 1
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> int:
        with self._lock:
            for each in self._open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            return len(self._open)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that died, such as a function that was killed, is no news here."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)
