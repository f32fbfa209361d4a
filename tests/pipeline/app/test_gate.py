"""The gate: nobody without the token or a password gets anything, by HTTP or websocket, and no other site steers the app."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nicegui", reason="the app is not installed (make app)")

from pipeline.app.gate.gatekeeper import Gate, GateRules, own_hosts
from pipeline.app.gate.visitors import Sessions, Visitor, add_account, read_accounts

TOKEN, HOST, COOKIE = "geheim-1", "127.0.0.1:8475", "checksheet_8475"
OWNER = Visitor("山田")


class Inner:
    """The app behind the gate: notes who came."""

    def __init__(self) -> None:
        self.visits: list[tuple[str, str, Any]] = []

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        self.visits.append((scope["type"], scope["path"], scope["state"]["visitor"]))
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"secret"})
        else:
            await send({"type": "websocket.accept"})


class Reply:
    """What the gate sent."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        start = next(
            (m for m in messages if m["type"] == "http.response.start"), {"status": 0, "headers": []}
        )
        self.status = start["status"]
        self.headers = [(k.decode().lower(), v.decode()) for k, v in start["headers"]]
        self.body = b"".join(m.get("body", b"") for m in messages)
        self.types = [m["type"] for m in messages]

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


def _ask(
    gate: Gate, path: str = "/inbox", query: str = "", headers: Mapping[str, str] | None = None, **more: Any
) -> Reply:
    kind, body, method = more.get("kind", "http"), more.get("body", b""), more.get("method", "GET")
    entries = {"host": HOST} | dict(headers or {})
    scope = {
        "type": kind, "path": path, "raw_path": path.encode(), "query_string": query.encode(), "scheme": "http",
        "headers": [(k.encode(), v.encode()) for k, v in entries.items()], "client": (more.get("client", "127.0.0.1"), 5000),
        "server": ("127.0.0.1", 8475), "method": method, "http_version": "1.1", "root_path": "",
    }  # fmt: skip
    sent: list[dict[str, Any]] = []
    first = {"type": "http.request", "body": body} if kind == "http" else {"type": "websocket.connect"}

    async def receive() -> dict[str, Any]:
        return first

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(gate(scope, receive, send))
    return Reply(sent)


def _gate(accounts: tuple[Any, ...] = (), host: str = "127.0.0.1") -> tuple[Gate, Inner]:
    inner = Inner()
    rules = GateRules(own_hosts(host, 8475), COOKIE, "ja")
    return Gate(inner, Sessions(TOKEN, OWNER, accounts), rules, "workspace"), inner


def _session(gate: Gate, query: str = f"token={TOKEN}", **more: Any) -> str:
    return _ask(gate, "/", query, **more).header("set-cookie").split(";")[0]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/inbox",
        "/pictures/a.png",
        "/download/backup.zip",
        "/_nicegui/3/static/nicegui.js",
        "/receive",
        "/login",
    ],
)
def test_without_the_token_there_is_nothing(path: str) -> None:
    gate, inner = _gate()
    for headers in ({}, {"cookie": f"{COOKIE}=guessed"}, {"cookie": f"{COOKIE}="}):
        for query in ("", "token=", "token=geheim-2", f"Token={TOKEN}"):
            reply = _ask(gate, path, query, headers)
            assert reply.status == 401
            assert b"secret" not in reply.body
            assert not reply.header("set-cookie")
    assert inner.visits == []


@pytest.mark.parametrize("path", ["/_nicegui_ws/socket.io/", "/anything"])
def test_without_the_token_no_websocket_opens(path: str) -> None:
    gate, inner = _gate()
    reply = _ask(gate, path, f"token={TOKEN}", kind="websocket")
    assert reply.types == ["websocket.close"]
    assert inner.visits == []


def test_the_token_opens_a_session_and_leaves_the_address() -> None:
    gate, inner = _gate()
    reply = _ask(gate, "/compare", f"token={TOKEN}&domain=backup")
    assert (reply.status, reply.header("location")) == (303, "/compare?domain=backup")
    cookie = reply.header("set-cookie")
    assert "httponly" in cookie.lower()
    assert "samesite=lax" in cookie.lower()
    assert TOKEN not in cookie
    session = {"cookie": cookie.split(";")[0]}
    assert _ask(gate, headers=session).body == b"secret"
    assert _ask(gate, headers=session, kind="websocket").types == ["websocket.accept"]
    assert [visitor for _, _, visitor in inner.visits] == [OWNER, OWNER]


def test_the_way_on_leads_to_no_other_machine() -> None:
    gate, _ = _gate()
    assert _ask(gate, "//elsewhere.example/x", f"token={TOKEN}").header("location") == "/elsewhere.example/x"


def test_another_name_of_this_machine_is_refused() -> None:
    gate, inner = _gate()
    cookie = _session(gate)
    assert _ask(gate, headers={"host": "rebound.example:8475", "cookie": cookie}).status == 403
    assert _ask(gate, headers={"host": "127.0.0.1:9999", "cookie": cookie}).status == 403
    assert inner.visits == []


def test_another_page_steers_nothing() -> None:
    gate, inner = _gate()
    foreign = {"cookie": _session(gate), "origin": "http://127.0.0.1:9000"}
    assert _ask(gate, "/receive", headers=foreign, method="PUT").status == 403
    assert _ask(gate, headers=foreign, kind="websocket").types == ["websocket.close"]
    own = foreign | {"origin": f"http://{HOST}"}
    assert _ask(gate, "/receive", headers=own, method="PUT").status == 200
    assert len(inner.visits) == 1


def test_every_answer_forbids_other_addresses() -> None:
    gate, _ = _gate()
    for reply in (_ask(gate), _ask(gate, headers={"cookie": _session(gate)})):
        policy = reply.header("content-security-policy")
        assert "default-src 'self'" in policy
        assert "connect-src 'self'" in policy
        assert "http:" not in policy
        assert "*" not in policy


def test_a_password_opens_a_session_for_others(tmp_path: Path) -> None:
    add_account(tmp_path / "users.toml", Visitor("鈴木", may_write=False), "korrekt-pferd")
    accounts = tuple(read_accounts(tmp_path / "users.toml"))
    gate, inner = _gate(accounts, host="0.0.0.0")
    elsewhere: dict[str, Any] = {"headers": {"host": "10.0.0.5:8475"}, "client": "10.0.0.9"}
    assert _ask(gate, "/", **elsewhere).header("location") == "/login"
    assert "パスワード".encode() in _ask(gate, "/login", **elsewhere).body
    wrong = _ask(gate, "/login", body="name=鈴木&password=falsch".encode(), method="POST", **elsewhere)
    assert (wrong.status, wrong.header("set-cookie")) == (401, "")
    right = _ask(gate, "/login", body="name=鈴木&password=korrekt-pferd".encode(), method="POST", **elsewhere)
    elsewhere["headers"] |= {"cookie": right.header("set-cookie").split(";")[0]}
    assert _ask(gate, **elsewhere).status == 200
    assert inner.visits[0][2] == Visitor("鈴木", may_write=False)


def test_the_token_counts_on_this_machine_only(tmp_path: Path) -> None:
    add_account(tmp_path / "users.toml", OWNER, "korrekt-pferd")
    gate, _ = _gate(tuple(read_accounts(tmp_path / "users.toml")), host="0.0.0.0")
    reply = _ask(gate, "/inbox", f"token={TOKEN}", {"host": "10.0.0.5:8475"}, client="10.0.0.9")
    assert (reply.status, reply.header("set-cookie")) == (401, "")


def test_a_name_from_outside_is_no_markup() -> None:
    gate, _ = _gate()
    reply = _ask(gate, "/inbox", "lang=<script>")
    assert b"<script>" not in reply.body


def test_the_language_is_kept_in_a_cookie() -> None:
    gate, _ = _gate()
    reply = _ask(gate, "/compare", "lang=en&gaps=1", {"cookie": _session(gate)})
    assert (reply.status, reply.header("location")) == (303, "/compare?gaps=1")
    assert reply.header("set-cookie").startswith("checksheet_language=en")
