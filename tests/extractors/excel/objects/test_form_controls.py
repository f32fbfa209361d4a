"""Controls as files tell them: ctrlProps, VML, ActiveX; states that do not agree are not known."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from extractors.excel.objects.form_controls import FormControl, controls_of_sheet
from extractors.package.activex import morph_texts
from normalizers.vocabulary import load
from tests.extractors.excel.books import add_part, rewrite, save
from tests.extractors.excel.drawings import SHEET, Box, add_controls, add_relations, small

_AT = (2, 10, 1, 2, 2, 60, 1, 18)
_CHECK, _OPTION = "{8BD21D40-EC42-11CE-9E0D-00AA006002F3}", "{8BD21D50-EC42-11CE-9E0D-00AA006002F3}"


def _controls(path: Path) -> tuple[FormControl, ...]:
    with zipfile.ZipFile(path) as package:
        return controls_of_sheet(package, SHEET)


@pytest.mark.parametrize("parts", ["sheet vml", "vml", "sheet"])
@pytest.mark.parametrize(("state", "known"), [("", False), ("1", True), ("2", None)])
def test_state_and_place(tmp_path: Path, parts: str, state: str, known: bool | None) -> None:
    path = save(tmp_path, [["鍵"]])
    add_controls(path, [small(2, 8, 1, 4, state)], parts)
    (control,) = _controls(path)
    assert (control.kind, control.state) == ("check", known)
    assert control.anchor is not None
    assert control.anchor.end is not None
    assert (control.anchor.start.col, control.anchor.start.across, control.anchor.start.down) == (2, 6.0, 3.0)
    assert control.anchor.end.across == 17.25


def test_twins_that_tell_different_states_tell_none(tmp_path: Path) -> None:
    path = save(tmp_path, [["鍵"]])
    add_controls(path, [Box(_AT, "1", "有")])
    rewrite(path, "xl/drawings/vmlDrawing1.vml", b"<x:Checked>1</x:Checked>", b"")
    assert [(c.state, c.caption) for c in _controls(path)] == [(None, "有")]


def test_states_of_parts_that_belong_to_no_control_are_counted(tmp_path: Path) -> None:
    path = save(tmp_path, [["鍵"]])
    add_controls(path, [small(2, 8, 1), small(2, 8, 2)])
    rewrite(path, SHEET, b"<control ", b"<other ")
    rewrite(path, SHEET, b"</control>", b"</other>")
    assert [c.state for c in _controls(path)] == [False, False]
    rewrite(path, "xl/ctrlProps/ctrlProp2.xml", b'lockText="1"', b'checked="Checked"')
    assert [c.state for c in _controls(path)] == [None, None]


@pytest.mark.parametrize(
    ("written", "caption"),
    [
        ("<font>適</font><font>合</font>", "適合"),
        ("適合<br>（一部）", "適合\n（一部）"),
        ("適\r\n    合", "適合"),
        ("not\n  yet", "not yet"),
        ("チェック 12", ""),
        ("Option Button 3", ""),
        ("チェック済", "チェック済"),
    ],
)
def test_captions(tmp_path: Path, written: str, caption: str) -> None:
    path = save(tmp_path, [["鍵"]])
    add_controls(path, [Box(_AT, "1", "%")])
    rewrite(path, "xl/drawings/vmlDrawing1.vml", b"%", written.encode())
    assert [c.caption for c in _controls(path)] == [caption]


def test_notes_are_no_controls(tmp_path: Path) -> None:
    path = save(tmp_path, [["鍵"]])
    add_controls(path, [Box(_AT, kind="Note")], "vml")
    assert _controls(path) == ()


def _active(path: Path, body: str, stream: bytes | None = None, class_id: str = _CHECK) -> FormControl:
    """The control that an ActiveX part with this body tells of."""
    add_controls(path, [Box(_AT)], "sheet")
    with zipfile.ZipFile(path) as package:
        parts = {n: package.read(n) for n in package.namelist() if "_rels/sheet1" not in n}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    add_relations(path, [("c0", "control", "../activeX/activeX1.xml")])
    ocx = f'<ax:ocx xmlns:ax="http://a" xmlns:r="http://r" ax:classid="{class_id}" r:id="b1">{body}</ax:ocx>'
    add_part(path, "xl/activeX/activeX1.xml", ocx.encode())
    if stream is not None:
        add_part(path, "xl/activeX/activeX1.bin", stream)
        add_part(
            path,
            "xl/activeX/_rels/activeX1.xml.rels",
            b'<Relationships><Relationship Id="b1" Type="http://x/activeXControlBinary" Target="activeX1.bin"/></Relationships>',
        )
    (control,) = _controls(path)
    return control


@pytest.mark.parametrize(("value", "state"), [("1", True), ("0", False), ("", None), ("2", None)])
def test_activex_with_a_bag_of_properties(tmp_path: Path, value: str, state: bool | None) -> None:
    body = f'<ax:ocxPr ax:name="Caption" ax:value="有"/><ax:ocxPr ax:name="Value" ax:value="{value}"/>'
    control = _active(save(tmp_path, [["鍵"]]), body, class_id=_OPTION)
    assert (control.kind, control.state, control.caption) == ("radio", state, "有")


def _morph(value: str, caption: str) -> bytes:
    """A MorphDataControl with flags, display style, size, value and caption, as Excel stores a check box."""
    mask = 1 << 0 | 1 << 6 | 1 << 8 | 1 << 22 | 1 << 23 | 1 << 31
    text = caption.encode("utf-16-le")
    data = struct.pack("<IB3xII", 0x2C80081B, 4, len(value) | 1 << 31, len(text))
    data += struct.pack("<II", 2540, 635) + value.encode().ljust(-(-len(value) // 4) * 4, b"\0")
    data += text.ljust(-(-len(text) // 4) * 4, b"\0")
    return struct.pack("<BBHQ", 0, 2, len(data) + 8, mask) + data


@pytest.mark.parametrize(("value", "state"), [("1", True), ("0", False), ("", None)])
def test_activex_with_a_stream(tmp_path: Path, value: str, state: bool | None) -> None:
    control = _active(save(tmp_path, [["鍵"]]), "", b"\0" * 16 + _morph(value, "対応済"))
    assert (control.kind, control.state, control.caption) == ("check", state, "対応済")


@pytest.mark.parametrize("stream", [b"", b"\0" * 20, b"\0" * 16 + _morph("1", "有")[:20], b"\xff" * 200])
def test_broken_activex_has_no_known_state(tmp_path: Path, stream: bytes) -> None:
    control = _active(save(tmp_path, [["鍵"]]), "", stream)
    assert (control.kind, control.state) == ("check", None)


def test_morph_data_with_absurd_lengths_is_refused() -> None:
    data = bytearray(_morph("1", "有"))
    data[20:24] = b"\xff\xff\xff\xff"
    with pytest.raises(ValueError, match="text runs out"):
        morph_texts(bytes(data))


@pytest.mark.parametrize("vml", [b"", b"<xml", b"<xml><v:shape id='1'>", b"\xff\xfe\x00"])
def test_broken_vml_is_no_fault(tmp_path: Path, vml: bytes) -> None:
    path = save(tmp_path, [["鍵"]])
    add_part(path, "xl/drawings/vmlDrawing1.vml", vml)
    add_relations(path, [("v1", "vmlDrawing", "../drawings/vmlDrawing1.vml")])
    assert _controls(path) == ()


def test_names_of_kinds_are_unique() -> None:
    words = load("extractors.package", "controls.toml")
    for table in ("kinds", "classes"):
        names = [name for entries in words[table].values() for name in entries]
        assert len(names) == len(set(names))
        assert names == [name.lower() for name in names]
    assert set(words["kinds"]) == {"check", "radio", "group", "list", "figure", "silent"}
