"""Time ``yuqing sources add`` by the manners of a crawl: ``python -m tests.sources.changing.added [SECONDS]``.

A site of every layout is looked at by its home page, with the default delay and an answer SECONDS late (default 0.5).
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.sources.changing.measure import GROUPS, served
from tests.sources.changing.site import Site
from yuqing.core.times import now
from yuqing.monitor.ops.new_source import propose_apart
from yuqing.monitor.setting_tables import CrawlSettings
from yuqing.monitor.settings import Settings


def main(late: float) -> None:
    """Print each site's seconds, requests and whether the record would be written, then the slowest."""
    layouts = [layout for group in GROUPS.values() for layout in group]
    sites = [
        Site(f"www.s{number}.gov.cn", "示范市人民政府网", number, layout(), now().date())
        for number, layout in enumerate(layouts)
    ]
    spent = []
    with tempfile.TemporaryDirectory() as folder, served(sites, late) as (port, _):
        sources = Path(folder, "sources.yaml")
        sources.write_text("[]\n", "utf-8")
        settings = Settings(data=Path(folder, "data"), sources=sources, crawl=CrawlSettings(gateway=port))
        for site in sites:
            started = time.monotonic()
            found = propose_apart(settings, f"http://{site.host}/")
            spent.append(time.monotonic() - started)
            told = f"{len(found.links)} links, {'whole' if found.whole else found.problem or 'no whole article'}"
            print(f"{type(site.layout).__name__:20} {spent[-1]:5.1f} s  {found.requests} requests  {told}", flush=True)
    print(f"{len(spent)} sites, slowest {max(spent):.1f} s, mean {sum(spent) / len(spent):.1f} s")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.5)
