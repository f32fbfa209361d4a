"""Bytes of one XML part in, its elements by name out, one at a time and without a tree of the whole."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from extractors.errors import Damaged, Refused, TooLarge, Unfit
from extractors.package.xml_parts import Element, parse_xml
from normalizers.text import ILLEGAL

_MAX_BYTES = 1 << 29  # of one part; it is held in memory as a whole
_SMALL = 1 << 20  # a part that is taken as a tree: several times faster
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding=["']([^"']+)""")
# Of transitional and strict files. Drawings inside a sheet have rows and columns too, of another namespace.
_SPACES = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
# Validations that name other sheets are written as an extension (MS-XLSX 2.4.2).
_EXTENSION = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_EXTENDED = "dataValidation"
# What no text holds as it is: the beginning of markup, and characters that XML does not allow.
NO_TEXT = "<" + ILLEGAL
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7});|#x([0-9A-Fa-f]{1,6});|(amp|lt|gt|quot|apos);)?")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def part_bytes(package: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of the part `name`. Raises Refused where it is missing and TooLarge above 512 MiB."""
    try:
        size = package.getinfo(name).file_size
    except KeyError as error:
        raise Refused(detail=f"no part {name}") from error
    if size > _MAX_BYTES:
        raise TooLarge(megabytes=str(size >> 20))
    return package.read(name)


def is_utf8(data: bytes) -> bool:
    """Whether a part says that it is UTF-8, or says nothing."""
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    return declared is None or declared.group(1).lower() in {b"utf-8", b"utf8", b"us-ascii"}


def unescaped(text: str) -> str:
    """Matched text with its character references undone. Raises Unfit for any other reference."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(decimal or "0") or int(hexadecimal or "0", 16)
    if code in {9, 10, 13} or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000:
        return chr(code)
    raise Unfit(detail="a reference that geometries for no character")


def stream_elements(data: bytes, *names: str) -> Iterator[Element]:
    """Each element of one of the local names when it is complete; it is gone when the next one is taken.

    Raises Refused for broken XML, and Damaged for a part that declares a DTD: packages must not (ECMA-376
    part 2, 8.1.4), and what its entities stand for would be lost.
    """
    tags = [space + name for space in _SPACES for name in names]
    tags += [_EXTENSION + _EXTENDED] if _EXTENDED in names else []
    if len(data) < _SMALL:
        root = parse_xml(data)
        if root is None:
            raise Refused(detail="a part is no XML")
        _check_root(root)
        yield from root.iter(*tags)
        return
    try:
        parser = etree.iterparse(
            BytesIO(data),
            events=("end",),
            tag=tuple(tags),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for _, element in parser:
            yield element
            element.clear(keep_tail=True)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise Refused(detail=str(error)) from error
    _check_root(parser.root)


def _check_root(root: Element) -> None:
    refuse_dtd(root)
    if not str(root.tag).startswith(_SPACES):
        raise Refused(detail=f"a part begins with {root.tag}"[:200])


def refuse_dtd(root: Element) -> None:
    """Raises Damaged where the part of this root element declares a DTD."""
    if root.getroottree().docinfo.doctype:
        raise Damaged(detail="DTD in a part of the package")
