"""An HTTP/2 server of python3-h2 that does to its clients what they ask for by their paths.

usage: h2_server.py SETTINGS [CERTIFICATE KEY]

SETTINGS are those of each connection, as JSON, names as in h2.settings.SettingCodes. Prints the
port first, and then only what is wrong about the client.
"""

import hashlib
import json
import socket
import ssl
import sys
import threading

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import (
    ConnectionTerminated, DataReceived, PingAckReceived, RequestReceived, SettingsAcknowledged,
    StreamEnded, StreamReset, TrailersReceived, WindowUpdated)
from h2.exceptions import ProtocolError
from h2.settings import SettingCodes, Settings

LOCK = threading.Lock()  # one connection is served at a time: what they share needs no other
SEEN = set()  # paths that are refused once
RESETS = []  # codes of the clients' RST_STREAM
PROCESSED = []  # what /load was asked for
CONNECTIONS = []


def first_time(what):
    new = what not in SEEN
    SEEN.add(what)
    return new


class Stream:
    """One request, and what is still to be sent for it."""

    def __init__(self, number, headers):
        self.number = number
        self.method = headers[":method"]
        self.path, _, self.query = headers[":path"].partition("?")
        self.headers = headers
        self.length = 0
        self.digest = hashlib.sha256()
        self.body = bytearray()
        self.trailers = {}
        self.unsent = None
        self.sent = 0
        self.last = None


class Connection:
    def __init__(self, sock, settings):
        self.sock = sock
        self.h2 = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self.h2.local_settings = Settings(client=False, initial_values=settings)
        self.streams = {}
        self.most = 0
        self.first_authority = None
        self.pinging = []
        self.stalled = {}
        self.shrunk = []
        self.leaving = False
        CONNECTIONS.append(self)
        self.number = len(CONNECTIONS)

    def run(self):
        with LOCK:
            self.h2.initiate_connection()
            self.flush()
        while True:
            received = self.sock.recv(65536)
            if not received:
                return
            with LOCK:
                for event in self.h2.receive_data(received):
                    self.handle(event)
                for stream in list(self.streams.values()):
                    self.pump(stream)
                self.flush()
                if self.leaving and not self.streams:
                    self.sock.shutdown(socket.SHUT_WR)

    def flush(self):
        self.sock.sendall(self.h2.data_to_send())

    # ---- what comes

    def handle(self, event):
        stream = self.streams.get(getattr(event, "stream_id", None))
        if isinstance(event, RequestReceived):
            stream = Stream(event.stream_id, dict(event.headers))
            self.streams[stream.number] = stream
            self.most = max(self.most, len(self.streams))
            self.first_authority = self.first_authority or stream.headers[":authority"]
            self.begin(stream)
        elif isinstance(event, DataReceived):
            self.data(stream, event)
        elif isinstance(event, TrailersReceived) and stream:
            stream.trailers = dict(event.headers)
        elif isinstance(event, StreamEnded) and stream:
            self.complete(stream)
        elif isinstance(event, StreamReset):
            RESETS.append(int(event.error_code))
            self.streams.pop(event.stream_id, None)
        elif isinstance(event, PingAckReceived):
            self.answer(self.pinging.pop(0), event.ping_data.decode())
        elif isinstance(event, SettingsAcknowledged):
            if SettingCodes.INITIAL_WINDOW_SIZE in event.changed_settings:
                self.shrunk.append(event.changed_settings[SettingCodes.INITIAL_WINDOW_SIZE].new_value)
        elif isinstance(event, ConnectionTerminated) and event.error_code:
            print("the client goes away:", event.error_code, event.additional_data, flush=True)

    def data(self, stream, event):
        length = event.flow_controlled_length
        if stream is None:
            if length:
                self.h2.increment_flow_control_window(length)
            return
        stream.length += len(event.data)
        stream.digest.update(event.data)
        if stream.path == "/echo":
            stream.body += event.data
        if stream.path == "/stall" and stream.number in self.stalled:
            self.stalled[stream.number] += length
            return
        self.h2.acknowledge_received_data(length, stream.number)
        if stream.path == "/resize" and stream.length > 300_000:
            self.resize(stream, 1_000_000)

    def resize(self, stream, window):
        if first_time((stream, window)):
            self.h2.update_settings({SettingCodes.INITIAL_WINDOW_SIZE: window})

    # ---- what is done

    def begin(self, stream):
        """Its head has come."""
        path = stream.path
        if path == "/refused" and first_time(stream.query):
            self.reset(stream, ErrorCodes.REFUSED_STREAM)
        elif path == "/http11":
            self.reset(stream, ErrorCodes.HTTP_1_1_REQUIRED)
        elif path == "/away" and first_time(path):
            del self.streams[stream.number]
            self.leave(max(0, stream.number - 2))
        elif path == "/load":
            if self.leaving:
                del self.streams[stream.number]  # later than what GOAWAY has said
            elif stream.number > 40 and first_time(path):
                del self.streams[stream.number]
                self.leave(max(0, stream.number - 2))
        elif path == "/early":
            self.answer(stream, "x" * 50_000)
        elif path == "/stall":
            self.stalled[stream.number] = 0
        elif path == "/resize":
            self.resize(stream, 1_000)
        elif path == "/own" and stream.headers[":authority"] != self.first_authority:
            self.respond(stream, 421)

    def complete(self, stream):
        """All of it has come."""
        path = stream.path
        if path in ("/early", "/own") and stream.unsent is not None:
            return
        if path == "/echo":
            self.respond(stream, 200, bytes(stream.body), stream.trailers)
        elif path in ("/stall", "/resize"):
            self.answer(stream, "%d %s" % (stream.length, stream.digest.hexdigest()))
        elif path == "/resume":
            self.resume()
            self.answer(stream, "resumed")
        elif path == "/bytes":
            self.respond(stream, 200, b"0123456789" * (int(stream.query) // 10))
        elif path == "/held":
            self.answer(stream, str(sum(self.stalled.values())))
        elif path == "/sent":
            self.answer(stream, str(sum(s.sent for s in self.streams.values())))
        elif path == "/resets":
            self.answer(stream, " ".join(map(str, RESETS)))
        elif path == "/ping":
            self.pinging.append(stream)
            self.h2.ping(b"answer!!")
        elif path == "/hints":
            self.h2.send_headers(stream.number, [(":status", "103"), ("link", "</a.css>")])
            self.answer(stream, "hinted")
        elif path == "/trailers":
            self.respond(stream, 200, b"trailed", {"x-checksum": "7"})
        elif path == "/shrunk":
            self.answer(stream, str(self.shrunk))
        elif path == "/processed":
            self.answer(stream, "\n".join(PROCESSED))
        elif path == "/load":
            PROCESSED.append(stream.query)
            self.answer(stream, stream.query)
        else:
            self.answer(stream, "stream %d of %d" % (stream.number, self.number))

    def reset(self, stream, code):
        del self.streams[stream.number]
        self.h2.reset_stream(stream.number, code)

    def leave(self, last):
        self.leaving = True
        # Not by close_connection, after which h2 sends nothing more.
        from hyperframe.frame import GoAwayFrame
        frame = GoAwayFrame(0)
        frame.last_stream_id = last
        self.flush()
        self.sock.sendall(frame.serialize())

    def resume(self):
        for number, held in self.stalled.items():
            if held:
                self.h2.acknowledge_received_data(held, number)
        self.stalled.clear()

    def answer(self, stream, text):
        self.respond(stream, 200, text.encode())

    def respond(self, stream, status, body=b"", trailers=None):
        self.h2.send_headers(stream.number, [
            (":status", str(status)), ("x-most", str(self.most)), ("x-connection", str(self.number))])
        stream.unsent = memoryview(body)
        stream.last = list((trailers or {}).items())
        self.pump(stream)

    def pump(self, stream):
        if stream.unsent is None or stream.number not in self.streams:
            return
        while stream.unsent:
            size = min(self.h2.local_flow_control_window(stream.number),
                       self.h2.max_outbound_frame_size, len(stream.unsent))
            if size <= 0:
                return
            self.h2.send_data(stream.number, bytes(stream.unsent[:size]))
            stream.unsent = stream.unsent[size:]
            stream.sent += size
        if stream.last:
            self.h2.send_headers(stream.number, stream.last, end_stream=True)
        else:
            self.h2.end_stream(stream.number)
        if stream.path == "/early":
            # RFC 9113 8.1: the response is complete, the rest of the request not wanted.
            self.h2.reset_stream(stream.number, ErrorCodes.NO_ERROR)
        self.streams.pop(stream.number, None)


def http1(sock):
    """One request without a body by HTTP/1.1."""
    head = b""
    while b"\r\n\r\n" not in head:
        head += sock.recv(65536)
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\nby http1")
    sock.close()


def serve(sock, settings, tls):
    try:
        if tls:
            sock = tls.wrap_socket(sock, server_side=True)
            if sock.selected_alpn_protocol() != "h2":
                http1(sock)
                return
        Connection(sock, settings).run()
    except ProtocolError as error:
        print("wrong:", repr(error), flush=True)
    except OSError:
        pass  # The client has gone.
    finally:
        sock.close()


def main(settings, certificate=None, key=None):
    settings = {SettingCodes[name]: value for name, value in json.loads(settings).items()}
    tls = None
    if certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate, key)
        tls.set_alpn_protocols(["h2", "http/1.1"])
    listener = socket.create_server(("127.0.0.1", 0), backlog=100)
    print(listener.getsockname()[1], flush=True)
    while True:
        sock, _ = listener.accept()
        threading.Thread(target=serve, args=(sock, settings, tls), daemon=True).start()


main(*sys.argv[1:])
