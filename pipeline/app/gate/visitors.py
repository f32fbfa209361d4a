"""Who may use the app: users with passwords (a TOML file of the user's), sessions of browsers, and what a visitor may do.

Passwords stand in the file as salted scrypt hashes. A session is a random name in a cookie; it ends with the program.
"""

from __future__ import annotations

import getpass
import hashlib
import hmac
import secrets
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import UsersUnreadable
from pipeline.system.atomic_write import atomic_write
from pipeline.texts.sanitize import sanitize_line

_SCRYPT = {"n": 1 << 14, "r": 8, "p": 1, "maxmem": 64 << 20}
_HEADER = "# People who may use `checksheet app --host`; added by `checksheet app --add-user NAME`.\n"
_KEYS = ("name", "salt", "hash")


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at the app: the name that decisions are signed with, and whether anything may be changed."""

    name: str
    may_write: bool = True


@dataclass(frozen=True, slots=True)
class UserAccount:
    """A user of the file: the person, and salt and hash of the password in hex."""

    visitor: Visitor
    salt: str
    digest: str


def owner(read_only: bool) -> Visitor:
    """The person who started the program, by the name of the system's account."""
    try:
        return Visitor(getpass.getuser(), not read_only)
    except (OSError, KeyError):
        return Visitor("owner", not read_only)


def read_accounts(path: Path) -> list[UserAccount]:
    """The users of the file at `path`, none where it is missing. Raises UsersUnreadable."""
    if not path.exists():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("users", [])
        return [
            UserAccount(
                Visitor(str(e["name"]), not e.get("read_only", False)), *(str(e[k]) for k in _KEYS[1:])
            )
            for e in entries
        ]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise UsersUnreadable({"path": path, "why": error}) from error


def add_account(path: Path, visitor: Visitor, password: str) -> None:
    """Add a user to the file, or give one of that name a new password. Raises UsersUnreadable and OSError."""
    salt = secrets.token_hex(16)
    account = UserAccount(visitor, salt, _digest(password, salt))
    accounts = [entry for entry in read_accounts(path) if entry.visitor.name != visitor.name]
    text = _HEADER + "".join(map(_toml, [*accounts, account]))
    with atomic_write(path) as partial:
        partial.touch(mode=0o600)
        partial.write_text(text, encoding="utf-8")


def _toml(account: UserAccount) -> str:
    name = sanitize_line(account.visitor.name).replace("\\", "\\\\").replace('"', '\\"')
    read_only = "false" if account.visitor.may_write else "true"
    lines = (
        f'name = "{name}"',
        f"read_only = {read_only}",
        f'salt = "{account.salt}"',
        f'hash = "{account.digest}"',
    )
    return "\n".join(("\n[[users]]", *lines, ""))


def _digest(password: str, salt: str) -> str:
    return hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), dklen=32, **_SCRYPT).hex()


@dataclass(slots=True)
class Sessions:
    """The browsers that showed the token or a password, and how either is checked. The token is the owner's."""

    token: str
    owner: Visitor
    accounts: tuple[UserAccount, ...] = ()
    _visitors: dict[str, Visitor] = field(default_factory=dict)

    def by_cookie(self, session: str) -> Visitor | None:
        """Whose session this is; None where it is nobody's."""
        return self._visitors.get(session)

    def by_token(self, token: str) -> Visitor | None:
        """The owner, where that is the token that was printed."""
        return self.owner if hmac.compare_digest(token.encode(), self.token.encode()) else None

    def by_password(self, name: str, password: str) -> Visitor | None:
        """The user of that name and password; a name that is unknown takes as long as a wrong password."""
        account = next((entry for entry in self.accounts if entry.visitor.name == name), None)
        salt, digest = (account.salt, account.digest) if account else ("00" * 16, "")
        same = hmac.compare_digest(_digest(password, salt).encode(), digest.encode())
        return account.visitor if account and same else None

    def open(self, visitor: Visitor) -> str:
        """A new session of this visitor: the value of its cookie."""
        session = secrets.token_urlsafe(32)
        self._visitors[session] = visitor
        return session

    def close(self, session: str) -> None:
        """End a session."""
        self._visitors.pop(session, None)
