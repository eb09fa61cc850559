"""The sentence that completes a row: with the subject; for a summit what came of it, or when it will be held."""

from __future__ import annotations

import re

from yuqing.review.draft.context import Context
from yuqing.review.draft.news import EVENTS, MAX_ROW, PLUS, SPEECH, STOPS
from yuqing.review.draft.sentences import Sentence
from yuqing.review.draft.wording import balanced

HELD = re.compile(r"举行|举办|召开|开幕|闭幕|落幕|启幕|落下帷幕|拉开帷幕")
_INTERNET = re.compile("互联网")
_RESOLVED = re.compile(r"(?:会议|大会|通知|意见|方案)(?:强调|指出|要求|提出|明确|认为)")
_EVENTS = rf"(?:{EVENTS})"
_RESULT = re.compile(
    rf"^(?:[^，。\d]{{0,6}}(?:会|式|{_EVENTS}|仪式|活动)上|(?:会议|活动|{_EVENTS})?期间|(?:活动|会议|大会)?现场)[，,]?"
    r"[^。]*?(?:发布|启动|签署|签约|推出|成立|揭牌|上线|揭晓)"
    rf"|^{_EVENTS}(?!将|拟|组委会|指出|认为|强调|提出)[^。]*?(?:发布|启动|签署|签约|成交|推出|成立|揭晓)"
)
_PREPARED = re.compile(r"组委会|筹委会|发布会|筹备|动员会|倒计时")
_WILL_BE = re.compile(rf"{_EVENTS}(?:将|拟|预计)?(?:定于|将于|拟于|于|将在)")
_REACH = 3  # sentences


def following(index: int, text: str, context: Context, *, summit: bool) -> Sentence | None:
    """The sentence to add to ``text``, made of the one at ``index``; None if the row is complete, or would be too long.

    A text without the subject gets the sentence after it that names the subject; for a ``summit`` also the one after
    next: between what is held and what is said there come its hosts.
    """
    sentences = context.parsed.sentences[index + 1 :]
    if not PLUS.search(text):
        subject = PLUS if "互联网" in text else _INTERNET
        near = sentences[: _REACH if summit else 1]
        dated = any(day.first for day in context.days(text))  # else the day of the other would be taken for its own
        return next(
            (
                one
                for one in near
                if subject.search(one.text) and _fits(text, one) and (dated or not _dated(one, context))
            ),
            None,
        )
    if not summit:
        return None
    if _PREPARED.search(text):
        near = () if _is_to_come(text, context) else sentences[:_REACH]
        return next((one for one in near if _is_to_come(one.text, context) and _fits(text, one)), None)
    if not HELD.search(text) or not any(name in text for name in context.events):
        return None
    near = sentences[:_REACH]
    return next(
        (one for one in near if _RESULT.match(one.text) and not _dated(one, context) and _fits(text, one)), None
    )


def _fits(text: str, after: Sentence) -> bool:
    said = SPEECH.search(after.text) and not _RESOLVED.match(after.text)
    return after.text[-1] in STOPS and len(text) + len(after.text) <= MAX_ROW and balanced(after.text) and not said


def _is_to_come(text: str, context: Context) -> bool:
    """Whether ``text`` says on which day after its publication the event will be held."""
    ahead = any(day.first and day.first > context.published for day in context.days(text))
    return ahead and bool(_WILL_BE.search(text)) and bool(HELD.search(text))


def _dated(sentence: Sentence, context: Context) -> bool:
    return any(day.first for day in context.days(sentence.text))
