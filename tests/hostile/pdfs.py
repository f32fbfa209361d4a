"""Hostile PDFs: loops, bombs, scripts, boxes without end. Each maker gives the bytes of one file."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_LINE = b"BT /F 12 Tf 72 700 Td (1 yes) Tj ET\n"


def pdf(objects: Mapping[int, str | bytes], trailer: str = "") -> bytes:
    """A PDF of these objects with a correct table; object 1 is the catalogue."""
    out, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    size = max(objects) + 1
    table = "".join(
        f"{places[n]:010} 00000 n \n" if n in places else "0000000000 65535 f \n" for n in range(size)
    )
    return (
        out
        + f"xref\n0 {size}\n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


def stream(data: bytes, entries: str = "", packed: int = 1) -> bytes:
    """A stream object, packed so many times."""
    for _ in range(packed):
        data = zlib.compress(data, 9)
    filters = f"/Filter[{'/FlateDecode' * packed}]" if packed else ""
    return f"<<{entries}{filters}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def one_page(
    content: bytes, page: str = "", more: Mapping[int, str | bytes] | None = None, catalogue: str = ""
) -> bytes:
    """A PDF of one page with this content, more entries of the page and of the catalogue, and more objects."""
    objects: dict[int, str | bytes] = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalogue}>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: "<</Type/Page/Parent 2 0 R/Contents 4 0 R"
        + ("" if "/MediaBox" in page else "/MediaBox[0 0 595 842]")
        + ("" if "/Resources" in page else "/Resources<</Font<</F 5 0 R>>>>")
        + f"{page}>>",
        4: content,
        5: _FONT,
    }
    return pdf(objects | dict(more or {}))


def huge_page() -> bytes:
    return one_page(stream(_LINE), "/MediaBox[-1e9 -1e9 1e9 1e9]")


def odd_boxes() -> bytes:
    return one_page(
        stream(_LINE), "/MediaBox[0 0 0 0]/CropBox[99999999999999999999 (a) null 1]/Rotate 17/UserUnit 1e30"
    )


def page_tree_loop() -> bytes:
    return pdf({
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R 2 0 R]/Count 99999999/Parent 3 0 R>>",
        3: "<</Type/Pages/Kids[2 0 R]/Count 99999999/Parent 2 0 R>>",
    })  # fmt: skip


def same_page_often() -> bytes:
    kids = "3 0 R " * 100_000
    return pdf({
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count 100000>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        4: stream(_LINE * 200),
        5: _FONT,
    })  # fmt: skip


def form_loop() -> bytes:
    form = stream(
        b"/X Do /Y Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R/Y 7 0 R>>>>"
    )
    return one_page(
        stream(_LINE + b"/X Do"),
        "/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>",
        {6: form, 7: form},
    )


def form_tree() -> bytes:
    """Forms that draw the next form ten times each, twelve levels deep: 10^12 lines of text."""
    levels = {
        n: stream(
            b"/X Do " * 10 if n < 18 else _LINE,
            f"/Type/XObject/Subtype/Form/BBox[0 0 999 999]/Resources<</Font<</F 5 0 R>>/XObject<</X {n + 1} 0 R>>>>",
        )
        for n in range(6, 19)
    }
    return one_page(stream(b"/X Do"), "/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>", levels)


def huge_table() -> bytes:
    """A table of references that says that it has 2^31 entries, and one before it that is itself."""
    data = one_page(stream(_LINE), catalogue="").replace(b"/Size 6", b"/Size 2147483647/Prev 9")
    return data.replace(b"xref\n0 6", b"xref\n0 2147483647", 1)


def stream_bomb() -> bytes:
    return one_page(stream(b"0 0 m 9 9 l S\n" * 30_000_000))


def packed_bomb() -> bytes:
    """Zeros packed three times: 100 million bytes in some hundred."""
    return one_page(stream(bytes(100_000_000), packed=3))


def text_bomb() -> bytes:
    return one_page(stream(b"BT /F 1 Tf 9 700 Td " + b"(aaaaaaaaaa) Tj 0 -0.001 Td " * 1_000_000 + b"ET"))


def image_bomb() -> bytes:
    picture = stream(
        bytes(5_000_000),
        "/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8",
    )
    return one_page(
        stream(_LINE + b"500 0 0 700 0 0 cm /X Do"),
        "/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>",
        {6: picture},
    )


def scripts(target: str) -> bytes:
    """Scripts and programs to run when the file is opened, a form to send off, a file to fetch."""
    return one_page(
        stream(_LINE),
        "/AA<</O 6 0 R>>/Annots[7 0 R]",
        {
            6: f"<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\); this.exportDataObject\\('{target}'\\))>>",
            7: f"<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A<</S/Launch/F({target})>>>>",
            8: "<</S/SubmitForm/F<</FS/URL/F(http://127.0.0.1:9/)>>>>",
        },
        "/OpenAction 6 0 R/AcroForm<</XFA(<x/>)/Fields[]>>",
    )


def attached(name: str, data: bytes) -> bytes:
    """A file inside, under a name that climbs out of its folder."""
    entry = f"<</Type/Filespec/F({name})/UF({name})/EF<</F 7 0 R>>>>"
    return one_page(
        stream(_LINE),
        "",
        {6: entry, 7: stream(data, "/Type/EmbeddedFile")},
        f"/Names<</EmbeddedFiles<</Names[({name}) 6 0 R]>>>>",
    )


def attached_bomb() -> bytes:
    """A file inside that says it is small and unpacks to 2 GB."""
    packer = zlib.compressobj(9)
    piece = packer.compress(bytes(16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    data = piece + piece[2:] * 127  # without the head of the first
    body = f"<</Type/EmbeddedFile/Params<</Size 10>>/Filter/FlateDecode/Length {len(data)}>>stream\n".encode()
    entry = "<</Type/Filespec/F(a.xlsx)/UF(a.xlsx)/EF<</F 7 0 R>>>>"
    more: dict[int, str | bytes] = {6: entry, 7: body + data + b"\nendstream"}
    return one_page(stream(_LINE), "", more, "/Names<</EmbeddedFiles<</Names[(a.xlsx) 6 0 R]>>>>")


def field_loop() -> bytes:
    """Fields of which the kids are their parents, and a chain of 20,000 of them."""
    chain = {n: f"<</T(a)/Kids[{n + 1} 0 R]/Parent {n - 1} 0 R>>" for n in range(10, 20_000)}
    chain[20_000] = "<</T(a)/Kids[10 0 R]/FT/Tx/V(1)/Parent 19999 0 R>>"
    widget = "<</Type/Annot/Subtype/Widget/FT/Tx/Rect[0 0 99 99]/T(a)/V(1)/Parent 20000 0 R/Kids[6 0 R]>>"
    return one_page(
        stream(_LINE), "/Annots[6 0 R 6 0 R]", {6: widget, **chain}, "/AcroForm<</Fields[10 0 R 6 0 R]>>"
    )


def outline_loop() -> bytes:
    chain = {n: f"<</Title(a)/First {n + 1} 0 R/Next {n} 0 R/Parent {n - 1} 0 R>>" for n in range(7, 20_000)}
    chain[20_000] = "<</Title(a)/First 6 0 R/Next 6 0 R>>"
    root = "<</Type/Outlines/First 7 0 R/Last 6 0 R/Count 99999999>>"
    return one_page(stream(_LINE), "", {6: root, **chain}, "/Outlines 6 0 R")


def many_annotations() -> bytes:
    note = "<</Type/Annot/Subtype/FreeText/Rect[0 0 99 99]/Contents(yes)/DA(/F 9 Tf)>>"
    return one_page(stream(_LINE), f"/Annots[{'6 0 R ' * 100_000}]", {6: note})


def deep_arrays() -> bytes:
    return one_page(stream(_LINE), "", {6: "[" * 200_000 + "]" * 200_000}, "/Dests 6 0 R")


def many_rules() -> bytes:
    """A page ruled into 250,000 cells."""
    lines = b"".join(b"%d 0 m %d 800 l S 0 %d m 590 %d l S\n" % (n, n, n, n) for n in range(0, 590))
    fine = b"".join(b"%d.5 0 m %d.5 800 l S\n" % (n, n) for n in range(0, 590))
    return one_page(stream(lines + fine + _LINE))
