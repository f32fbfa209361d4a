"""A fill of form A or B → PDF bytes that look printed: ruled tables, the header on each page.

The font is named and not embedded (HeiseiKakuGo-W5), as in many PDFs made in Japan.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tests.golden.forms import Fill, Heading, Item, category_runs, plan

FONT = "HeiseiKakuGo-W5"
HEADER = colors.HexColor("#D9E2EC")
BAND = colors.HexColor("#EFEFEF")
TEXT = ParagraphStyle("text", fontName=FONT, fontSize=8, leading=11, wordWrap="CJK")
CENTRE = ParagraphStyle("centre", TEXT, alignment=1)
TITLE = ParagraphStyle("title", TEXT, fontSize=15, leading=20)
MARK = ParagraphStyle("mark", CENTRE, fontSize=12, leading=13)
RIGHT = ParagraphStyle("right", TEXT, alignment=2)


@dataclass(frozen=True, slots=True)
class Look:
    """How one form is printed: columns, header rows with their merged cells, and the page."""

    header: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
    widths: tuple[float, ...]
    centred: tuple[int, ...]
    page: tuple[float, float]
    identity: tuple[str, str]
    padding: float
    marks: int | None
    first_page: int


MARKS = Look(
    header=(
        ("確認すること", "", "", "事業者ご記入欄", ""),
        ("No.", "分類", "確認事項", "ご回答", "補足説明"),
    ),
    spans=(((0, 0), (2, 0)), ((3, 0), (4, 0))),
    widths=(9 * mm, 22 * mm, 70 * mm, 15 * mm, 64 * mm),
    centred=(0, 1, 3),
    page=A4,
    identity=("事業者名", "サービス名"),
    padding=3.2,
    marks=3,
    first_page=21,
)
LEVELS = Look(
    header=(("No.", "種別", "項目", "内容", "単位", "回答", "備考"),),
    spans=(),
    widths=(9 * mm, 22 * mm, 34 * mm, 78 * mm, 20 * mm, 54 * mm, 50 * mm),
    centred=(0, 1, 4),
    page=landscape(A4),
    identity=("会社名", "サービス名"),
    padding=1.8,
    marks=None,
    first_page=18,
)


def marks_pdf(fill: Fill) -> bytes:
    """Form A as a portrait print."""
    return _pdf(fill, MARKS)


def levels_pdf(fill: Fill) -> bytes:
    """Form B as a landscape print."""
    return _pdf(fill, LEVELS)


def _pdf(fill: Fill, look: Look) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=look.page,
        leftMargin=15 * mm,
        rightMargin=15 * mm,
        topMargin=14 * mm,
        bottomMargin=16 * mm,
        title=fill.form.title,
        author=fill.vendor,
        invariant=1,
    )

    def foot(canvas: Canvas, _: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 7)
        canvas.drawString(15 * mm, 9 * mm, f"© 2026 {fill.vendor}")
        canvas.drawRightString(look.page[0] - 15 * mm, 9 * mm, f"- {canvas.getPageNumber()} -")

    document.build([*_top(fill, look), *_tables(fill, look)], onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _top(fill: Fill, look: Look) -> list[Flowable]:
    form = fill.form
    vendor, service = look.identity
    lines = [
        _paragraph(form.title, TITLE),
        _paragraph(form.issuer, RIGHT),
        Spacer(1, 2 * mm),
        _paragraph(form.intro, TEXT),
        Spacer(1, 2 * mm),
    ]
    if form.legend:
        lines += [_paragraph(form.legend, TEXT), Spacer(1, 3 * mm)]
    width = sum(look.widths)
    identity = Table(
        [
            [_paragraph(f"{vendor}：{fill.vendor}", TEXT), _paragraph(f"記入日：{fill.date}", TEXT)],
            [_paragraph(f"{service}：{fill.service}", TEXT), _paragraph(f"記入者：{fill.person}", TEXT)],
        ],
        colWidths=[width * 0.6, width * 0.4],
    )
    identity.setStyle(
        TableStyle(
            [
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ]
        )
    )
    return [*lines, identity, Spacer(1, 3 * mm)]


def _tables(fill: Fill, look: Look) -> list[Flowable]:
    """One table a page; a category that the page end cuts keeps its name on the first page only."""
    rows = list(plan(fill.form))
    starts = {start for start, _ in category_runs(rows)}
    body = [_cells(row, fill, look, index in starts) for index, row in enumerate(rows)]
    cut = look.first_page
    return [
        _table(rows[:cut], body[:cut], look),
        PageBreak(),
        _table(rows[cut:], body[cut:], look),
    ]


def _table(rows: list[Heading | Item], body: list[list[Paragraph]], look: Look) -> Table:
    head = [[_paragraph(text, CENTRE) for text in line] for line in look.header]
    table = Table(head + body, colWidths=look.widths, repeatRows=len(head))
    table.setStyle(TableStyle(_style(rows, look)))
    return table


def _cells(row: Heading | Item, fill: Fill, look: Look, opens_run: bool) -> list[Paragraph]:
    if isinstance(row, Heading):
        return [_paragraph(text, TEXT) for text in (row.text, *[""] * (len(look.widths) - 1))]
    reply = fill.replies["provider", row.no]
    category = row.category if opens_run else ""
    names = (row.item, row.requirement, row.unit) if row.unit else (row.requirement,)
    texts = (row.no, category, *names, reply.cell, reply.remarks)
    return [_paragraph(text, _text_style(column, look)) for column, text in enumerate(texts)]


def _text_style(column: int, look: Look) -> ParagraphStyle:
    if column == look.marks:
        return MARK
    return CENTRE if column in look.centred else TEXT


def _style(rows: list[Heading | Item], look: Look) -> list[tuple[object, ...]]:
    top = len(look.header)
    style: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("BACKGROUND", (0, 0), (-1, top - 1), HEADER),
        ("TOPPADDING", (0, 0), (-1, -1), look.padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), look.padding + 1),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    style += [("SPAN", start, end) for start, end in look.spans]
    for index, row in enumerate(rows, start=top):
        if isinstance(row, Heading):
            ground = BAND if row.kind == "band" else colors.white
            style += [
                ("SPAN", (0, index), (-1, index)),
                ("BACKGROUND", (0, index), (-1, index), ground),
            ]
    style += [("SPAN", (1, top + start), (1, top + end)) for start, end in category_runs(rows) if end > start]
    return style


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text), style)
