"""Small workbooks written to disk, and changes inside their packages."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl


def save(folder: Path, rows: Sequence[Sequence[Any]], name: str = "回答.xlsx") -> Path:
    """A workbook of one sheet `見本` with these values; returns its path."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "見本"
    for row in rows:
        sheet.append(list(row))
    path = folder / name
    book.save(path)
    return path


def rewrite(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Replace bytes of one part of a package."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def add_part(path: Path, part: str, data: bytes) -> None:
    """Add one part to a package."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(part, data)


def open_document(
    folder: Path, rows: Sequence[Sequence[str]], padding: int = 0, name: str = "回答.ods"
) -> Path:
    """An OpenDocument workbook of one sheet `見本`, with `padding` bytes of white space in it."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    )
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(
        f"<table:table-row>{''.join(cell.format(text) for text in row)}</table:table-row>" for row in rows
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="見本">{body}</table:table>{" " * padding}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest {spaces}><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/></manifest:manifest>'
    )
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)
    return path
