"""ActiveX part of a package in, what kind of control it is and whether it is ticked out.

The properties stand in a bag of XML, or in a binary stream as MorphDataControl of [MS-OFORMS] 2.2.5: a mask of 64
bits says which properties follow, each aligned to its own size, the texts behind them.
"""

from __future__ import annotations

import struct
import zipfile
from dataclasses import dataclass

from extractors.package.xml_parts import attribute, children, parse_part, relation_id, relations_of
from normalizers.vocabulary import load

_VALUE, _CAPTION, _GROUP = 22, 23, 32
# Mask bit → bytes of the property, in the order of the data block; sizes and texts follow in a second block.
_SIZES = {
    0: 4, 1: 4, 2: 4, 3: 4, 4: 1, 5: 1, 6: 1, 7: 1, 9: 2, 10: 4, 11: 2, 12: 2, 13: 2, 14: 2, 15: 2, 16: 1, 17: 1,
    18: 1, 20: 1, 21: 1, _VALUE: 4, _CAPTION: 4, 24: 4, 25: 4, 26: 4, 27: 2, 28: 2, 29: 2, _GROUP: 4,
}  # fmt: skip
_SIZE = 8
_MAX_STREAM = 1 << 16
_CLASS_ID = 16
_STATES = {"1": True, "-1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True, slots=True)
class ActiveX:
    """One control: its kind (`check`, `radio`, `silent`, `other`), its state, None where not known, and texts."""

    kind: str
    state: bool | None = None
    caption: str = ""
    group: str = ""


def read_activex(package: zipfile.ZipFile, part: str) -> ActiveX:
    """The control in `part`; of kind `other` and unknown state where it makes no sense."""
    root = parse_part(package, part)
    if root is None:
        return ActiveX("other")
    kind = _kind(next((str(v) for k, v in root.items() if k.endswith("}classid")), ""))
    texts = {attribute(entry, "name").lower(): attribute(entry, "value") for entry in children(root, "ocxPr")}
    if not texts:
        key = relation_id(root)
        stream = next((r.part for r in relations_of(package, part) if r.key == key), "")
        texts = _stream_texts(package, stream)
    state = _STATES.get(texts.get("value", "").strip().lower())
    return ActiveX(kind, state, texts.get("caption", ""), texts.get("groupname", ""))


def _kind(class_id: str) -> str:
    stripped = class_id.strip("{}").lower()
    classes: dict[str, list[str]] = load("extractors.package", "controls.toml")["classes"]
    return next((kind for kind, ids in classes.items() if stripped in ids), "other")


def _stream_texts(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    try:
        if package.getinfo(part).file_size > _MAX_STREAM:
            return {}
        data = package.read(part)
    except KeyError:
        return {}
    try:
        return morph_texts(data[_CLASS_ID:])
    except (struct.error, UnicodeDecodeError, ValueError):
        return {}


def morph_texts(data: bytes) -> dict[str, str]:
    """`value`, `caption` and `groupname` of a MorphDataControl.

    Raises struct.error or ValueError for bytes that are none.
    """
    minor, major, size, mask = struct.unpack_from("<BBHQ", data)
    if (minor, major) != (0, 2) or size + 4 > len(data):
        raise ValueError("no MorphDataControl")
    at, lengths = 12, {}
    for bit, width in _SIZES.items():
        if mask >> bit & 1:
            at += -at % width
            if bit in {_VALUE, _CAPTION, _GROUP}:
                lengths[bit] = struct.unpack_from("<I", data, at)[0]
            at += width
    at += -at % 4
    at += _SIZE if mask >> 8 & 1 else 0
    texts = {}
    for bit, name in ((_VALUE, "value"), (_CAPTION, "caption"), (_GROUP, "groupname")):
        length = lengths.get(bit, 0) & 0x7FFFFFFF
        packed = lengths.get(bit, 0) >> 31
        if at + length > size + 4:
            raise ValueError("a text runs out of its control")
        texts[name] = data[at : at + length].decode("latin-1" if packed else "utf-16-le")
        at += length + -length % 4
    return texts
