"""Whether it came to it: what the article denies, leaves open or only plans, and the row tells as a fact.

Each clause of the row is laid next to the clauses of the article that make the same statement. It is doubted if all of
them are cancelled, by what follows in the sentence or by the answer to a question, or still to come where it is done.
"""

from __future__ import annotations

import re
from datetime import date

from yuqing.review.check.actors import actors
from yuqing.review.check.aligned import Told, closest
from yuqing.review.check.clauses import Parsed
from yuqing.review.check.plans import ahead, plans

_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_CANCELS = re.compile(
    r"否认|不实(?![施行现])|不属实|谣言|辟谣|未予|未获(?:通过|批准)|被否决|搁置|没有(?:这|此|该|任何)[^，。]{0,6}(?:计划|打算|考虑|安排|方面)"
    r"|(?:没有|尚无|暂无)[^，。]{0,4}(?:计划|打算|安排|时间表)|(?<=，)(?:但|目前|现|至今|仍|尚)*(?:尚未|没有|未)(?:形成|作出|做出|确定|明确|达成)"
)
_RUMOUR = re.compile(r"网传|传闻|传言|误传|谣传|有媒体称|(?:消息|说法)[^，。]{0,2}不实")
_ASKS = re.compile(r"是否|会不会|能否")
_NO = re.compile(r"(?:答|[^：，]{0,8}：)?，?(?:目前|暂时?|现阶段)?(?:没有|不会?|暂不|尚未|尚无|暂无|无)")
_DENIES = re.compile(r"[不未没无否暂]")
_DONE = re.compile(
    r"已(?!有)|正式|了(?=[一-鿿\d])|完成|(?:开放|上线|启用|投用|投产|开通|动工|开工|竣工|成立|揭牌|落地|运行)$"
)
_AHEAD = re.compile(r"[尚还仍]未|前(?=[一-鿿])|试|内测")
_OPEN = re.compile(
    r"探讨|商讨|磋商|[商洽]谈|研究(?!院|所|中心|报告|生|会)|论证|意向|设想|建议|内测|试运|试营|争取|力争|[尚仍]在|正在?(?:筹|起草|申|编)"
)


def not_so(row: Parsed, article: Parsed, published: date) -> list[str]:
    """The clauses of ``row`` that say something of which ``article`` says only that it is not, or not yet, so."""
    found: list[str] = []
    for sentence in row.sentences:
        so_far = ""
        for clause in sentence:
            so_far += clause.text
            bare = _QUOTED.sub("", clause.text)
            told = closest(clause, [one for one in actors(clause.text) if one.kind], article)
            cancelled = [why for one in told if (why := _cancelled(one))]
            done = _DONE.search(bare) and not _AHEAD.search(bare) and not ahead(so_far, published)
            open_ = [one.clause.text for one in told if done and _is_open(one.clause.text, published)]
            if told and len(cancelled) == len(told) and not (_DENIES.search(bare) or _OPEN.search(bare)):
                found.append(f"“{clause.text}”（原文为“{cancelled[0]}”）")
            elif told and len(open_) == len(told):
                found.append(f"“{clause.text}”（原文为“{open_[0]}”）")
    return list(dict.fromkeys(found))


def _cancelled(told: Told) -> str:
    """The statement with what cancels it, "" where nothing does."""
    text = told.clause.text
    if _RUMOUR.search(text):
        return text
    if _CANCELS.search("，" + told.after):
        return f"{text}，{told.after}"
    return f"{text}？{told.answer}" if _ASKS.search(text) and _NO.match(told.answer) else ""


def _is_open(text: str, published: date) -> bool:
    """Whether a clause of the article plans, tries out or merely considers what it mentions."""
    return plans(text, published) or bool(_OPEN.search(_QUOTED.sub("", text)))
