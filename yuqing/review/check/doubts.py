"""The check of a row against its article, shown next to the row while it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from yuqing.core.names import Names
from yuqing.core.records import Article
from yuqing.review.check.act_days import of_another_day
from yuqing.review.check.acts import not_so
from yuqing.review.check.added import only_in_row
from yuqing.review.check.attributed import told_of_another
from yuqing.review.check.bindings import of_other_figure
from yuqing.review.check.causes import other_causes
from yuqing.review.check.clauses import parsed
from yuqing.review.check.contrasts import excluded_words, turned_round
from yuqing.review.check.days import absent_days
from yuqing.review.check.denials import allowed_but_denied, denied_but_said, said_but_denied
from yuqing.review.check.doers import other_doers
from yuqing.review.check.exchanged import changed_places
from yuqing.review.check.exclusions import taken_in
from yuqing.review.check.figures import absent_figures
from yuqing.review.check.forms import one_form, without_parents
from yuqing.review.check.frames import of_another_statement
from yuqing.review.check.groups import of_next_owner
from yuqing.review.check.growths import other_growths
from yuqing.review.check.items import of_another_item
from yuqing.review.check.marks import absent_marks
from yuqing.review.check.moods import other_moods
from yuqing.review.check.names import unnamed
from yuqing.review.check.parallels import of_another
from yuqing.review.check.places import other_places
from yuqing.review.check.plans import planned_but_done
from yuqing.review.check.ranks import wider_ranks
from yuqing.review.check.replaced import replaced_words
from yuqing.review.check.roles import other_roles
from yuqing.review.check.scopes import wider
from yuqing.review.check.shared_out import spelled_out
from yuqing.review.check.slots import other_stretches
from yuqing.review.check.stages import other_stages
from yuqing.review.check.times import other_times
from yuqing.review.draft.wording import tidy

_FIGURE = re.compile(r"^(?P<written>[^（]+)(?P<why>（.+）)?$")
_SHORT = {
    "AI": "人工智能",
    "APP": "客户端|应用|软件|程序",
    "AR": "增强现实",
    "CPI": "居民消费价格",
    "GDP": "生产总值",
    "IT": "信息技术",
    "PPP": "社会资本",
    "VR": "虚拟现实",
}
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def doubts(row: str, article: Article, names: Names, allowed: Iterable[str] = ()) -> list[str]:
    """What ``row`` says and ``article`` does not, phrased for an analyst; [] where there is nothing to check.

    Compared are days, numbers, names, titles and quotations; who does what, where, when and at what stage; whether it
    is planned, proposed, denied or excluded. Other words for the same thing are not reported. ``allowed`` are the place
    names from the item's tags.
    """
    allowed = tuple(allowed)
    parts = (article.title, *article.body.split("\n"), article.origin)
    source = one_form("。".join(tidy(part) for part in parts if part.strip()))
    text = without_parents(one_form(tidy(row)), source, allowed)
    published = article.day or date.today()
    missing, row_rest, source_rest = absent_days(text, source, article)
    said, told = parsed(text), parsed(source)
    bare, bare_told = parsed(row_rest), parsed(source_rest)  # without their days
    spelled, spelled_told = parsed(spelled_out(row_rest)), parsed(spelled_out(source_rest))
    absent = [*missing, *absent_marks(text, source)]
    absent += [word for word in _LATIN.findall(text) if not _written(word, source)]
    absent += unnamed(text, source, names, allowed)
    figures = absent_figures(row_rest, source_rest, published, source)
    found = [f"原文没有{_quoted(one)}" for one in absent]
    found += [_FIGURE.sub(r"“\g<written>”与原文不符\g<why>", figure) for figure in figures]
    found += [
        *excluded_words(said, told),
        *replaced_words(text, source, one_form(tidy(article.title))),
        *other_stretches(bare, bare_told),
        *of_another_statement(bare, bare_told),
    ]
    found += [*other_stages(bare, bare_told), *taken_in(bare, bare_told)]
    found += [
        *other_times(said, told, published.year),
        *of_another_day(said, told, published),
        *other_places(said, told),
        *other_doers(parsed(spelled_out(text)), parsed(spelled_out(source))),
        *of_another(bare, bare_told),
        *told_of_another(said, told, allowed),
        *changed_places(said, told),
    ]
    found += [*other_roles(said, told, allowed), *turned_round(row_rest, source_rest, published.year)]
    found += [
        *denied_but_said(bare, told),
        *said_but_denied(bare, told),
        *allowed_but_denied(row_rest, source_rest),
        *planned_but_done(said, told, published),
        *not_so(said, told, published),
    ]
    found += of_another_item(row_rest, source_rest, published.year)
    found += of_other_figure(spelled, spelled_told, published.year)
    found += of_next_owner(spelled, spelled_told, published.year)
    found += other_growths(spelled.text, spelled_told.text, published.year)
    found += [*wider(bare, bare_told), *wider_ranks(bare, bare_told)]
    found += [*other_causes(bare, bare_told), *only_in_row(said, told)]
    found += other_moods(said, told, published)
    numbers = [figure.partition("（")[0] for figure in figures]
    return list(dict.fromkeys(one for one in found if not _again(one, numbers)))


def _written(word: str, source: str) -> bool:
    """Whether ``source`` has a Latin word, or what it is short for."""
    return word.lower() in source.lower() or bool(word in _SHORT and re.search(_SHORT[word], source))


def _quoted(piece: str) -> str:
    """``piece`` in quotation marks, unless it has its own."""
    return piece if piece[0] in "《“" else f"“{piece}”"


def _again(doubt: str, numbers: list[str]) -> bool:
    """Whether ``doubt`` concerns a number that is reported anyway."""
    number = re.match(r"“(\d[\d.]*)", doubt)
    return bool(number and "与原文不符" not in doubt and any(one.startswith(number[1]) for one in numbers))
