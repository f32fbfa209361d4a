"""The gate before the app: a request in, the app for who showed the token or a password, a refusal for everybody else.

It stands outside of everything else, so that pages, files and websockets pass it alike. A page of another site can neither
read nor steer the app: cookies are not sent for it, other names of the machine are refused, and so is a foreign Origin.
The policy that goes with each answer lets the browser fetch nothing from any other address.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.app.gate.visitors import Sessions, Visitor
from pipeline.app.widgets.phrases import Phrases
from pipeline.outputs.html_page import HtmlPage, own_file, page_html
from pipeline.problems import LANGUAGES

# NiceGUI's own pages hold scripts in the page and compile Vue's templates, hence 'unsafe-inline' and 'unsafe-eval'.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
LOGIN = "/login"
_LANGUAGE = "checksheet_language"
_YEAR = 365 * 24 * 3600
_LEFT = "No response returned."  # what Starlette raises where the browser went on before a page was there
_SLOW = 1.0  # seconds after a wrong password
_MOST_FORM = 4096  # bytes of a login form
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class GateRules:
    """What the gate goes by: names of this machine in an address (host:port; empty takes any), the name of its cookie,
    the language of who never chose one.
    """

    hosts: frozenset[str]
    cookie: str
    language: str


class Gate:
    """Lets requests pass whose cookie is a session; who comes, in which language, and the workspace go into their state."""

    def __init__(self, inner: ASGIApp, sessions: Sessions, rules: GateRules, workspace: object) -> None:
        self.app, self._sessions, self._rules, self._workspace = inner, sessions, rules, workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: pass on, or answer."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self._is_own_address(scope, headers):
            await self._refuse(scope, receive, send, 403)
            return
        cookies = Request({**scope, "type": "http"}).cookies
        visitor = self._sessions.by_cookie(cookies.get(self._rules.cookie, ""))
        language = language_of(cookies, self._rules.language)
        if visitor is None:
            await self._knock(scope, receive, send, language)
            return
        if scope["type"] == "http" and (answer := self._chosen_language(scope)) is not None:
            await answer(scope, receive, _with_headers(send))
            return
        state = {
            **scope.get("state", {}),
            "visitor": visitor,
            "language": language,
            "workspace": self._workspace,
        }
        outward = _with_headers(send) if scope["type"] == "http" else send
        try:
            await self.app({**scope, "state": state}, receive, outward)
        except RuntimeError as error:
            if str(error) != _LEFT:
                raise

    def _is_own_address(self, scope: Scope, headers: Headers) -> bool:
        host = headers.get("host", "")
        if self._rules.hosts and host not in self._rules.hosts:
            return False
        origin = headers.get("origin")
        changes = scope["type"] == "websocket" or scope.get("method") not in {"GET", "HEAD"}
        return origin is None or not changes or urlsplit(origin).netloc == host

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, status: int) -> None:
        """Nothing but the reason; a websocket is closed before it is open, which its client sees as 403."""
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        text = Phrases(self._rules.language).say("gate_closed" if status == 401 else "gate_foreign")
        await PlainTextResponse(text + "\n", status)(scope, receive, _with_headers(send))

    async def _knock(self, scope: Scope, receive: Receive, send: Send, language: str) -> None:
        """A visitor without a session: by the token or the form of the login, else refused."""
        if scope["type"] == "http":
            query = parse_qs(scope["query_string"].decode("latin-1"))
            visitor = (
                self._sessions.by_token(query.get("token", [""])[0]) if self._is_at_home(scope) else None
            )
            if visitor is not None:
                await self._enter(scope, visitor, _address_without_token(scope, query))(
                    scope, receive, _with_headers(send)
                )
                return
            if self._sessions.accounts and scope["path"] == LOGIN:
                await (await self._login(scope, receive, language))(scope, receive, _with_headers(send))
                return
            if self._sessions.accounts and scope["method"] == "GET" and scope["path"] == "/":
                await RedirectResponse(LOGIN, 303)(scope, receive, _with_headers(send))
                return
        await self._refuse(scope, receive, send, 401)

    def _is_at_home(self, scope: Scope) -> bool:
        """Whether the request comes from this machine: only there the token counts."""
        return (scope.get("client") or ("",))[0] in {"127.0.0.1", "::1"}

    def _enter(self, scope: Scope, visitor: Visitor, address: str) -> Response:
        response = RedirectResponse(address, 303)
        secure = scope.get("scheme") == "https"
        session = self._sessions.open(visitor)
        response.set_cookie(self._rules.cookie, session, httponly=True, samesite="lax", secure=secure)
        return response

    async def _login(self, scope: Scope, receive: Receive, language: str) -> Response:
        request = Request(scope, receive)
        if request.method != "POST":
            return _login_page(language, "")
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > _MOST_FORM:
                return _login_page(language, "login_wrong")
        form = parse_qs(body.decode("utf-8", "replace"))
        name, password = (form.get(key, [""])[0] for key in ("name", "password"))
        # Beside the others' requests: a hash takes a twentieth of a second, and who guesses sends many.
        visitor = await asyncio.to_thread(self._sessions.by_password, name, password)
        if visitor is None:
            await asyncio.sleep(_SLOW)
            return _login_page(language, "login_wrong")
        return self._enter(scope, visitor, "/")

    def _chosen_language(self, scope: Scope) -> Response | None:
        """The way back to the same page in the language that `?lang=` asks for."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        language = query.pop("lang", [""])[0]
        if language not in LANGUAGES:
            return None
        response = RedirectResponse(_address(scope["path"], query), 303)
        response.set_cookie(_LANGUAGE, language, max_age=_YEAR, samesite="lax")
        return response


def language_of(cookies: Mapping[str, str], usual: str) -> str:
    """The language that a browser chose, else the usual one."""
    language = cookies.get(_LANGUAGE, "")
    return language if language in LANGUAGES else usual


def own_hosts(host: str, port: int) -> frozenset[str]:
    """What a browser may call this machine where it listens for itself only; empty where others may come too."""
    if host not in {"127.0.0.1", "localhost", "::1"}:
        return frozenset()
    return frozenset({f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"})


def _address_without_token(scope: Scope, query: Mapping[str, list[str]]) -> str:
    return _address(scope["path"], {key: values for key, values in query.items() if key != "token"})


def _address(path: str, query: Mapping[str, Collection[str]]) -> str:
    """A path of this app only: one that begins with two slashes would lead to another machine."""
    text = urlencode(query, doseq=True)
    return "/" + quote(path.lstrip("/")) + (f"?{text}" if text else "")


def _login_page(language: str, message: str) -> Response:
    phrases = Phrases(language)
    page = HtmlPage("pipeline.app.gate", "login.html.jinja", own_file("pipeline.app.gate", "login.css"))
    values = {
        "language": language,
        "message": phrases.say(message) if message else "",
        "words": {key: phrases.say(f"login_{key}") for key in ("title", "name", "password", "enter")},
    }
    return HTMLResponse(page_html(page, values), 401 if message else 200)


def _with_headers(send: Send) -> Send:
    async def outward(message: Message) -> None:
        if message["type"] == "http.response.start":
            _add(MutableHeaders(scope=message), _HEADERS.items())
        await send(message)

    return outward


def _add(headers: Any, entries: Iterable[tuple[str, str]]) -> None:
    for name, value in entries:
        headers[name] = value
