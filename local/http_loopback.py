"""A small HTTP server on a free port of the loopback interface."""

from __future__ import annotations

import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """Keeps connections alive, answers with a length, prints nothing."""

    protocol_version = "HTTP/1.1"
    # Header and body in one packet: else the client's delayed acknowledgement costs 40 ms a request.
    wbufsize = 65536
    disable_nagle_algorithm = True

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server:
    """Serves in a thread of its own from construction until `close`; `host` is `127.0.0.1:<port>`."""

    def __init__(self, handler: type[Handler], name: str, tls: ssl.SSLContext | None = None):
        self._server = _Quiet(("127.0.0.1", 0), handler)
        if tls:
            self._server.socket = over_tls(tls, self._server.socket)
        self.host = f"127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name=name, daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def over_tls(tls: ssl.SSLContext, listening: socket.socket) -> ssl.SSLSocket:
    """Whoever handles a connection shakes hands at its first read, so that none waits for another's."""
    return tls.wrap_socket(listening, server_side=True, do_handshake_on_connect=False)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that died, such as a function that was killed, is no news here."""
