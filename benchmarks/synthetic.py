"""Made-up items of about 1,000 characters, for benchmarks that need many.

The filler is random Chinese with the word frequencies of jieba's own dictionary, so that each character is as frequent
as in real text; sentences on the subject are inserted, three times as often if the item is relevant.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import jieba

from yuqing.core.records import Article, Item, RegionTag, SectorTag, Tags
from yuqing.core.times import Windows
from yuqing.core.urls import item_id

SECTORS = ("教育", "医疗", "农业", "政务服务", "制造", "物流", "旅游", "养老", "金融", "能源", "交通", "环保")
PROVINCES = ("北京市", "浙江省", "山西省", "广东省", "四川省", "贵州省", "陕西省", "湖北省", "云南省", "吉林省")
MINISTRIES = ("教育部", "农业部", "工业和信息化部", "国家发展改革委", "商务部", "财政部")
ENTERPRISES = ("阿里巴巴", "腾讯", "百度", "京东", "华为", "中国移动")
SOURCES = (("gov.cn", "central-gov"), ("people", "central-media"), ("zhejiang", "province-gov"), ("moe", "ministry"))
_HEADS = ("记者从会议上获悉", "近日", "据介绍", "有关负责人表示", "会议指出", "截至去年底", "根据方案", "专家认为")
_ACTS = ("推进", "印发", "建设", "部署", "试点", "完善", "开展", "发布", "签署", "上线")
_THINGS = ("平台", "行动计划", "实施意见", "示范工程", "服务体系", "标准", "数据中心", "产业园", "合作协议", "培训")
_POOL = 20_000  # sentences of filler; an item has thirty-two of them


def make_items(count: int, seed: int = 1) -> Iterator[Item]:
    """``count`` items over two years, reproducible."""
    rng = random.Random(seed)
    windows = Windows()
    for number in range(count):
        day = date(2017, 1, 1) + timedelta(days=rng.randrange(730))
        sector, source = rng.choice(SECTORS), rng.choice(SOURCES)
        url = f"http://{source[0]}.example.cn/{number}.html"
        relevant = rng.random() < 0.3
        plus = "“互联网+”" if relevant else ""
        title = f"{rng.choice(PROVINCES)}{rng.choice(_ACTS)}{plus}{sector}{rng.choice(_THINGS)}"
        body = "\n".join(_paragraph(rng, sector, 0.3 if relevant else 0.02) for _ in range(8))
        tags = Tags(
            relevant=relevant,
            score=1.0,
            sectors=(SectorTag(name=sector, group="产业", phrase=f"互联网+{sector}"),),
            regions=tuple(RegionTag(province=p) for p in rng.sample(PROVINCES, rng.randrange(3))),
            ministries=tuple(rng.sample(MINISTRIES, rng.randrange(2))),
            enterprises=tuple(rng.sample(ENTERPRISES, rng.randrange(2))),
            sections=("province",),
            rules="bench",
        )
        yield Item(
            id=item_id(url),
            source_id=source[0],
            source_name=source[0],
            tier=source[1],  # type: ignore[arg-type]
            fetched_at=f"{day}T08:00:00+08:00",
            window=windows.of(day),
            content_hash=hashlib.sha256(body.encode()).hexdigest(),
            article=Article(url=url, title=title, body=body, published_at=day.isoformat(), date_source="url"),
            tags=tags,
        )


def frequent_words(shortest: int, count: int) -> list[tuple[str, int]]:
    """The Chinese ones among the ``count`` most frequent words of up to four characters in jieba's dictionary."""
    jieba.setLogLevel("ERROR")
    jieba.initialize()
    words = sorted(((often, w) for w, often in jieba.dt.FREQ.items() if often and shortest <= len(w) < 5), reverse=True)
    return [(word, often) for often, word in words[:count] if "一" <= word[0] <= "鿿"]


def lexicon(rng: random.Random) -> tuple[list[str], list[int]]:
    """The 40,000 most frequent words of jieba's dictionary and their counts, shuffled."""
    chosen = frequent_words(1, 40_000)
    rng.shuffle(chosen)
    return [word for word, _ in chosen], [count for _, count in chosen]


def sentence(rng: random.Random, words: list[str], weights: list[int]) -> str:
    """One random sentence of 8 to 22 words."""
    text = "".join(rng.choices(words, weights, k=rng.randint(8, 22)))
    cut = rng.randint(4, len(text) - 1)
    return f"{text[:cut]}，{text[cut:]}。"


@cache
def _filler() -> list[str]:
    rng = random.Random(2)
    words, weights = lexicon(rng)
    return [sentence(rng, words, weights) for _ in range(_POOL)]


def _paragraph(rng: random.Random, sector: str, subject: float) -> str:
    """Four sentences of filler and one about the sector; ``subject``: how often the latter says 互联网+."""
    plus = "互联网+" if rng.random() < subject else ""
    told = f"{rng.choice(_HEADS)}，{rng.choice(_ACTS)}{plus}{sector}{rng.choice(_THINGS)}。"
    return "".join([*rng.choices(_filler(), k=4), told])
