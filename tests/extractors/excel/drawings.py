"""Controls, shapes and comments added to a workbook's package as Excel writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.extractors.excel.books import add_part, rewrite

SHEET = "xl/worksheets/sheet1.xml"
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_EMU_A_PIXEL = 9525
Pixels = tuple[int, int, int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A control: its state (`""`, `1`, `2`), caption, anchor (column, pixels, row, pixels, twice) and link.

    `told` are further properties of a list (`sel`, `fmlaRange`), as XML attributes.
    """

    at: Pixels
    state: str = ""
    caption: str = ""
    kind: str = "Checkbox"
    link: str = ""
    first: bool = False
    told: str = ""


def small(col: int, x: int, row: int, y: int = 3, state: str = "") -> Box:
    """A check box without caption, 15 pixels wide and high."""
    return Box((col, x, row, y, col, x + 15, row, y + 15), state)


def add_controls(path: Path, boxes: Sequence[Box], parts: str = "sheet vml") -> None:
    """Add controls to the first sheet; `parts` names what tells of them: `sheet` (with ctrlProps), `vml`."""
    relations = []
    if "vml" in parts:
        shapes = "".join(_vml(1025 + i, box) for i, box in enumerate(boxes))
        add_part(path, "xl/drawings/vmlDrawing1.vml", _vml_part(shapes).encode())
        relations.append(("v1", "vmlDrawing", "../drawings/vmlDrawing1.vml"))
    if "sheet" in parts:
        controls = ""
        for i, box in enumerate(boxes):
            add_part(path, f"xl/ctrlProps/ctrlProp{i + 1}.xml", _properties(box).encode())
            relations.append((f"c{i}", "ctrlProp", f"../ctrlProps/ctrlProp{i + 1}.xml"))
            controls += _control(1025 + i, f"c{i}", box)
        whole = (
            f'<mc:AlternateContent xmlns:mc="{_MC}"><mc:Choice Requires="x14"><controls>{controls}</controls>'
            "</mc:Choice></mc:AlternateContent></worksheet>"
        )
        rewrite(path, SHEET, b"</worksheet>", whole.encode())
    add_relations(path, relations)


def add_relations(path: Path, relations: Sequence[tuple[str, str, str]]) -> None:
    """Relations (id, kind, target) of the first sheet."""
    entries = "".join(
        f'<Relationship Id="{key}" Type="{_R}/{kind}" Target="{target}"/>' for key, kind, target in relations
    )
    add_part(
        path,
        "xl/worksheets/_rels/sheet1.xml.rels",
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'.encode(),
    )


def _properties(box: Box) -> str:
    kind = {"Checkbox": "CheckBox"}.get(box.kind, box.kind)
    checked = {"1": ' checked="Checked"', "2": ' checked="Mixed"'}.get(box.state, "")
    link = f' fmlaLink="{box.link}"' if box.link else ""
    first = ' firstButton="1"' if box.first else ""
    return (
        f'<formControlPr xmlns="{_X14}" objectType="{kind}"{checked}{first}{link} {box.told} lockText="1"/>'
    )


def _control(number: int, key: str, box: Box) -> str:
    corners = "".join(_corner(name, box.at[i : i + 4]) for name, i in (("from", 0), ("to", 4)))
    control = (
        f'<control shapeId="{number}" r:id="{key}" name="{number}" xmlns:r="{_R}"><controlPr defaultSize="0">'
        f'<anchor moveWithCells="1" xmlns:xdr="{_XDR}">{corners}</anchor></controlPr></control>'
    )
    return f'<mc:AlternateContent><mc:Choice Requires="x14">{control}</mc:Choice></mc:AlternateContent>'


def _corner(name: str, at: Sequence[int], prefix: str = "") -> str:
    col, x, row, y = at
    return (
        f"<{prefix}{name}><xdr:col>{col}</xdr:col><xdr:colOff>{x * _EMU_A_PIXEL}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{y * _EMU_A_PIXEL}</xdr:rowOff></{prefix}{name}>"
    )


def _vml(number: int, box: Box) -> str:
    font = f'<font face="Meiryo" size="180" color="auto">{box.caption}</font>' if box.caption else ""
    first = "<x:FirstButton/>" if box.first else ""
    checked = f"<x:Checked>{box.state}</x:Checked>" if box.state else ""
    link = f"<x:FmlaLink>{box.link}</x:FmlaLink>" if box.link else ""
    return f"""<v:shape id="_x0000_s{number}" type="#_x0000_t201" style='position:absolute;
  width:15pt;height:16.5pt;z-index:1' filled="f">
  <v:textbox style='mso-direction-alt:auto' o:singleclick="f">
   <div style='text-align:left'>{font}</div>
  </v:textbox>
  <x:ClientData ObjectType="{box.kind}">
   <x:SizeWithCells/>
   <x:Anchor>
    {", ".join(map(str, box.at))}</x:Anchor>
   <x:AutoFill>False</x:AutoFill>{link}{checked}{first}
   <x:NoThreeD/>
  </x:ClientData>
 </v:shape>"""


def _vml_part(shapes: str) -> str:
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel">{shapes}</xml>'
    )


def add_drawing(path: Path, anchors: str) -> None:
    """Add a drawing with these anchors to the first sheet."""
    root = f'<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}" xmlns:mc="{_MC}">{anchors}</xdr:wsDr>'
    add_part(path, "xl/drawings/drawing1.xml", root.encode())
    add_relations(path, [("d1", "drawing", "../drawings/drawing1.xml")])


def anchored(content: str, at: Pixels) -> str:
    """A two-cell anchor with this content."""
    corners = _corner("from", at[:4], "xdr:") + _corner("to", at[4:], "xdr:")
    return f"<xdr:twoCellAnchor>{corners}{content}<xdr:clientData/></xdr:twoCellAnchor>"


def shape(preset: str, text: str = "", xfrm: str = "", fill: str = "") -> str:
    """A shape of a preset form."""
    body = f"<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody>" if text else ""
    return (
        '<xdr:sp macro=""><xdr:nvSpPr><xdr:cNvPr id="2" name="図形"/></xdr:nvSpPr>'
        f'<xdr:spPr>{xfrm}<a:prstGeom prst="{preset}"/>{fill}</xdr:spPr>{body}</xdr:sp>'
    )


def xfrm(x: int, y: int, width: int, height: int, inner: str = "") -> str:
    """A transform with offset and extent; `inner` are chOff and chExt of a group."""
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>{inner}</a:xfrm>'
