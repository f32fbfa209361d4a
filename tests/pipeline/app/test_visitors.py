"""Users of the app: their file, their passwords."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pipeline.app.gate.visitors import Sessions, Visitor, add_account, read_accounts
from pipeline.errors import UsersUnreadable


def test_a_password_is_not_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    add_account(path, Visitor('山"田\\', may_write=True), "ねこが三びき")
    add_account(path, Visitor("鈴木", may_write=False), "いぬが二ひき")
    assert "ねこ" not in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [a.visitor for a in read_accounts(path)] == [Visitor('山"田\\'), Visitor("鈴木", may_write=False)]


def test_a_new_password_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    for password in ("erst-eins", "dann-zwei"):
        add_account(path, Visitor("鈴木"), password)
    sessions = Sessions("t", Visitor("owner"), tuple(read_accounts(path)))
    assert len(sessions.accounts) == 1
    assert sessions.by_password("鈴木", "erst-eins") is None
    assert sessions.by_password("鈴木", "dann-zwei") == Visitor("鈴木")
    assert sessions.by_password("誰か", "dann-zwei") is None
    assert sessions.by_password("鈴木", "") is None


def test_a_session_ends(tmp_path: Path) -> None:
    sessions = Sessions("t", Visitor("owner"))
    session = sessions.open(Visitor("鈴木"))
    assert sessions.by_cookie(session) == Visitor("鈴木")
    sessions.close(session)
    assert sessions.by_cookie(session) is None
    assert read_accounts(tmp_path / "none.toml") == []


@pytest.mark.parametrize("text", ["users = 1", "[[users]]\nname = 'a'", "[[users]]\nsalt = 'zz'", "= broken"])
def test_a_broken_file_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "users.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsersUnreadable) as caught:
        read_accounts(path)
    assert "users.toml" in caught.value.text("ja")
