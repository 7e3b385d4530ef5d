"""Renders Vega-Lite specifications to inline SVG that takes its colours and its type from the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from markupsafe import Markup

from answerable.report.canvas import (
    BANDS,
    CURVES,
    GRID,
    HEAT,
    INK,
    LINE,
    MUTED,
    ON_HIGH,
    ON_LOW,
    PAPER,
    Sketch,
)
from answerable.report.charts import Panel

__all__ = ["draw"]

_SVG = "{http://www.w3.org/2000/svg}"
_PAINTS = {
    INK: "ink", MUTED: "muted", LINE: "line", GRID: "grid", PAPER: "paper", ON_LOW: "on-low", ON_HIGH: "on-high",
    **dict(zip(CURVES, ("bar", "second", "third", "fourth"), strict=True)),
    **dict(zip(BANDS, ("band", "band-second", "band-third", "band-fourth"), strict=True)),
    **{paint: f"heat-{rank}" for rank, paint in enumerate(HEAT)},
}  # fmt: skip  # a table: what stands in one line belongs together
_KEPT = frozenset(
    {"transform", "d", "x2", "y2", "x1", "y1", "text-anchor", "stroke-width", "stroke-dasharray", "font-size"}
)
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_NOTHING = "M0,0h0v0h0Z"


def draw(panel: Panel, name: str, title: str) -> tuple[Markup, Markup]:
    """Draw a panel wide and narrow; ``name`` makes the ids of the two unlike any other's on the page."""
    return (
        _svg(panel.wide, f"{name}-wide", title, panel.description),
        _svg(panel.narrow, f"{name}-narrow", title, panel.description),
    )


def _svg(sketch: Sketch, name: str, title: str, description: str) -> Markup:
    root = _root(sketch, {"role": "img", "class": "wide" if name.endswith("wide") else "narrow"})
    root.set("aria-labelledby", f"{name}-t {name}-d")
    ET.SubElement(root, "title", {"id": f"{name}-t"}).text = title
    ET.SubElement(root, "desc", {"id": f"{name}-d"}).text = description
    root.extend(_drawn(sketch))
    if sketch.stays is None:
        return _markup(root)
    # Its names are in the description already.
    beside = _root(sketch.stays, {"aria-hidden": "true", "class": "stays"})
    beside.extend(_drawn(sketch.stays))
    for each, own in ((beside, sketch.stays), (root, sketch)):  # what scrolls is as large as it is drawn
        each.attrib |= {"width": str(own.width), "height": str(own.height)}
    return _markup(beside) + _markup(root)


def _root(sketch: Sketch, attributes: dict[str, str]) -> ET.Element:
    return ET.Element("svg", {"viewBox": f"0 0 {sketch.width} {sketch.height}"} | attributes)


def _drawn(sketch: Sketch) -> Iterator[ET.Element]:
    import vl_convert  # noqa: PLC0415 - it takes long to load, and only a command that draws should wait for it

    rendered = vl_convert.vegalite_to_svg(dict(sketch.spec), allowed_base_urls=[])
    drawn = ET.fromstring(rendered)  # noqa: S314 - rendered a moment ago from our own numbers, not read from a source
    return _clean(drawn, sketch.words)


def _markup(root: ET.Element) -> Markup:
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704 - ElementTree has escaped every text and attribute


def _clean(node: ET.Element, words: tuple[str, ...]) -> Iterator[ET.Element]:
    """Keep what is seen: marks with their paint as a class, text with its words put back."""
    for child in node:
        tag = child.tag.removeprefix(_SVG)
        paints = _paint(child)
        if tag == "g":
            inner = list(_clean(child, words))
            shift = child.get("transform")
            if shift in (None, "translate(0,0)"):
                yield from inner
            elif inner:
                group = ET.Element("g", {"transform": _short(shift)})
                group.extend(inner)
                yield group
        elif paints and child.get("d") not in ("", _NOTHING):
            kept = {key: _short(value) for key, value in child.items() if key in _KEPT}
            mark = ET.Element(tag, kept | {"class": " ".join(paints)})
            if tag == "text":
                mark.text = words[int(child.text or "")]
            yield mark


def _paint(node: ET.Element) -> list[str]:
    pairs = ((prefix, _PAINTS.get(node.get(paint, ""))) for prefix, paint in (("f", "fill"), ("s", "stroke")))
    return [f"{prefix}-{name}" for prefix, name in pairs if name]


def _short(text: str) -> str:
    """Round coordinates to hundredths of a pixel: no eye sees more, and no platform differs in them."""
    return _LONG.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), text)
