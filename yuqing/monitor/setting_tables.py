"""The tables of the settings, each a record with its limits; `settings.py` assembles and reads them."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from yuqing.core.times import now
from yuqing.core.urls import url_fault

MOST = 1_000_000  # for what has no limit of its own: a larger number is a typing error
COMMANDS = frozenset(
    {
        *("add", "alerts", "archive", "backup", "classify", "crawl", "demo", "doctor", "evaluate", "export", "extract"),
        *("feed", "index", "init", "keywords", "kibana", "mcp", "metrics", "rebuild", "report", "restore", "retag"),
        *("review", "runs", "schedule", "search", "searches", "sources", "users"),
    }
)


class CrawlSettings(BaseModel):
    """How the crawler treats the sites."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    contact: str = Field("", description="A URL or e-mail address, named in the user agent")
    user_agent: str = Field(
        "yuqing/0.1 (Internet Plus news monitor)", pattern=r"\S", description="How the crawler calls itself"
    )
    delay: float = Field(1.0, ge=0, le=3600, description="Seconds between two requests to one site")
    autothrottle: bool = Field(True, description="Slow down further when a site answers slowly")
    concurrency: int = Field(64, ge=1, le=10_000, description="Requests under way over all sites")
    timeout: int = Field(30, ge=1, le=3600, description="Seconds until a request is given up")
    max_size_mb: int = Field(10, ge=1, le=1024, description="Larger answers are cut off and counted as too-large")
    max_redirects: int = Field(5, ge=0, le=100, description="Redirects followed on the source's own hosts")
    retries: int = Field(2, ge=0, le=100, description="Further tries after a 5xx answer or a network fault")
    refusal_limit: int = Field(3, ge=1, le=MOST, description="Refusals in a row after which a host is left alone")
    refusal_rest_hours: int = Field(24, ge=1, le=10_000, description="How long such a host is left alone")
    recheck_days: tuple[Annotated[int, Field(ge=0, le=10_000)], ...] = Field(
        (1, 7), description="Days after a fetch when a page is looked at again"
    )
    list_pages: int = Field(200, ge=1, le=MOST, description="The most pages of one list that are followed")
    lease: float = Field(
        60.0, ge=2, le=3600, description="Seconds after which another machine takes over the sources of one that died"
    )
    gateway: int = Field(0, ge=0, le=65535, description="A loopback port that answers for every site (demo, tests)")
    proxy: str = Field("", description="The proxy through which the sites are asked: http://host:port")
    proxy_login: SecretStr = Field(SecretStr(""), description="Its user:password; from the environment only")

    @field_validator("proxy")
    @classmethod
    def _plain(cls, value: str) -> str:
        if not value:
            return ""
        if fault := url_fault(value):
            raise ValueError(f"not http://host:port ({fault})")
        parts = urlsplit(value)
        if parts.scheme != "http" or parts.path not in ("", "/") or parts.query:
            raise ValueError("not http://host:port; https and socks proxies are not supported")
        if parts.username or parts.password:
            raise ValueError("user and password must not be in this file; set YUQING_CRAWL__PROXY_LOGIN=user:password")
        return value.rstrip("/")


class Job(BaseModel):
    """One job of the scheduler: a command of yuqing at the times of a crontab line (Chinese time)."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    name: str = Field(description="The job's name, shown by `yuqing schedule list`")
    cron: str = Field(description="Five fields as in a crontab: minute hour day month weekday")
    command: list[str] = Field(min_length=1, description="The arguments of yuqing")
    max_hours: float = Field(12.0, gt=0, le=1000, description="After so many hours the job is asked to stop")

    @field_validator("cron")
    @classmethod
    def _five_fields(cls, value: str) -> str:
        from yuqing.monitor.crontab import trigger

        if trigger(value).get_next_fire_time(None, now()) is None:
            raise ValueError(f"“{value}” never occurs; check its day and month")
        return value

    @field_validator("command")
    @classmethod
    def _known_command(cls, value: list[str]) -> list[str]:
        if value[0] not in COMMANDS and not value[0].startswith("-"):
            near = get_close_matches(value[0], COMMANDS, 1)
            hint = f"did you mean {near[0]}?" if near else f"available: {', '.join(sorted(COMMANDS))}"
            raise ValueError(f"“{value[0]}” is not a command of yuqing; {hint}")
        return value


# Central sites every two hours during the day; the others outside busy office hours (9 to 11, 14 to 17).
# The searches on Saturdays look back two weeks: at what dropped off a list between two crawls, or was missed in a
# back-off.
DEFAULT_JOBS = [
    Job(name="central", cron="15 6-22/2 * * *", command=["crawl", "central-gov", "central-media"]),
    Job(name="ministries", cron="30 5,20 * * *", command=["crawl", "ministry"]),
    Job(name="provinces", cron="30 4,21 * * *", command=["crawl", "province-gov"]),
    Job(name="media", cron="30 2 * * *", command=["crawl", "province-media", "commercial"]),
    Job(name="probe", cron="10 7 * * *", command=["sources", "probe", "--ill"], max_hours=1),
    Job(name="alerts", cron="50 7-22 * * *", command=["alerts", "send"], max_hours=0.5),  # a channel may hang
    Job(name="digest", cron="10 8 * * *", command=["alerts", "digest"], max_hours=0.5),
    Job(name="backup", cron="15 1 * * *", command=["backup"]),
    Job(name="backfill", cron="30 23 * * 6", command=["crawl", "--backfill", "互联网+", "--since", "14d"]),
    Job(name="doctor", cron="15 3 * * 0", command=["doctor"]),
    Job(name="tidy", cron="45 3 1 * *", command=["archive", "tidy"]),
    Job(name="draft", cron="0 6 16 * *", command=["report"]),
]


class AlertSettings(BaseModel):
    """What to alert about, and where to send it."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    urls: SecretStr = Field(SecretStr(""), description="Apprise URLs with spaces; from the environment only")
    silent_days: int = Field(3, ge=1, le=10_000, description="A source is never called silent before so many days")
    remind_days: int = Field(7, ge=1, le=10_000, description="What is still wrong is said again after so many days")
    disk_free_gb: float = Field(5.0, ge=0, description="Less free space than this is told")
    heat: int = Field(10, ge=2, le=MOST, description="An article that so many sources carry is told")
    watch: list[str] = Field([], description="Sectors, places, ministries, enterprises or topics to be told of")


class ReportSettings(BaseModel):
    """What the report contains besides the news."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    institute: str = Field("", description="The institute on the cover")
    preface: str = Field("", description="The paragraph of the 前言; empty: the built-in one")
    contacts: list[str] = Field([], description="The lines of the 联系人 block")
    template: Path | None = Field(None, description="The institute's own template (.docx) with placeholders")
    header: str = Field("", description="The line above the pages of the built-in form")
    footer: str = Field("", description="The words before the page number of the built-in form")
    charts: bool = Field(True, description="Print the charts")
    appendix: bool = Field(False, description="Print the comparison with the window before and 覆盖说明")
    versions: bool = Field(False, description="Print the versions of rules, sources and program")


class ReviewSettings(BaseModel):
    """Settings of the review page."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    reasons: bool = Field(False, description="Ask for a reason where somebody changes sections or tags")
    proxy_header: str = Field("", description="The header in which a proxy says who has logged in")
    proxy_addresses: list[str] = Field(["127.0.0.1", "::1"], description="Where that proxy comes from; no other counts")
    proxy_role: Literal["reader", "editor", "chief"] = Field(
        "reader", description="The role of those whom the proxy knows and `yuqing users` does not"
    )


class ElasticSettings(BaseModel):
    """How to connect to Elasticsearch, and how to verify its identity."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    api_key: SecretStr = Field(SecretStr(""), description="The encoded API key; from the environment only")
    ca_file: Path | None = Field(None, description="The certificate of the authority that signed the server's")
    analyzer: Literal["", "ik", "smartcn"] = Field("", description="A plug-in's cutter for sub-fields of the text")


class KibanaSettings(BaseModel):
    """The Kibana that `yuqing kibana import` writes to."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    url: str = Field("http://localhost:5601", description="Its address, with /s/SPACE for a space")
    api_key: SecretStr = Field(SecretStr(""), description="The encoded API key; from the environment only")
    ca_file: Path | None = Field(None, description="The certificate of the authority that signed Kibana's")
