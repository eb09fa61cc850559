"""How many articles a second classify() tags, compared with a simple method: jieba.cut and a set of words.

Run: ``python -m benchmarks.classify [ARTICLES]``. The text is random Chinese with the word frequencies of jieba's own
dictionary, 2,000 characters per article, with real sentences on the subject inserted. The rules are keywords.yaml,
extended with made-up words to 3,000 terms. One process, one core.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import jieba

from benchmarks.row import Row, Target, in_turns
from benchmarks.synthetic import lexicon, sentence
from classifiers import classify
from classifiers.rules import Rules, load_rules
from crawler.extract import extract
from yuqing.core.records import Article, Page
from yuqing.core.times import now

ROOT = Path(__file__).resolve().parents[1]
CHARS = 2000
SAVED = "saved real pages"
ARTICLES = 60
ROUNDS = 9
TERMS = 3000
SENTENCES = (
    "3月12日，湖北省武汉市政务服务局与中国电信武汉分公司签署战略合作协议，共建“互联网+政务服务”平台。",
    "国家发展改革委近日印发通知，部署“互联网+”便捷交通重点任务，覆盖北京、上海、广东等地。",
    "教育部、工业和信息化部联合召开现场会，推广“互联网+教育”示范区的经验。",
    "记者从浙江省杭州市卫生健康委获悉，全市已有二十家互联网医院上线运行。",
    "由腾讯公司主办的2018中国“互联网+”数字经济峰会在重庆举行，五百余名嘉宾参加。",
    "成都市青羊区推进“互联网+居家养老”，老人可用手机APP预约上门护理。",
)


def articles(count: int, planted: int) -> list[Article]:
    """``count`` articles of CHARS characters with ``planted`` sentences on the subject each."""
    rng = random.Random(3)
    words, weights = lexicon(rng)
    made = []
    for number in range(count):
        pieces, length = [], 0
        while length < CHARS:
            pieces.append(sentence(rng, words, weights))
            length += len(pieces[-1])
        for _ in range(planted):
            pieces.insert(rng.randrange(len(pieces)), rng.choice(SENTENCES))
        body = "".join(pieces)[:CHARS]
        title = rng.choice(SENTENCES)[:24] if planted else pieces[0][:20]
        made.append(Article(url=f"https://example.org/{number}", title=title, body=body, published_at="2018-03-12"))
    return made


def real_articles() -> list[Article]:
    """The texts of the saved pages joined into articles of CHARS characters; empty if ../shared is missing."""
    pages = sorted((ROOT.parent / "shared" / "pages").glob("*/*.html"))
    found = (extract(Page(url=f"https://example.org/{n}", body=p.read_bytes(), source_id="", fetched_at=now()))
             for n, p in enumerate(pages))  # fmt: skip
    text = "\n".join(article.body for article in found if isinstance(article, Article))
    pieces = [text[at : at + CHARS] for at in range(0, len(text) - CHARS, CHARS)]
    return [Article(url="https://example.org/", title=piece[:24], body=piece) for piece in pieces]


def bigger_rules(folder: Path) -> Path:
    """keywords.yaml with made-up relevance words added up to TERMS words in total."""
    text = (ROOT / "keywords.yaml").read_text(encoding="utf-8")
    have = len(load_rules(ROOT / "keywords.yaml").words)
    rng = random.Random(5)
    words, _ = lexicon(rng)
    extra: set[str] = set()
    while len(extra) < TERMS - have:
        extra.add("".join(rng.sample(words, 2)))
    signal = f"    - {{name: 压力测试, weight: 0.01, limit: 5, terms: [{', '.join(sorted(extra))}]}}\n"
    target = folder / "keywords.yaml"
    target.write_text(text.replace("  signals:\n", "  signals:\n" + signal, 1), encoding="utf-8")
    return target


def per_second(rules: Rules, sample: list[Article]) -> tuple[float, float]:
    """Articles per second of CPU time: classify(), and jieba.cut with a set."""
    words = set(rules.words)
    seconds = in_turns(
        {
            "ours": lambda: [classify(article, rules) for article in sample],
            "plain": lambda: [[word for word in jieba.cut(article.body) if word in words] for article in sample],
        },
        ROUNDS,
    )
    return len(sample) / seconds["ours"], len(sample) / seconds["plain"]


def samples(count: int) -> dict[str, list[Article]]:
    """The texts by kind."""
    planted = {"off the subject": 0, "3 sentences on it": 3, "8 sentences on it": 8}
    made = {SAVED: real_articles(), **{name: articles(count, number) for name, number in planted.items()}}
    return {name: sample for name, sample in made.items() if sample}


def start_up(path: Path) -> float:
    """Seconds from starting an interpreter until the rules are ready."""
    code = f"from pathlib import Path; from classifiers.rules import load_rules; load_rules(Path({str(path)!r}))"
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    return time.perf_counter() - began


def rows() -> list[Row]:
    """Each kind of text."""
    with tempfile.TemporaryDirectory() as folder:
        rules = load_rules(bigger_rules(Path(folder)))
    made = []
    for name, sample in samples(ARTICLES).items():
        ours, plain = per_second(rules, sample)
        made.append(
            Row(job=f"classify(), {name}", unit="articles/s", ours=ours, baseline_name="jieba.cut and a set",
                baseline=plain, target=Target("ratio", ">=", 10 if name == SAVED else 8))
        )  # fmt: skip
    return made


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as folder:
        path = bigger_rules(Path(folder))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        rules = load_rules(path)
        print(f"{len(rules.words)} terms, articles of {CHARS} characters")
        print(f"{'text':<22}{'classify/s':>12}{'jieba+set/s':>13}{'ratio':>8}{'tags':>7}{'evidence':>10}")
        for name, sample in samples(count).items():
            tags = [classify(article, rules) for article in sample]
            ours, plain = per_second(rules, sample)
            given = sum(len(t.sectors) + len(t.regions) + len(t.ministries) + len(t.enterprises) for t in tags)
            shown = sum(len(t.evidence) for t in tags)
            print(
                f"{name:<22}{ours:>12,.0f}{plain:>13,.0f}{ours / plain:>8.1f}"
                f"{given / len(sample):>7.1f}{shown / len(sample):>10.1f}"
            )
        print(f"start-up {start_up(path):.2f} s; peak memory {before / 1024:.0f} MB before, ", end="")
        print(
            f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB after (jieba and the texts included)"
        )


if __name__ == "__main__":
    main()
