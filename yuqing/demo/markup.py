"""Elements from short CSS paths, so that a site's markup can be written as the selector that finds it."""

from __future__ import annotations

import re

from markupsafe import Markup

_STEP = re.compile(r"^(?P<tag>[\w-]+)?(?P<marks>(?:[.#][\w-]+|\[[^\]]+\]|:[\w-]+(?:\([^)]*\))?)*)$")
_MARK = re.compile(r"([.#])([\w-]+)|\[([\w-]+)(?:[*^$~|]?=['\"]?([^'\"\]]*)['\"]?)?\]")
_DEFAULT_TAG = "div"


def steps(path: str) -> list[str]:
    """The compound selectors of the first alternative of a CSS path: ``ul.list > li a, p a`` is ul.list, li, a."""
    first = path.split(",", 1)[0].strip()
    return [step for step in re.split(r"\s*>\s*|\s+", first) if step]


def tag_of(step: str) -> str:
    """The element name in a compound selector; ``div`` if it has none."""
    match = _STEP.match(step)
    return (match["tag"] if match else None) or _DEFAULT_TAG


def element(step: str, attributes: str = "") -> tuple[Markup, Markup]:
    """The start and end tag of an element matched by the compound selector ``step``; pseudo-classes are ignored."""
    classes: list[str] = []
    written = ""
    plain = re.sub(r":[\w-]+(?:\([^)]*\))?", "", step)
    for kind, name, attribute, value in _MARK.findall(plain):
        if kind == ".":
            classes.append(name)
        elif kind == "#":
            written += f' id="{name}"'
        else:
            written += f' {attribute}="{value}"'
    if classes:
        written += f' class="{" ".join(classes)}"'
    tag = tag_of(step)
    return Markup(f"<{tag}{written}{attributes}>"), Markup(f"</{tag}>")


def nested(path: str) -> tuple[Markup, Markup]:
    """The start tags and the end tags of the elements along ``path``."""
    pairs = [element(step) for step in steps(path)]
    return Markup("").join(p[0] for p in pairs), Markup("").join(p[1] for p in reversed(pairs))
