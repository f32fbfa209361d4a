"""Requests to the running app, broken at random and sent as bytes: what comes back, and what it does to the folder.

With the session of its owner nothing may end in an error of the program (500); without it nothing but refusals comes back, and no
file appears. Whatever is sent, no file lies outside of the folder of received sheets, and the app still answers.
"""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.mutate import mutate
from tests.pipeline.make import sheet_rows, write_workbook

_SECONDS = 60.0
_PATHS = (
    "/", "/inbox", "/queue", "/queue/form/x", "/queue/legend/x", "/compare", "/ask", "/yearly", "/judge", "/search", "/runs",
    "/login", "/receive", "/states.css", "/look.css", "/download/backup.zip", "/download/comparison.xlsx",
    "/download/summary.html", "/download/report.html", "/download/verdicts.xlsx", "/download/inquiry.xlsx",
    "/download/result.csv", "/download/result.xlsx", "/pictures/0123.png", "/_nicegui/auto/static/x", "/_nicegui_ws/socket.io/",
)  # fmt: skip
_PARTS = (
    "..", "%2e%2e", "..%2f..%2f", "%00", "%ff", "//", "\\", "%5c..%5c", "あ", "%E3%81", "a" * 3000, "%0d%0aX: y", "{0}", "$",
    ";", "?", "#", "/etc/passwd", "C:", "%u0041", ".",
)  # fmt: skip
_KEYS = (
    "q",
    "sql",
    "vendor",
    "control",
    "name",
    "lang",
    "token",
    "form",
    "id",
    "x",
    "%ff",
    "domain",
    "client_id",
    "EIO",
)
_VALUES = (
    "1", "回答.csv", "../../x.csv", "/etc/passwd", "..\\..\\x", "SELECT 1", "SELECT * FROM read_csv('/etc/passwd')", "COPY", "'",
    "DROP TABLE answers", "%00", "%ff%fe", "\u202e", "a/" * 900, "x" * 5000, "en", "ja", "-1", "<script>", "=1+1",
    "%", "&", "NULL",
    "ATTACH '/tmp/x.db'", ".", "~", "passwords.txt", "CON", "社甲/回答.csv",
)  # fmt: skip
_METHODS = ("GET", "GET", "GET", "PUT", "POST", "HEAD", "DELETE", "OPTIONS", "PATCH", "TRACE", "GÉT")


@dataclass(frozen=True, slots=True)
class App:
    """The running app: its port, the cookie of its owner's session, the folder it works in, and its log."""

    port: int
    cookie: str
    folder: Path
    log: Path


@contextmanager
def running_app(folder: Path) -> Iterator[App]:
    """The app over a folder with one sheet, and the owner's session."""
    from tests.browser.served_app import served  # noqa: PLC0415  an extra

    write_workbook(folder / "data/raw/社甲/回答.xlsx", {"一覧": sheet_rows(["○", "×", "△"], "備考")})
    with served(folder) as app:
        port = int(app.base.rpartition(":")[2])
        door = send(
            port,
            f"GET /?token={app.token} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode(),
        )
        head = next(line for line in door.split(b"\r\n") if line.lower().startswith(b"set-cookie:"))
        cookie = head.split(b":", 1)[1].split(b";")[0].strip().decode()
        yield App(port, cookie, folder, folder / "app.log")


def send(port: int, data: bytes) -> bytes:
    """What comes back for these bytes, at most a megabyte of it; b"" where the connection was closed."""
    with socket.create_connection(("127.0.0.1", port), _SECONDS) as connection:
        connection.settimeout(_SECONDS)
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            while len(answer) < 1 << 20 and (chunk := connection.recv(1 << 16)):
                answer += chunk
        except (ConnectionError, BrokenPipeError):
            return b""
        return answer


def try_request(app: App, seed: int) -> list[str]:
    """What was wrong with the answer to one request; nothing where it was right."""
    dice = random.Random(seed)
    is_owner = dice.random() < 0.7
    request = _request(app, dice, is_owner)
    start, before = time.monotonic(), _outside(app.folder)
    faults = []
    try:
        answer = send(app.port, request)
    except TimeoutError:
        return [f"no answer within {_SECONDS:.0f} s to {request[:300]!r}"]
    status = answer.split(b" ", 2)[1][:3] if answer.startswith(b"HTTP/") and b" " in answer else b""
    if status.startswith(b"5") and status != b"507":
        faults.append(f"{status!r} for {request[:300]!r}")
    if not is_owner and status[:1] == b"2":
        faults.append(f"answered without a session: {request[:300]!r}")
    if _outside(app.folder) != before:
        faults.append(f"files appeared: {_outside(app.folder) - before} for {request[:300]!r}")
    took = time.monotonic() - start
    return [*faults, f"{took:.0f} s for {request[:300]!r}"] if took > _SECONDS / 2 else faults


def still_answers(app: App) -> bool:
    """Whether the app gives its owner a page."""
    request = f"GET /runs HTTP/1.1\r\nHost: 127.0.0.1:{app.port}\r\nCookie: {app.cookie}\r\nConnection: close\r\n\r\n"
    return send(app.port, request.encode()).startswith(b"HTTP/1.1 200")


def _outside(folder: Path) -> set[str]:
    """Every file beside what the app has to write."""
    own = (folder / "data", folder / "app.log")
    return {
        str(path)
        for path in [*folder.rglob("*"), *folder.parent.glob("*")]
        if not str(path).startswith(tuple(map(str, own)))
    }


def _request(app: App, dice: random.Random, is_owner: bool) -> bytes:
    method = "PUT" if dice.random() < 0.25 else dice.choice(_METHODS)
    path = "/receive" if method == "PUT" else dice.choice(_PATHS)
    for _ in range(dice.choice((0, 0, 0, 1, 2))):
        path += dice.choice(("/", "", "?")) + dice.choice(_PARTS)
    pairs = "&".join(f"{dice.choice(_KEYS)}={dice.choice(_VALUES)}" for _ in range(dice.randint(0, 3)))
    if method == "PUT" and dice.random() < 0.7:
        pairs = f"name={dice.choice(_VALUES)}&{pairs}"
    body = dice.randbytes(dice.choice((0, 0, 10, 5000))) if method in {"PUT", "POST"} else b""
    lines = [
        f"{method} {path}{'?' if pairs else ''}{pairs} HTTP/1.1".replace("\u202e ", ""),
        f"Host: 127.0.0.1:{app.port}",
        "Connection: close",
    ]
    lines += [f"Content-Length: {dice.choice((len(body), len(body), len(body) + 9, -1))}"] if body else []
    lines += (
        [f"Cookie: {app.cookie}"]
        if is_owner
        else [f"Cookie: checksheet_{app.port}={dice.choice(('', 'x' * 43, '%00', '=;='))}"]
    )
    lines += dice.sample(_headers(app), dice.choice((0, 0, 1, 2)))
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogatepass")
    if is_owner and dice.random() < 0.2:  # any bytes, sent with the owner's right or without
        head = mutate(head, dice.randrange(1 << 30))
    return head + body


def _headers(app: App) -> list[str]:
    return [
        "Origin: http://elsewhere.example", f"Origin: http://127.0.0.1:{app.port}", "Host: elsewhere.example",
        "Range: bytes=0-1,2-,-5", "Range: bytes=99999999999-", "Accept-Language: " + "x," * 2000, "X: " + "y" * 60_000,
        "X-Forwarded-For: 127.0.0.1", "Transfer-Encoding: chunked", "If-None-Match: *", "If-Modified-Since: x",
        "Content-Type: multipart/form-data", "Accept-Encoding: gzip;q=nan", "Expect: 100-continue", "Forwarded: for=_x",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13",
        "Cookie: a=b; checksheet_language=%ff; NEXT",
    ]  # fmt: skip
