"""Scores how well each sentence states the news of its article, and orders the sentences by score."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from yuqing.review.draft.sentences import Sentence
from yuqing.review.draft.wording import balanced

ACT = re.compile(
    r"印发|出台|发布|下发|颁布|公布|施行|签署|签订|续签|签约|启动|上线|启用|开通|推出|举行|举办|召开|成立|揭牌|开展|推进|推行|"
    r"部署|审议|建成|打造|投入使用|投用|试点|试运行|落户|开工|推广|宣布|汇报|研究|商讨|实施|发放|联合|建设|达成|获批|开幕|帷幕"
)
# Plain acts, by verbs that are seldom used otherwise: 联合 and 推进 may open any sentence.
STRONG = re.compile(
    r"印发|出台|发布|下发|公布|颁布|签署|签订|续签|签约|启动|上线|启用|开通|推出|举行|举办|召开|成立|揭牌|挂牌|建成|投入使用|投用|投产"
    r"|投入运[营行]|试运行|运行|开幕|闭幕|落户|开工|部署|审议|施行|交付|停止|亮相|获批|发放|推行|开展|入选|通过验收|揭幕|开业|开讲|[下开]帷幕"
)
EVENTS = "大会|峰会|论坛|博览会|展会|大赛|年会|交易会|招聘会|推介会"  # the last words of their names
PLUS = re.compile(r"互联网[”\"]?\s*[+＋]")
SPEECH = re.compile(
    r"^[“\"‘]|(?:表示|认为|说道?|称|指出|强调|坦言|感慨|告诉记者|介绍说?)[，：:]|[”\"][^，。]{0,12}说[，。]?|说。$"
)
STOPS = "。！？!?；”"  # how a sentence ends; a heading or a caption does not
MAX_ROW = 170  # characters; the longest event rows of the published issue have about 150
_BACKGROUND = re.compile(
    r"^(?:据了解|据介绍|据悉|据统计|下一步|接下来|截至|目前|近年来|此前|去年|同时|此外|另外|其中|会议(?:强调|指出|要求|认为)|"
    r"他|她|它|这|该|前者|后者|而|但|因此|随着|如今|过去|未来|为什么|所谓|对此|其|一是|二是|三是|首先|其次|最后|图为|附件)"
)
SCANNED = 14  # sentences considered from the top; news states its act in the lead
_TOLD = 4.0
_SAYS_PLUS = 2.0
_ACTS = 1.5
_DONE = 0.8  # what a plain act adds to that
_SCENE = re.compile(
    r"^(?:这是|图为|图中|[^，。]{0,20}摄|距离?[^，。]{2,60}(?:还有|仅剩|只剩|不足)|再过[^，。]{1,6}[天日周月]|[^，。]{0,30}倒计时)"
    r"|(?:解读|说明|通知|答复|介绍|回答)如下[。：]$|现就?将?[^。]{0,20}(?:通知|公告|通告)如下"
    r"|拍摄的|[（(][^）)]{1,12}摄[）)]$|(?:^|[；。])附件"
)
# A speaker or a place without its name: what the row would be about is unknown.
_UNNAMED = re.compile(r"(?:^|[，。])我们|(?<!自)我[部委厅局院](?![分门员长内])|(?:^|[，。日])该[省市县区州]")


def best_first(sentences: Sequence[Sentence], title: str, worth: Callable[[int], float]) -> Iterator[tuple[int, float]]:
    """(index, score) of the sentences that may state the news, best first.

    ``worth``: the score of the days and names in the sentence at an index.
    """
    pairs = _pairs(title)
    scores = [
        (-_score(sentence.text, index, pairs) - worth(index), index)
        for index, sentence in enumerate(sentences)
        if index < SCANNED or PLUS.search(sentence.text)
    ]
    return ((index, -score) for score, index in sorted(scores))


def news_score(sentence: Sentence, index: int, title: str) -> float:
    """How well the sentence at ``index`` states the news, regardless of its days; below 0 it does not."""
    return _score(sentence.text, index, _pairs(title))


def _pairs(title: str) -> frozenset[str]:
    return frozenset(title[at : at + 2] for at in range(len(title) - 1))


def _told(text: str, pairs: frozenset[str]) -> float:
    """How much of the headline, which says what the news is, the sentence repeats; at most ``_TOLD``."""
    return _TOLD * sum(map(text.__contains__, pairs)) / max(len(pairs), 1)


def _score(text: str, index: int, pairs: frozenset[str]) -> float:
    """Each term is weighted by what it adds to the likelihood of being the act."""
    score = _told(text, pairs) + 0.7 * ("互联网" in text) - 0.2 * min(index, 10)
    score += _SAYS_PLUS * ("互联网" in text and bool(PLUS.search(text))) + _ACTS * bool(ACT.search(text))
    score += _DONE * bool(STRONG.search(text)) - 3.0 * bool(_SCENE.search(text))
    score -= 2.0 * bool(SPEECH.search(text)) + 1.5 * bool(_BACKGROUND.match(text))
    score -= 4.0 * bool(_UNNAMED.search(text))
    score -= 3.0 * (not balanced(text)) + 2.0 * text.endswith(("？", "?", "！", "!"))
    score -= 1.5 * (len(text) > MAX_ROW) + 2.0 * (len(text) < 16)
    return score - 3.0 * (text[-1] not in STOPS)
