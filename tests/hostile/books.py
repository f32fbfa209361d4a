"""Hostile packages: bombs, entities, sheets without end. Each maker gives the bytes of one file."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable
from itertools import pairwise

from tests.pipeline.make import sheet_rows

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
SECRET = "canary-3f9a"


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return out.getvalue()


def workbook_parts(sheet: str | bytes, titles: Iterable[str] = ("一覧",)) -> dict[str, str | bytes]:
    """The parts of a workbook of which every sheet is the same part."""
    names = list(titles)
    sheets = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r1"/>' for n, name in enumerate(names, 1))
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }


def _cell(name: str, text: str) -> str:
    return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'


def _rows(texts: Iterable[Iterable[str]]) -> str:
    return "".join(
        f'<row r="{n}">{"".join(_cell(f"{chr(65 + c)}{n}", text) for c, text in enumerate(row))}</row>'
        for n, row in enumerate(texts, 1)
    )


LIST = _rows(sheet_rows(["○", "×", "○", "△", "○", "×"]))


def sheet_xml(rows: str = LIST, behind: str = "", before: str = "") -> str:
    """A worksheet's part."""
    return f'{before}<worksheet xmlns="{_MAIN}" xmlns:r="{_REL}"><sheetData>{rows}</sheetData>{behind}</worksheet>'


def bomb_by_ratio() -> bytes:
    return package(workbook_parts(sheet_xml(" " * 300_000_000)))


def bomb_of_shared_strings() -> bytes:
    parts = workbook_parts(sheet_xml())
    return package(parts | {"xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 20_000_000})


def bomb_that_lies() -> bytes:
    """A part that says that it has 100 bytes unpacks to 200 MB."""
    data = bytearray(package(workbook_parts(sheet_xml(" " * 200_000_000))))
    name = b"xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as told:
        size = told.getinfo(name.decode()).file_size
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.find(sign)
        while start >= 0:
            if struct.unpack_from("<L", data, start + at)[0] == size:
                struct.pack_into("<L", data, start + at, 100)
            start = data.find(sign, start + 1)
    return bytes(data)


def bomb_of_members() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for number in range(120_000):
            target.writestr(zipfile.ZipInfo(f"xl/worksheets/a-sheet-{number:020}.xml"), b"")
    return out.getvalue()


def nested_packages() -> bytes:
    data = package({"a.txt": b"0" * 50_000_000})
    for _ in range(5):
        data = package({f"{n}.zip": data for n in range(8)})
    return data


def entity_bomb() -> bytes:
    names = "abcdefghij"
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    before = f'<!DOCTYPE x [<!ENTITY a "lol">{entities}]>'
    return package(workbook_parts(sheet_xml(_rows([["&j;"]]), before=before)))


def external_entity(secret: str) -> bytes:
    before = (
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}"><!ENTITY % b SYSTEM "http://127.0.0.1:9/x"> %b;]>'
    )
    return package(workbook_parts(sheet_xml(_rows([["&a;"]]), before=before)))


def deep_nesting() -> bytes:
    return package(workbook_parts(sheet_xml("<row>" + "<c>" * 200_000 + "</c>" * 200_000 + "</row>")))


def million_columns() -> bytes:
    cells = "".join(f"<c><v>{n}</v></c>" for n in range(1_000_000))
    return package(workbook_parts(sheet_xml(f'<row r="1">{cells}</row>')))


def far_cells() -> bytes:
    """A cell in the last row and column: a table of 17 thousand million cells for who lays one out."""
    return package(workbook_parts(sheet_xml(f'{LIST}<row r="1048576">{_cell("XFD1048576", "a")}</row>')))


def million_merges() -> bytes:
    merges = "".join(f'<mergeCell ref="F{n}:G{n}"/>' for n in range(1, 1_000_001))
    return package(workbook_parts(sheet_xml(behind=f"<mergeCells>{merges}</mergeCells>")))


def merges_over_each_other() -> bytes:
    merges = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 20_001))
    return package(workbook_parts(sheet_xml(behind=f"<mergeCells>{merges}</mergeCells>")))


def long_cell() -> bytes:
    rows = sheet_rows(["○", "×", "○", "a" * 1_000_000])
    return package(workbook_parts(sheet_xml(_rows(rows))))


def hundred_thousand_sheets() -> bytes:
    return package(workbook_parts(sheet_xml(), (f"一覧{n}" for n in range(100_000))))


def formulas_and_dde() -> bytes:
    """Commands in cells as text and as formulas, a DDE link, and a part that claims to be a macro."""
    rows = sheet_rows(["○", "=cmd|'/C calc'!A0", "@SUM(1+1)", "-2+3+cmd|'/C calc'!A0"])
    formula = '<row r="9"><c r="D9" t="str"><f>WEBSERVICE("http://127.0.0.1:9/"&amp;A1)</f><v>○</v></c></row>'
    link = f'<externalLink xmlns="{_MAIN}"><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'
    parts = workbook_parts(
        sheet_xml(_rows([[cell.replace("&", "&amp;") for cell in r] for r in rows]) + formula)
    )
    return package(
        parts | {"xl/externalLinks/externalLink1.xml": link, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 9}
    )


_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def repeated_cells() -> bytes:
    """An OpenDocument table of which one cell stands for a whole sheet."""
    return package(
        {"mimetype": _ODS, "content.xml": repeated_cells_content("<text:p>a</text:p>", 1048576, 16384)}
    )


def repeated_cells_content(text: str, rows: int, columns: int) -> str:
    table = (
        f'<table:table table:name="一覧"><table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
        f'office:value-type="string" table:number-columns-repeated="{columns}">{text}</table:table-cell>'
        "</table:table-row></table:table>"
    )
    return (
        f'<office:document-content xmlns:office="{_OFFICE}" xmlns:table="{_TABLE}" xmlns:text="{_TEXT}"><office:body>'
        f"<office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )


def word_bomb() -> bytes:
    """A Word file of which the text is a bomb."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{space}"><w:body>' + "<w:p/>" * 40_000_000
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": body})


def with_entities(name: str, address: str) -> bytes:
    """A Word file, an OpenDocument table, an XML table or a workbook in which a text stands for what lies at an address."""
    if name.endswith(".xlsx"):
        return external_entity(address.removeprefix("file://"))
    declared = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{address}">]>'
    if name.endswith(".docx"):
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        text = "<w:p><w:r><w:t>1. 手順 &a;</w:t></w:r></w:p>"
        body = f'{declared}<w:document xmlns:w="{space}"><w:body>{text}</w:body></w:document>'
        return package({"[Content_Types].xml": "<Types/>", "word/document.xml": body})
    if name.endswith(".xml"):
        space = "urn:schemas-microsoft-com:office:spreadsheet"
        cell = '<Cell><Data ss:Type="String">&a;</Data></Cell>'
        table = f'<Worksheet ss:Name="s"><Table><Row>{cell}</Row></Table></Worksheet>'
        return f'<?xml version="1.0"?>{declared}<Workbook xmlns="{space}" xmlns:ss="{space}">{table}</Workbook>'.encode()
    content = repeated_cells_content("<text:p>&a;</text:p>", 2, 2)
    return package({"mimetype": _ODS, "content.xml": declared + content})
