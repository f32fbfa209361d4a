"""Short ways to made-up Word files: the body as XML, other parts by name."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{_W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str, parts: Mapping[str, str] | None = None) -> BytesIO:
    """A Word file; `parts` are the insides of other parts by the last word of their relation (`styles`)."""
    parts = parts or {}
    roots = {
        "styles": "styles",
        "numbering": "numbering",
        "comments": "comments",
        "header": "hdr",
        "footnotes": "footnotes",
        "settings": "settings",
    }
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_KINDS}/{kind}" Target="{kind}.xml"/>'
        for n, kind in enumerate(parts)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    files = {
        f"word/{kind}.xml": f"<w:{roots[kind]} {SPACES}>{text}</w:{roots[kind]}>"
        for kind, text in parts.items()
    }
    files |= {
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{relations}</Relationships>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{_KINDS}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
    }
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package_file:
        for name, text in files.items():
            package_file.writestr(name, text)
    stream.seek(0)
    return stream


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a plain text is one."""
    inner = "".join(part if part.startswith("<") else run(part) for part in runs if part)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def cell(*content: str, properties: str = "") -> str:
    """A cell of paragraphs; a text that is no XML is one."""
    inner = "".join(
        part if part.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else paragraph(part) for part in content
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(rows: Sequence[Sequence[str]], widths: Sequence[int] = ()) -> str:
    """A table of cells; a text is a cell of one paragraph. Widths are twips."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = ("".join(c if c.startswith(("<w:tc>", "<w:sdt>")) else cell(c) for c in row) for row in rows)
    inner = "".join(line if line.startswith("<w:tr>") else f"<w:tr>{line}</w:tr>" for line in lines)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{inner}</w:tbl>"


def control(properties: str, content: str) -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def tick(state: str, shown: str) -> str:
    """A check box as a content control in a paragraph."""
    return control(f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>', run(shown))


def old_box(properties: str) -> str:
    """A check box of an old form, or a list: the fields' data in between."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{properties}</w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
