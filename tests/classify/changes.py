"""Changes of a text of which one knows what they do to its tags (tests/classify/mutate.py).

Each takes an article with its tags and gives changed articles, each with what its tags are then called. One that puts
a name for another of its kind gives nothing where a form of the old name would stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec.structs import replace

from classifiers.classifier import classify
from classifiers.regions.gazetteer import Division, gazetteer, short_names
from classifiers.rules import Rules
from classifiers.stories import stories
from yuqing.core.provinces import provinces
from yuqing.core.records import Article, Tags

Rename = Callable[[str], str]
Change = Callable[[Article, Tags, Rules], Iterable[tuple[Article, Rename]]]

_BODIES = (
    ("民政部", "水利部", "司法部", "财政部", "商务部"),
    ("国家能源局", "国家邮政局", "国家文物局", "国家知识产权局"),
    ("体育总局", "税务总局"),
)
_COMPANIES = ("腾讯", "京东", "华为", "百度", "科大讯飞", "阿里巴巴")
_CARRIERS = ("中国移动", "中国联通", "中国电信")
_SECTORS = ("水利", "政务服务", "医疗健康", "现代农业")
_STEMS = (
    "第三届数字长江建设峰会",
    "2018中国国际智慧物流博览会",
    "首届中国（国际）互联网医疗发展论坛",
    "第十一届全国工业互联网与数字供应链大会",
    "2019（第八届）中国互联网交通大会",
    "第五届互联网与智慧农业高峰论坛",
)


def _renamed(article: Article, pairs: Mapping[str, str]) -> tuple[Article, Rename]:
    """Title and body with every key of ``pairs`` put for its value at once, the longest first."""
    words = re.compile("|".join(re.escape(word) for word in sorted(pairs, key=len, reverse=True)))

    def rename(text: str) -> str:
        return words.sub(lambda match: pairs[match[0]], text)

    return replace(article, title=rename(article.title), body=rename(article.body)), rename


def _same(name: str) -> str:
    return name


@lru_cache(maxsize=40)
def _inside(province: str) -> list[Division]:
    """The cities and counties of a province."""
    return [one for one in gazetteer().divisions.values() if one.province == province and (one.city or one.county)]


@lru_cache(maxsize=4000)
def _forms(division: Division) -> list[str]:
    """The names of a city or county in the gazetteer, the full one first."""
    name = division.county or division.city
    known = gazetteer().names
    return [
        form
        for form in (name, *short_names(name))
        if form in known
        and known[form].kind == "name"
        and len({r.division.province for r in known[form].readings}) == 1
    ]


def _plain(division: Division) -> bool:
    """Whether the names of a city or county are no words of the language."""
    known, forms = gazetteer().names, _forms(division)
    return len(forms) > (not division.county) and all(
        not known[form].weak and not known[form].ordinary for form in forms
    )


def other_province(article: Article, tags: Tags, rules: Rules) -> Iterator[tuple[Article, Rename]]:
    """Another province for each where the news happens, its cities and counties with it."""
    text = f"{article.title}\n{article.body}"
    every = provinces()
    pairs: dict[str, str] = {}
    for number, old in enumerate(
        one for one in every if any(r.primary and r.province == one.name for r in tags.regions)
    ):
        kind = old.name[-1]
        likes = [one for one in every if one.name[-1] == kind and one.name not in text and one.shorts[0] not in text]
        new = likes[(every.index(old) + number) % len(likes)] if kind in "省市" else old
        if new is old:
            return
        pairs |= {old.name: new.name, old.short: new.short}
        for place in (one for one in _inside(old.name) if any(form in text for form in _forms(one))):
            suffix = (place.county or place.city)[-1]
            beside = [
                one
                for one in _inside(new.name)
                if bool(one.county) == bool(place.county) and (one.county or one.city)[-1] == suffix and _plain(one)
            ]
            if not beside:
                return
            other = beside[int(place.code) % len(beside)]
            pairs |= dict(zip(_forms(place), _forms(other), strict=False))
    if not pairs or not any(word in text for word in pairs):
        return
    changed, rename = _renamed(article, pairs)
    left = {region.province for region in classify(changed, rules).regions} & pairs.keys()
    if not left:
        yield changed, rename


def other_ministry(article: Article, tags: Tags, rules: Rules) -> Iterator[tuple[Article, Rename]]:
    """Another body of the centre for each that is a tag."""
    text = f"{article.title}\n{article.body}"
    pairs: dict[str, str] = {}
    for old in tags.ministries:
        likes = [one for kind in _BODIES for one in kind if old in kind or (old[-1] == "部" and kind[0][-1] == "部")]
        likes = [one for one in likes if one not in text and one not in pairs.values()]
        body = rules.ministries[old]
        names = [old, *(word for term in body.aliases for word in term.any)]
        if not likes or any(f"{name}门" in text for name in names):
            return
        pairs |= dict.fromkeys(names, likes[len(text) % len(likes)])
    if pairs and any(word in text for word in pairs):
        yield _renamed(article, pairs)


def _other_of(article: Article, rules: Rules, old: str, names: tuple[str, ...]) -> Iterator[tuple[Article, Rename]]:
    text = f"{article.title}\n{article.body}"
    new = names[(names.index(old) + 1) % len(names)]
    one = rules.enterprises[old]
    owned = [word for term in (*one.subsidiaries, *one.products) for word in term.any]
    parts = [word for word in owned if word in text and old not in word]
    if old in text and new not in text and not parts:
        changed, rename = _renamed(article, {old: new})
        if not any(branch in f"{changed.title}{changed.body}" for branch in one.branches):
            yield changed, rename


def other_company(article: Article, tags: Tags, rules: Rules) -> Iterator[tuple[Article, Rename]]:
    """Another company, another carrier for each that is a tag."""
    for names in (_COMPANIES, _CARRIERS):
        for old in names:
            if old in tags.enterprises:
                yield from _other_of(article, rules, old, names)


def other_sector(article: Article, tags: Tags, rules: Rules) -> Iterator[tuple[Article, Rename]]:
    """Another sector for the first one of keywords.yaml that stands in quotation marks."""
    text = f"{article.title}\n{article.body}"
    old = next((tag.phrase.removeprefix("互联网+") for tag in tags.sectors if tag.name), "")
    new = next((one for one in _SECTORS if one not in text and one not in old), "")
    if old and new and f"互联网+{old}”" in text and text.count(f"互联网+{old}") == text.count(f"互联网+{old}”"):
        yield _renamed(article, {f"互联网+{old}": f"互联网+{new}"})


def other_event(article: Article, tags: Tags, rules: Rules) -> Iterator[tuple[Article, Rename]]:
    """Names of events of many forms for a numbered or dated one, if the place is not told by its name (…乌镇峰会)."""
    places = [one.text for one in tags.evidence if one.rule.startswith("region:")]
    for event in tags.events:
        named = "互联网+" not in event.name and not any(place in event.name for place in places)
        if re.match(r"第.{1,3}届|20\d\d|首届", event.name) and named:
            for stem in _STEMS:
                yield _renamed(article, {event.name: stem})
            return


def _text(change: Callable[[str], str]) -> Change:
    """A change of the letters alone, after which every tag is what it was."""

    def changed(article: Article, tags: Tags, rules: Rules) -> Iterator[tuple[Article, Rename]]:
        title, body = change(article.title), change(article.body)
        if (title, body) != (article.title, article.body):
            yield replace(article, title=title, body=body), _same

    return changed


def _body(change: Callable[[str], str]) -> Change:
    """The same for the body."""

    def changed(article: Article, tags: Tags, rules: Rules) -> Iterator[tuple[Article, Rename]]:
        body = change(article.body)
        if body != article.body:
            yield replace(article, body=body), _same

    return changed


def _words(pairs: Mapping[str, str]) -> Change:
    words = re.compile("|".join(map(re.escape, pairs)))
    return _text(lambda text: words.sub(lambda match: pairs[match[0]], text))


def _told(change: Callable[[str], str]) -> Change:
    """The same for the body of a page that tells one story."""
    one = _body(change)
    return lambda article, tags, rules: () if stories(article) else one(article, tags, rules)


def _offices(article: Article, tags: Tags, rules: Rules) -> Iterator[tuple[Article, Rename]]:
    """Another office of the place for each."""
    pairs = {}
    for number, old in enumerate(dict.fromkeys(_OFFICE.findall(f"{article.title}\n{article.body}"))):
        pairs[old] = _OFFICES[(len(article.body) + number) % len(_OFFICES)]
    if pairs:
        yield _renamed(article, pairs)


def _behind(sentences: Iterable[str]) -> Change:
    """Each of the sentences at the end of the body."""

    def changed(article: Article, tags: Tags, rules: Rules) -> Iterator[tuple[Article, Rename]]:
        if not stories(article) and article.body.endswith(("。", "”", "！")):
            for sentence in sentences:
                yield replace(article, body=article.body + sentence), _same

    return changed


def _ahead(sentences: Iterable[str]) -> Change:
    """Each of the sentences before the body of a text on the subject."""

    def changed(article: Article, tags: Tags, rules: Rules) -> Iterator[tuple[Article, Rename]]:
        if tags.relevant and not stories(article):
            for sentence in sentences:
                yield replace(article, body=sentence + article.body), _same

    return changed


_OFFICE = re.compile(
    "(?<=[省市县区州])(?:卫生健康|教育|民政|商务|公安|农业农村|财政|交通运输|市场监管|市场监督管理|文化和旅游|行政审批服务|"
    "政务服务数据管理|大数据管理|医疗保障|医保|人社|税务|工信|水务|水利|司法|应急管理|生态环境|气象)(?:局|厅|委)"
)
_OFFICES = (
    "大数据发展管理局",
    "行政审批服务局",
    "供销合作社",
    "政务服务和数据管理局",
    "公共资源交易中心",
    "住房和城乡建设局",
)
_LATER = (
    "此前，教育部、工业和信息化部曾就相关工作下发通知。",
    "来自腾讯、华为等企业的代表也来此参观。",
    "业内人士认为，类似做法在浙江、广东等地已有先例。",
    "据介绍，该做法参照了国家标准，由第三届数字中国建设峰会上的一项成果转化而来。",
    "下一步，相关部门还将赴上海、江苏学习经验。",
    "这一做法得到国家发展改革委有关负责人的肯定。",
    "去年，该项目曾获得财政部、科技部专项资金支持。",
    "项目负责人曾在北京、深圳工作多年。",
    "前来观摩的还有河南、湖北等地的客商。",
    "广东某企业负责人李先生对此表示欢迎。",
    "（本报综合新华社、《浙江日报》报道）",
)
_EARLIER = (
    "“过去要跑好几趟，如今动动手指就行。”家住城北的王女士说。",
    "足不出户就能办成一件事，正在成为现实。",
    "早在2015年，国务院就印发了《关于积极推进“互联网+”行动的指导意见》。",
    "近年来，国务院、教育部多次发文，鼓励各地探索。",
    "在北京打工多年的老李最近有了新感受。",
    "说起网上办事，人们往往想到浙江、广东。",
)
_WIDE = {ord(char): ord(char) + 0xFEE0 for char in "0123456789"}
_LATIN = "[0-9A-Za-z%.]+"
_DAY = re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日")

CHANGES: Mapping[str, Change] = {
    "province": other_province,
    "ministry": other_ministry,
    "company": other_company,
    "sector": other_sector,
    "event": other_event,
    'quotes "': _words({"“": '"', "”": '"'}),
    "quotes 「": _words({"“": "「", "”": "」"}),
    "quotes 『": _words({"“": "『", "”": "』"}),
    "wide digits": _text(lambda text: text.translate(_WIDE)),
    "half signs": _words({"，": ",", "：": ":", "；": ";", "（": "(", "）": ")"}),
    "wide plus": _words({"互联网+": "互联网＋"}),
    "blank plus": _words({"互联网+": "互联网 + "}),
    "blanks": _text(lambda text: re.sub(rf"(?<=[一-鿿])(?={_LATIN})|(?<=[0-9A-Za-z%])(?=[一-鿿])", " ", text)),
    "indented": _body(lambda text: "　　" + text.replace("\n", "\n　　")),
    "lines": _body(lambda text: re.sub(r"(?<=[。！？])(?=[^”’」\n])", "\n", text)),
    "dateline": _told(lambda text: f"新华社北京6月15日电（记者张明）{text}"),
    "paper": _told(lambda text: f"本报讯（记者 李晓 通讯员 王强）{text}"),
    "it is told": _told(lambda text: f"据悉，{text}"),
    "credits": _body(lambda text: f"{text}\n（责任编辑：赵敏）\n来源：人民网"),
    "days": _words({"近日": "日前", "日前": "近日"}),
    "held": _words({"举行": "举办", "举办": "举行"}),
    "day alone": _told(lambda text: _DAY.sub(lambda match: match[0].partition("月")[2], text, count=1)),
    "lately": _told(lambda text: _DAY.sub("近日", text, count=1)),
    "this morning": _told(lambda text: _DAY.sub(lambda match: f"{match[0]}上午", text, count=1)),
    "issued": _words({"印发": "下发", "出台": "印发"}),
    "opened": _words({"上线": "启用", "启用": "上线", "推出": "开通", "开通": "推出"}),
    "formally": _words({"启动": "正式启动", "上线": "正式上线", "印发": "正式印发", "签署": "正式签署"}),
    "first": _words({"启动": "率先启动", "推出": "在全国率先推出", "开展": "积极开展"}),
    "office": _offices,
    "said later": _behind(_LATER),
    "said first": _ahead(_EARLIER),
}
