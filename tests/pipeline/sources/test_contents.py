"""What mails and archives carry, as files of the raw folder: listed, opened again, duplicates of what lies there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractors.errors import Encrypted
from extractors.grid import CarriedBytes
from extractors.mail.carried import CarriedRole
from pipeline.document.process import read_document
from pipeline.sources.contents import MOST_DEPTH, carried_files, find_carried, list_contents, open_source
from pipeline.sources.discover import RawFile, discover, list_files, mark_duplicates, single_file
from tests.pipeline.arrivals.make_folder import locked_zip, logo, mail, plain_zip
from tests.pipeline.make import codes

SHEET = b"1,2,3\r\n"


def _carried(path: Path, *passwords: str) -> dict[str, RawFile]:
    file = single_file(path)
    return {inner.name: inner for inner in carried_files(file, list_contents(path, passwords))}


def _save(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_nested_containers_are_listed_and_each_file_is_opened_by_its_way(tmp_path: Path) -> None:
    message = mail(
        "株式会社カクウ <a@kakuu.example>",
        "ご回答",
        "本文",
        {"一式.zip": plain_zip({"提出/回答.csv": SHEET})},
    )
    files = _carried(_save(tmp_path / "受領.eml", message.as_bytes()))
    inner = files["受領.eml/一式.zip/提出/回答.csv"]
    assert (inner.carried and inner.carried.container, inner.size) == ("受領.eml/一式.zip", len(SHEET))
    source = open_source(inner)
    assert isinstance(source, CarriedBytes)
    assert (source.getvalue(), source.name) == (SHEET, "回答.csv")
    assert inner.mail is not None
    assert inner.mail.sender.startswith("株式会社カクウ")


def test_noise_is_told_by_what_it_is(tmp_path: Path) -> None:
    message = mail("a@b.example", "x", "本文", {"smime.p7s": b"0", "~$回答.xlsx": b"x", "空.csv": b""})
    message.add_attachment(logo(), maintype="image", subtype="png", disposition="inline", filename="logo.png")
    files = _carried(_save(tmp_path / "a.eml", message.as_bytes()))
    assert {name.partition("/")[2]: file.skip and file.skip.code for name, file in files.items()} == {
        "本文.txt": None,
        "smime.p7s": "mail_part_ignored",
        "~$回答.xlsx": "lock_file_ignored",
        "空.csv": "file_empty",
        "logo.png": "inline_picture_ignored",
    }
    assert files["a.eml/本文.txt"].carried is not None
    assert files["a.eml/本文.txt"].carried.role == CarriedRole.BODY


def test_a_locked_file_stands_by_its_name_until_a_password_fits(tmp_path: Path) -> None:
    path = _save(tmp_path / "a.zip", locked_zip({"回答.csv": SHEET}, "合言葉"))
    [locked] = _carried(path).values()
    with pytest.raises(Encrypted):
        open_source(locked)
    [opened] = _carried(path, "合言葉").values()
    assert (opened.name, opened.size) == (locked.name, len(SHEET))
    assert opened.sha256 != locked.sha256
    assert list_contents(path).locked


def test_containers_are_opened_to_a_depth(tmp_path: Path) -> None:
    data = plain_zip({"回答.csv": SHEET})
    for _ in range(MOST_DEPTH + 3):
        data = plain_zip({"a.zip": data})
    names = list(_carried(_save(tmp_path / "a.zip", data)))
    assert max(name.count(".zip") for name in names) == MOST_DEPTH + 1
    assert not any(name.endswith(".csv") for name in names)
    (deepest,) = [file for file in _carried(tmp_path / "a.zip").values() if file.notes]
    assert deepest.name.count(".zip") == MOST_DEPTH + 1
    outcome = read_document(deepest)
    assert (outcome.status, codes(outcome)) == ("failed", ["container_too_deep"])


@pytest.mark.parametrize(
    ("limit", "most", "code"),
    [
        ("pipeline.sources.contents._MOST_FILES", 5, "container_too_many_files"),
        ("pipeline.sources.contents._MOST_BYTES", 40, "container_too_large"),
    ],
)
def test_a_container_of_which_not_all_is_listed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, code: str
) -> None:
    """What came behind the limit was not there, without a word."""
    inner = {f"{number:02}.csv": SHEET * 2 + b"%d" % number for number in range(9)}
    path = _save(tmp_path / "a.zip", plain_zip(inner))
    assert list_contents(path).unlisted == ()
    monkeypatch.setattr(limit, most)
    assert [(prefix, issue.code) for prefix, issue in list_contents(path).unlisted] == [("", code)]
    nested = _save(tmp_path / "b.zip", plain_zip({"a.zip": path.read_bytes()}))
    assert ("a.zip", code) in [(prefix, issue.code) for prefix, issue in list_contents(nested).unlisted]


def test_a_mail_with_more_files_than_are_listed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractors.mail.carried.MOST_FILES", 3)
    message = mail("a@kakuu.example", "ご回答", "本文", {f"{n}.csv": SHEET for n in range(4)})
    listing = list_contents(_save(tmp_path / "a.eml", message.as_bytes()))
    assert len(listing.files) == 3
    assert [(prefix, issue.code) for prefix, issue in listing.unlisted] == [("", "container_too_many_files")]


def test_what_lies_in_the_folder_is_the_original_and_is_told_what_the_mail_says(tmp_path: Path) -> None:
    _save(tmp_path / "z" / "回答.csv", SHEET)
    message = mail("株式会社カクウ <a@kakuu.example>", "ご回答", "本文", {"回答.csv": SHEET})
    _save(tmp_path / "a.eml", message.as_bytes())
    loose = list_files(tmp_path)
    carried = [
        inner
        for file in loose
        if file.name == "a.eml"
        for inner in carried_files(file, list_contents(file.path))
    ]
    files = {file.name: file for file in mark_duplicates([*loose, *carried])}
    assert files["a.eml/回答.csv"].duplicate_of == "z/回答.csv"
    original = files["z/回答.csv"]
    assert original.duplicate_of is None
    assert original.mail is not None


def test_one_file_is_found_by_the_path_that_the_dataset_tells(tmp_path: Path) -> None:
    path = _save(tmp_path / "a.zip", plain_zip({"提出/回答.csv": SHEET}))
    found = find_carried(single_file(path), "提出/回答.csv")
    assert found is not None
    assert found.name == "a.zip/提出/回答.csv"
    assert find_carried(single_file(path), "提出/別.csv") is None


def test_names_of_another_windows_are_shown_and_opened(tmp_path: Path) -> None:
    name = "回答①.csv"
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name.encode("cp932")))
    _save(odd, SHEET)
    [file] = discover(tmp_path)
    assert file.name == name
    source = open_source(file)
    assert isinstance(source, CarriedBytes)
    assert source.getvalue() == SHEET
    _save(tmp_path / name, b"4,5\r\n")
    names = {file.name for file in discover(tmp_path)}
    assert len(names) == 2
    assert name in names
