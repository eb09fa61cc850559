"""Building CSS selectors from elements: the shortest one that selects these rows and no other link of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from crawler.extract.select import select
from crawler.probe.rows import Row, is_made, is_state

_NAME = re.compile(r"[A-Za-z][\w-]{0,39}")
_HOPS = 6  # number of ancestors tried
_TRIES = 40  # number of selectors with names tried per list


def row_selector(root: etree._Element, rows: Sequence[Row]) -> str:
    """A selector for the elements of ``rows``, or an empty string if none selects only them."""
    wanted = [row.element for row in rows]
    above = list(wanted[0].iterancestors())
    for element in wanted[1:]:
        others = set(element.iterancestors())
        above = [each for each in above if each in others]
    for css in (*islice(_by_name(wanted, above[:_HOPS]), _TRIES), *_by_place(wanted, above)):
        if _fits(select(root, css), wanted):
            return css
    return ""


def part_selector(rows: Sequence[Row], wanted: Sequence[etree._Element | None]) -> str:
    """A selector that finds the wanted part first within each row; empty if there is none."""
    pairs = [(row.element, part) for row, part in zip(rows, wanted, strict=True) if part is not None]
    if len(pairs) * 5 < len(rows) * 4:
        return ""
    part = pairs[0][1]
    above = part.getparent()
    steps = list(_steps(part))
    if above is not None and above is not pairs[0][0]:
        steps += [f"{outer} > {inner}" for outer in _steps(above) for inner in _steps(part)]
    steps += [f"{part.tag}:last-of-type", f"{part.tag}:nth-of-type({_number(part)})"]
    for css in steps:
        if all(next(iter(select(element, css)), None) is target for element, target in pairs):
            return css
    return ""


def element_selector(element: etree._Element, root: etree._Element) -> str:
    """A readable selector for one element (by id or class); empty if it has no usable name."""
    for css in _steps(element):
        if css != element.tag and select(root, css)[:1] == [element]:
            return css
    return ""


def _by_name(wanted: Sequence[etree._Element], above: Sequence[etree._Element]) -> Iterator[str]:
    """Selectors of the rows by classes and ids: their own, those of their containers, those of what is ``above`` them
    all."""
    own = _shared_steps(wanted)
    holders = list(dict.fromkeys(element.getparent() for element in wanted))
    inner = [step for step in _shared_steps([each for each in holders if each is not None]) if "." in step]
    outer = [step for each in above for step in _steps(each) if "." in step or "#" in step]
    yield from (step for step in own if "." in step)
    for step in own:
        yield from (f"{holder} > {step}" for holder in inner)
    for step in own:
        yield from (f"{each} {step}" for each in outer)
    for step in own:
        yield from (f"{each} {holder} > {step}" for each in outer for holder in inner)
    for step in own:
        yield from (f"{far} {near} {step}" for at, near in enumerate(outer) for far in outer[at + 1 :] if far != near)


def _by_place(wanted: Sequence[etree._Element], above: Sequence[etree._Element]) -> Iterator[str]:
    """Selectors by position, for markup without names."""
    for step in _shared_steps(wanted):
        yield from (f"{_path(each)} {step}" for each in above[:2] if each.tag not in ("body", "html"))
        yield f"body > {step}"


def _shared_steps(elements: Sequence[etree._Element]) -> list[str]:
    """The simple selectors that match all of ``elements``, those with a class first."""
    if not elements:
        return []
    tag = str(elements[0].tag)
    classes = {name for name in elements[0].get("class", "").split() if not is_state(name)}
    for element in elements[1:]:
        classes &= set(element.get("class", "").split())
    return [*(f"{tag}.{name}" for name in sorted(classes) if _is_name(name)), tag]


def _steps(element: etree._Element) -> Iterator[str]:
    name = element.get("id", "")
    if _is_name(name):
        yield f"#{name}"
    for each in element.get("class", "").split():
        if _is_name(each):
            yield f"{element.tag}.{each}"
    yield str(element.tag)


def _is_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not is_made(name)


def _fits(found: list[etree._Element], wanted: Sequence[etree._Element]) -> bool:
    """Whether ``found`` are the rows; additional elements without links between them do not matter."""
    rows = set(wanted)
    rest = [element for element in found if element not in rows]
    return rows <= set(found) and not any(
        element.tag == "a" or element.find(".//a[@href]") is not None for element in rest
    )


def _path(element: etree._Element) -> str:
    steps = []
    for each in (element, *element.iterancestors()):
        if each.tag in ("html", "body"):
            break
        steps.append(f"{each.tag}:nth-of-type({_number(each)})")
    return " > ".join(["body", *reversed(steps)])


def _number(element: etree._Element) -> int:
    return 1 + sum(1 for _ in element.itersiblings(str(element.tag), preceding=True))
