"""The row of a document published verbatim: who issued it, on which day, under which name.

The text of a notice (各省…：…现印发给你们) has no sentence about its issue; its title and signature say it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from yuqing.core.records import Article
from yuqing.review.draft.context import Context
from yuqing.review.draft.records import Kind, Quote
from yuqing.review.draft.wording import balanced

_KINDS = "通知|公告|通告|意见|办法|方案|决定|规定|细则|措施|规划|指南|批复|复函"
_TITLE = re.compile(
    rf"^(?P<issuer>[^《》“”，。：]{{2,40}}?)?(?P<name>关于(?P<verb>印发|发布|公布|转发)?(?P<what>.{{4,100}}?)的?"
    rf"(?P<kind>(?:实施|指导|若干|暂行|管理|行动|工作)?(?:{_KINDS})))(?:[（(][^）)]*[）)])?$"
)
_SALUTATION = re.compile(
    r"(?:^|[。\n])[^。\n：:]{0,12}(?:各|有关)[^。\n：:]{2,80}[：:]|特此(?:公告|通知|通告)|(?:公告|通告|意见)如下|予以公布"
    r"|现将[^。]{0,20}通知如下|现(?:将[^。]{0,80})?(?:印发|转发|下发)给你们|现予(?:公布|发布|公告)|(?:批复|函复)如下"
    r"|现提出(?:以下|如下)?[^。]{0,10}意见|(?:请示|来函)[^。，]{0,20}收悉"
    r"|(?m:^[^。\n：:《“]{4,120}(?:厅|局|委|政府|公司|单位|学校)(?:[（(][^）)\n]*[）)])*[：:][\s　]*$)"
)
# The headline of an order or a public notice has the issuer and a number only: 交通运输部令2018年第6号.
_NUMBERED = re.compile(r"^(?P<issuer>[一-鿿]{2,30}?(?:部|委|委员会|局|厅|政府|署|会|行))(?:公告|通告|令)")
# What is issued, by its own name: 制定了《…办法（试行）》，现印发给你们.
_ENCLOSED = re.compile(
    r"《(?P<name>(?:[^《》]|《[^《》]*》)+)》"
    r"(?:[^。《》]{0,40}现(?:予以?)?(?P<verb>印发|转发|下发|公布|发布)|(?:印发|转发|下发)给你们)"
)
_HAN = "〇○零一二三四五六七八九十"
_BODIES = "部|委|局|厅|办公室|政府|院|署|会|行|中心"
_SIGNATURE = re.compile(
    rf"(?:^|[。\n　 ])(?P<issuer>(?:[一-鿿]{{2,24}}(?:{_BODIES})[、，\s　]*){{0,4}})"
    rf"(?P<day>(?:20\d\d年)?\d{{1,2}}月\d{{1,2}}日|[{_HAN}]{{4}}年[{_HAN}]{{1,2}}月[{_HAN}]{{1,3}}日)[。\s　]*(?=$|\n)"
)
# A list that the text itself makes public: 现将…名单予以公布，共计45个。
_LISTED = re.compile(
    r"(?:^|[，。\n])现将?(?P<what>[^，。；《》\n]{6,60}?(?:名单|清单|目录|名录|结果|项目|案例))(?:予以|进行)?(?P<verb>公布|公告|公示|发布)"
    r"(?:如下|给你们)?(?P<count>[，（(]共计?\d+[个家项名人][）)]?)?[。，]"
)
# What the issuer decided: 我部决定在全国开展…试点，现将有关事项通知如下.
_DECIDED = re.compile(
    r"(?:[我本][部委厅局院署办行会]|研究，?)(?:会同[^，。；]{2,20}|联合)?(?P<told>决定[^。；：]{6,90}?)(?=[。；]|，现[将就])"
)
_OURS = re.compile(r"[我本你贵][部委厅局院署办行会省市区县们]")
_LONGEST = 150  # characters of a row with what was decided
_ISSUES = re.compile(r"(?:联合)?(?:印发|发布|出台|下发|公布)$")  # 国务院办公厅印发|关于…的意见
_DOCUMENT = re.compile(r"《[^》]+》$")
_TAIL = 160  # characters at the end of a text in which its signature is, unless something is attached


class Notice(NamedTuple):
    """``told`` is the row without its day; its ``verb`` is ours, not the article's.

    ``day`` is that of the signature, or of publication (``kind`` report) if there is none.
    """

    day: date
    kind: Kind
    told: str
    verb: str
    evidence: tuple[Quote, ...]


def notice(context: Context) -> Notice | None:
    """What the title and the signature of a document say; None for anything but a verbatim document."""
    article = context.item.article
    issued = _issued(article)
    if issued is None:
        return None
    signed = _signature(article.body.rstrip())
    if signed is None:
        told = f"{issued.issuer}{issued.verb}{issued.name}。"
        return Notice(context.parsed.written, "report", told, issued.verb, (issued.said,)) if issued.issuer else None
    days = [day for day in context.days(signed["day"]) if context.is_event(day) and day.first]
    issuer = re.sub(r"[，\s　]+", "、", signed["issuer"].strip("、， \n　")) or issued.issuer
    if not days or not days[0].first or not issuer:
        return None
    start, end = signed.start("issuer"), signed.end("day")
    quotes = (issued.said, Quote("body", start, end, article.body[start:end]))
    return Notice(days[0].first, "event", f"{issuer}{issued.verb}{issued.name}。", issued.verb, quotes)


def _signature(body: str) -> re.Match[str] | None:
    """The signature at the end of ``body``, or before what is attached to it."""
    last = [*_SIGNATURE.finditer(body, max(0, len(body) - _TAIL))][-1:]
    first = (found for found in _SIGNATURE.finditer(body) if found["issuer"])
    return last[0] if last else next(first, None)


class _Issued(NamedTuple):
    """What was issued and how; ``issuer`` is who did it according to the title, ``said`` where the name stands."""

    issuer: str
    verb: str
    name: str
    said: Quote


def _issued(article: Article) -> _Issued | None:
    """What the document says is issued: a list that its text makes public, else what its title names."""
    title = _TITLE.match(article.title.strip())
    heads = title or _NUMBERED.match(article.title.strip())
    issuer = re.sub(r"[\s　]+", "、", _ISSUES.sub("", (heads["issuer"] if heads else "") or "").strip())
    listed = _LISTED.search(article.body) if title is None or title["verb"] in ("公布", "发布") else None
    if listed:
        return _Issued(issuer, listed["verb"], listed["what"] + (listed["count"] or ""), _quoted(listed))
    if not _SALUTATION.search(article.body):
        return None
    verb, name = _named(title) if title else ("印发", "")
    enclosed = {found["name"]: found for found in _ENCLOSED.finditer(article.body)}
    if len(enclosed) == 1 and (title is None or (title["verb"] and name.startswith("《"))):
        own, found = enclosed.popitem()
        return _Issued(issuer, verb if title else found["verb"] or verb, f"《{own}》", _quoted(found))
    decided = _DECIDED.search(article.body)
    if decided and (_OURS.search(decided["told"]) or not balanced(decided["told"])):
        decided = None
    if title is None:
        return _Issued(issuer, "", decided["told"], _quoted(decided)) if decided else None
    new = decided and decided["told"].removeprefix("决定") not in name
    if decided and new and name.startswith("《") and len(name) + len(decided["told"]) <= _LONGEST:
        name += f"，{decided['told']}"
    return _Issued(issuer, verb, name, Quote("title", 0, len(article.title), article.title))


def _quoted(found: re.Match[str]) -> Quote:
    return Quote("body", *found.span(), found[0])


def _named(title: re.Match[str]) -> tuple[str, str]:
    """The verb and the name of what was issued: a document by its own name, a list as a list, a notice by its title."""
    what, kind = title["what"], title["kind"]
    if title["verb"] and not what.startswith("《"):
        if re.search(rf"(?:{_KINDS}|标准|要点|计划|规范|条例|纲要|清单|目录)$", what):
            return title["verb"], f"《{what}》"
        if title["verb"] in ("公布", "发布"):
            return title["verb"], what
    if kind in ("批复", "复函") and what.startswith("同意"):
        return kind, what
    if title["verb"] and _DOCUMENT.search(what):
        return title["verb"], what
    return "发布" if kind in ("公告", "通告") else "印发", f"《{title['name']}》"
