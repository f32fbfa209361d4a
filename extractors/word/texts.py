"""A paragraph of a Word file in, its text in parts out: what holds, what is struck through, hidden or a placeholder.

Boxes to tick come as characters, as symbols of a font, as content controls, as fields of old forms and as ActiveX
controls: each is one character of the text. A box of which state and picture differ is ▣.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.package.activex import ActiveX
from extractors.package.xml_parts import Element, child, elements, local, relation_id
from extractors.strikethrough import STRUCK
from extractors.word.boxes import box_glyph, list_entries, old_box, old_list, symbol
from extractors.word.lines import DROP_DOWN, HIDDEN, HOLDS, PLACEHOLDER, WordLine, WordParts
from extractors.word.numbering import BULLET
from extractors.word.styles import is_struck, number_of, switch, value

_WITHDRAWN = {"del", "moveFrom"}
_THROUGH = {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdtContent"}
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DRAWN = {"drawing", "pict", "object", "AlternateContent"}
_SHAPES = {"wsp", "shape", "rect", "oval", "line", "roundrect", "polyline", "arc", "curve", "contentPart"}
_LISTS = ("dropDownList", "comboBox")
_PLAIN = {"", "auto", "000000"}


@dataclass(slots=True)
class _RunContext:
    """How the text at hand is written: the paragraph's style, why it does not hold, whether a field hides it."""

    word: WordParts
    style: str
    line: WordLine
    fields: list[bool] = field(default_factory=list)


def read_paragraph(paragraph: Element, word: WordParts, why: str = HOLDS) -> WordLine:
    """The line of a paragraph with its automatic number; `why` is the reason if all of it is withdrawn."""
    properties = child(paragraph, "pPr")
    style = value(child(properties, "pStyle"))
    label = word.numbers.label(number_of(properties) or word.styles.number(style))
    line = WordLine()
    _inline(paragraph, _RunContext(word, style, line), why)
    if label:
        blank = not any(text.strip() for text, _ in line.parts)
        line.parts.insert(0, (label if blank or label == BULLET else f"{label} ", why))
    return line


def controlled(properties: Element | None, line: WordLine) -> WordLine:
    """The line inside a content control: a box is one character, a prompt to choose something holds nothing."""
    if switch(properties, "showingPlcHdr"):
        line.parts = [(text, PLACEHOLDER) for text, _ in line.parts]
        line.prompt = line.prompt or line.text(PLACEHOLDER).strip()
    line.control = True
    for name in _LISTS:
        drop_down = child(properties, name)
        line.offer(None if drop_down is None else list_entries(drop_down))
    box = child(properties, "checkbox")
    if box is not None:
        state = {
            "1": True,
            "true": True,
            "on": True,
            "0": False,
            "false": False,
            "off": False,
            "": False,
        }.get(value(child(box, "checked")).lower())
        line.parts = [(box_glyph(state, line.text()), HOLDS)]
    return line


def _inline(node: Element, pen: _RunContext, why: str) -> None:
    for element in elements(node):
        name = local(element)
        if name == "r":
            _run(element, pen, why)
        elif name == "sdt":
            inner = _RunContext(pen.word, pen.style, WordLine())
            content = child(element, "sdtContent")
            if content is not None:
                _inline(content, inner, why)
            pen.line.take(controlled(child(element, "sdtPr"), inner.line))
        elif name in _THROUGH or name in _WITHDRAWN:
            _inline(element, pen, STRUCK if name in _WITHDRAWN else why)


def _run(run: Element, pen: _RunContext, why: str) -> None:
    properties = child(run, "rPr")
    own = value(child(properties, "rStyle"))
    styles = pen.word.styles
    hidden = _first_known(switch(properties, "vanish"), styles.hidden(own), styles.hidden(pen.style))
    struck = _first_known(is_struck(properties), styles.struck(own), styles.struck(pen.style))
    why = why or (HIDDEN if hidden else STRUCK if struck else HOLDS)
    colour = value(child(properties, "color"))
    before = len(pen.line.parts)
    for element in elements(run):
        covered = any(pen.fields)
        text = _run_text(element, pen, properties)
        if text and not covered:
            pen.line.parts.append((text, why))
    if why == HOLDS and "".join(text for text, _ in pen.line.parts[before:]).strip():
        pen.line.colours.add("" if colour.lower() in _PLAIN else colour)
        weights = (switch(properties, "b"), styles.bold(own), styles.bold(pen.style))
        pen.line.weights.add(next((weight for weight in weights if weight is not None), None))


def _first_known(*states: bool | None) -> bool:
    return next((state for state in states if state is not None), False)


def _run_text(element: Element, pen: _RunContext, properties: Element | None) -> str:
    """The text of one piece of a run; what is no text is put down in the line."""
    name = local(element)
    if name in {"t", "delText"}:
        return _characters(element, properties)
    if name in _SIGNS:
        return _SIGNS[name] if value(element, "type") not in {"page", "column"} else ""
    if name == "sym":
        return symbol(value(element, "font"), value(element, "char"))
    if name == "ruby":
        return _ruby(element, pen)
    if name == "fldChar":
        return _field(element, pen)
    if name == "commentReference":
        comment = pen.word.comments.get(value(element, "id"))
        pen.line.comments += [comment] if comment else []
    return _drawn(element, pen) if name in _DRAWN else ""


def _ruby(element: Element, pen: _RunContext) -> str:
    """The text without the reading over it."""
    base, line = child(element, "rubyBase"), WordLine()
    if base is not None:
        _inline(base, _RunContext(pen.word, pen.style, line), HOLDS)
    return line.text()


def _characters(element: Element, properties: Element | None) -> str:
    text = element.text or ""
    text = text if value(element, "space") == "preserve" else text.strip(" \t\r\n")
    if not any("\uf000" <= char <= "\uf0ff" for char in text):
        return text
    fonts = child(properties, "rFonts")
    font = value(fonts, "ascii") or value(fonts, "hAnsi") or value(fonts, "eastAsia")
    return "".join(symbol(font, f"{ord(c):X}") if "\uf000" <= c <= "\uf0ff" else c for c in text)


def _field(element: Element, pen: _RunContext) -> str:
    """A field begins, or ends: a box or a list of an old form is what it shows, whatever text stands inside."""
    kind = value(element, "fldCharType")
    if kind == "end" and pen.fields:
        pen.fields.pop()
    if kind != "begin":
        return ""
    form = child(element, "ffData")
    box, drop_down = child(form, "checkBox"), child(form, "ddList")
    pen.fields.append(box is not None or drop_down is not None)
    pen.line.control = pen.line.control or form is not None
    if drop_down is not None:
        pen.line.offer(list_entries(drop_down))
        text, chosen = old_list(drop_down)
        pen.line.doubt = pen.line.doubt if chosen else DROP_DOWN
        return text
    return "" if box is None else old_box(box)


def _drawn(element: Element, pen: _RunContext) -> str:
    """What is drawn at a run: the text of text boxes, boxes of ActiveX, else shapes and pictures that are counted."""
    node = _chosen(element)
    if node is None:
        return ""
    texts = [boxed_text(box, pen.word) for box in node.iter("{*}txbxContent")]
    names = {local(inner) for inner in elements_below(node)}
    pen.line.boxes += [text for text in texts if text]
    controls = [pen.word.controls.get(relation_id(c)) for c in node.iter("{*}control")]
    if controls:
        return "".join(_control_text(control, pen.line) for control in controls)
    if names & {"pic", "imagedata"}:
        pen.line.pictures += 1
    elif names & _SHAPES and not any(texts):
        pen.line.shapes += 1
    return ""


def _chosen(element: Element) -> Element | None:
    """The first way of drawing something that a file offers in several."""
    if local(element) != "AlternateContent":
        return element
    choice = child(element, "Choice")
    return choice if choice is not None else child(element, "Fallback")


def elements_below(node: Element) -> Sequence[Element]:
    """All elements under one, itself too."""
    return [inner for inner in node.iter() if isinstance(inner.tag, str)]


def boxed_text(box: Element, word: WordParts) -> str:
    """The text of a text box, a comment or a header: its paragraphs."""
    lines = (read_paragraph(p, word).text() for p in box.iter("{*}p"))
    return "\n".join(line for line in lines if line.strip()).strip()


def _control_text(control: ActiveX | None, line: WordLine) -> str:
    if control is None or control.kind == "other":
        line.shapes += 1
        return ""
    if control.kind not in {"check", "radio"}:
        return ""
    return box_glyph(control.state, "") + control.caption
