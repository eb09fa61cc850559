"""Time and memory of the monthly report for a window of 20,000 items; baseline: reading the same items' JSON.

    python -m benchmarks.report [ITEMS]

Run 2026-11-24 on 2 cores: see docs/decisions.md. The items differ in place, act, day and length; every fifth
is a reprint.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.row import Row, Target, cpu_seconds
from classifiers.keywords import parse_keywords
from classifiers.names import names_of
from yuqing.core.jsonio import item_from_json, to_json
from yuqing.core.records import Article, Item, RegionTag, ReprintCluster, SectorTag, Tags
from yuqing.core.times import Window
from yuqing.core.urls import item_id
from yuqing.review.report.build import build_report
from yuqing.review.report.form import Form
from yuqing.review.report.write import FORMATS, render, write_report

WINDOW = Window("2018-03", date(2018, 2, 14), date(2018, 3, 15))
PHRASES = ("互联网+政务服务", "互联网+教育", "互联网+医疗健康", "互联网+农业", "互联网+监管", "互联网+旅游")
ACTS = (
    "印发《关于推进“{phrase}”工作的实施方案》，明确年内目标任务",
    "与中国电信签署战略合作协议，共同建设“{phrase}”平台",
    "上线“{phrase}”服务平台，群众可在线预约办理36项业务",
    "召开“{phrase}”工作推进会，部署全年重点任务",
)
FILLER = (
    "会议指出，要把握新一轮科技革命的机遇，推动信息技术与经济社会各领域深度融合，让群众少跑腿、数据多跑路。"
    "据介绍，去年全省网上办件量达到120万件，比上年增长23.5%。下一步，各地各部门将继续完善机制，强化督查考核。\n"
)

_, _KEYWORDS = parse_keywords(Path(__file__).parents[1] / "keywords.yaml")
NAMES = names_of(_KEYWORDS)
BODIES = tuple(NAMES.ministries)
FORM = Form(names=NAMES)


def items(count: int) -> list[Item]:
    """Items of about 1,000 characters, like those of a crawl."""
    made: list[Item] = []
    for number in range(count):
        province = NAMES.mainland[number % 31]
        phrase = PHRASES[number % len(PHRASES)]
        act = ACTS[number // 7 % len(ACTS)].format(phrase=phrase)
        day = f"2018-03-{1 + number % 15:02d}"
        url = f"http://www.example.gov.cn/{day}/{number}.html"
        ministry = number % 10 == 0
        who = BODIES[number // 10 % 40] if ministry else province + "政府"
        body = f"本报讯（记者 某某）{1 + number % 15}日上午，{who}{act}。\n" + FILLER * 7
        sections = ("province", "enterprise") if "电信" in act else ("province",)
        lead = number - number % 5 if number % 5 == 4 else number
        made.append(
            Item(
                id=item_id(url),
                source_id="example",
                source_name="某某网",
                tier="province-gov",
                fetched_at=f"{day}T09:00:00+08:00",
                window="2018-03",
                content_hash="",
                article=Article(url=url, title=who + act, body=body, published_at=day),
                tags=Tags(
                    relevant=True,
                    sections=("ministry",) if ministry else sections,
                    regions=() if ministry else (RegionTag(province=province, primary=True),),
                    ministries=(who,) if ministry else (),
                    enterprises=("中国电信",) if "电信" in act else (),
                    sectors=(SectorTag(name=phrase, group=None, phrase=phrase),),
                ),
                cluster=ReprintCluster(id=str(lead), lead=lead == number),
            )
        )
    return made


def measure(count: int) -> tuple[float, float]:
    """CPU seconds for a report in all formats, read from a file, and (before and after) for reading its JSON alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.jsonl"
        path.write_bytes(b"\n".join(to_json(item) for item in items(count)))
        before = _read_seconds(path)
        took = cpu_seconds(lambda: _report(path, Path(folder) / "out"))
        return took, (before + _read_seconds(path)) / 2


def _read_seconds(path: Path) -> float:
    return cpu_seconds(lambda: [item_from_json(line) for line in path.open("rb")])


def _report(path: Path, out: Path) -> None:
    """As in the program: the items are released before the files are written."""
    write_report(build_report(map(item_from_json, path.open("rb")), WINDOW, FORM), out)


def rows(count: int = 20_000) -> list[Row]:
    """The whole report."""
    took, baseline = measure(count)
    return [
        Row(job=f"report of {count:,} items", unit="s", ours=took, baseline_name="reading the JSON",
            baseline=baseline, target=Target("ours", "<=", 5))
    ]  # fmt: skip


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    stored = [to_json(item) for item in items(count)]
    start = time.process_time()
    loaded = [item_from_json(line) for line in stored]
    baseline = time.process_time() - start
    del stored
    print(f"{count} items, {sum(len(item.article.body) for item in loaded) / count:.0f} characters each")
    print(f"{'stage':<16}{'CPU s':>9}{'x baseline':>12}{'MB':>8}")
    print(f"{'read JSON':<16}{baseline:>9.2f}{1:>12.1f}")
    whole = time.process_time()
    start = time.process_time()
    report = build_report(loaded, WINDOW, FORM)
    took = time.process_time() - start
    print(f"{'build':<16}{took:>9.2f}{took / baseline:>12.1f}")
    for name in FORMATS:
        start = time.process_time()
        size = len(render(report, [name])[name]) / 1e6
        took = time.process_time() - start
        print(f"{name:<16}{took:>9.2f}{took / baseline:>12.1f}{size:>8.1f}")
    print(f"{'one by one':<16}{time.process_time() - whole:>9.2f}")
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        report = build_report(loaded, WINDOW, FORM)
        write_report(report, Path(folder))
        took = time.process_time() - start
    print(f"{'yuqing report':<16}{took:>9.2f}{took / baseline:>12.1f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
