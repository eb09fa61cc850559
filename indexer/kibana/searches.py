"""The saved searches of the monthly work."""

from __future__ import annotations

from indexer.kibana.objects import Search
from indexer.kibana.views import ITEMS

SEARCHES: tuple[Search, ...] = (
    Search(
        id="pending",
        title="本月待审",
        description="最近 31 天内尚未审核的相关条目；同一消息的转载只列首篇。",
        view=ITEMS,
        columns=("title", "source_name", "section", "sector", "province", "window"),
        only='relevant: true and review.state: "pending" and not family.lead: false',
        since="now-31d/d",
    ),
    Search(
        id="provinces",
        title="各省动态",
        description="归入“各省动态”的条目。",
        view=ITEMS,
        columns=("title", "source_name", "province", "city", "sector", "review.state"),
        only='relevant: true and section: "province"',
    ),
    Search(
        id="ministries",
        title="部委动态",
        description="归入“部委动态”的条目。",
        view=ITEMS,
        columns=("title", "source_name", "ministry", "sector", "review.state"),
        only='relevant: true and section: "ministry"',
    ),
    Search(
        id="enterprises",
        title="企业动态",
        description="归入“企业动态”的条目。",
        view=ITEMS,
        columns=("title", "source_name", "enterprise", "sector", "review.state"),
        only='relevant: true and section: "enterprise"',
    ),
    Search(
        id="new-phrases",
        title="新出现的“互联网+”词",
        description="含有 keywords.yaml 尚未收录的“互联网+”说法的条目；确认后请补入 keywords.yaml。",
        view=ITEMS,
        columns=("phrase", "title", "source_name", "sector"),
        only="relevant: true and phrase: *",
    ),
    Search(
        id="no-region",
        title="未识别地区",
        description="没有识别出省份的相关条目。",
        view=ITEMS,
        columns=("title", "source_name", "tier", "ministry", "sector"),
        only="relevant: true and not province: *",
    ),
)
