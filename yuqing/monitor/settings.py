"""The settings: yuqing.toml in the working folder, overridden by YUQING_* environment variables.

Secrets come from the environment only. Every setting is described in docs/settings.md (a test keeps it so).
"""

from __future__ import annotations

import os
import tomllib
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from indexer.access import Access
from yuqing.core.errors import FileError, Problem, UsageError, YuqingError
from yuqing.core.times import CLOCK_AHEAD, MONTH, Windows, now
from yuqing.core.urls import url_fault
from yuqing.monitor.unprintable import unprintable

CONFIG_FILE = "yuqing.toml"
WindowName = Annotated[str, Field(pattern=f"^{MONTH.pattern}$")]
MOST = 1_000_000  # of what has no limit of its own: a larger number is a slip
COMMANDS = frozenset(
    {
        *("add", "alerts", "archive", "backup", "classify", "crawl", "demo", "doctor", "evaluate", "export", "extract"),
        *("feed", "index", "init", "keywords", "kibana", "mcp", "metrics", "rebuild", "report", "restore", "retag"),
        *("review", "runs", "schedule", "search", "searches", "sources", "users"),
    }
)


class CrawlSettings(BaseModel):
    """How the crawler behaves towards the sites."""

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
            raise ValueError(f"it is no http://host:port ({fault})")
        parts = urlsplit(value)
        if parts.scheme != "http" or parts.path not in ("", "/") or parts.query:
            raise ValueError("it is no http://host:port; https and socks proxies are not spoken to")
        if parts.username or parts.password:
            raise ValueError("its user and password must not stand here; set YUQING_CRAWL__PROXY_LOGIN=user:password")
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
            raise ValueError(f"“{value}” never comes; look at its day and month")
        return value

    @field_validator("command")
    @classmethod
    def _known_command(cls, value: list[str]) -> list[str]:
        if value[0] not in COMMANDS and not value[0].startswith("-"):
            near = get_close_matches(value[0], COMMANDS, 1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(COMMANDS))}"
            raise ValueError(f"“{value[0]}” is no command of yuqing; {hint}")
        return value


# Central sites every two hours of the day; the others outside the offices' busy hours (9 to 11, 14 to 17).
# The searches on Saturdays look two weeks back: what a list dropped between two crawls, or its host while it rested.
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
    """What the operator is told of, and where."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    urls: SecretStr = Field(SecretStr(""), description="Apprise URLs with spaces; from the environment only")
    silent_days: int = Field(3, ge=1, le=10_000, description="A source is never called silent before so many days")
    remind_days: int = Field(7, ge=1, le=10_000, description="What is still wrong is said again after so many days")
    disk_free_gb: float = Field(5.0, ge=0, description="Less free space than this is told")
    heat: int = Field(10, ge=2, le=MOST, description="An article that so many sources carry is told")
    watch: list[str] = Field([], description="Sectors, places, ministries, enterprises or topics to be told of")


class ReportSettings(BaseModel):
    """What stands in the report beside the news."""

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
    """How the review page asks."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    reasons: bool = Field(False, description="Ask for a reason where somebody changes sections or tags")
    proxy_header: str = Field("", description="The header in which a proxy says who has logged in")
    proxy_addresses: list[str] = Field(["127.0.0.1", "::1"], description="Where that proxy comes from; no other counts")
    proxy_role: Literal["reader", "editor", "chief"] = Field(
        "reader", description="The role of those whom the proxy knows and `yuqing users` does not"
    )


class ElasticSettings(BaseModel):
    """How to be let in by Elasticsearch, and how to know it."""

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


_SECRETS = (("elastic", "api_key"), ("kibana", "api_key"), ("alerts", "urls"), ("crawl", "proxy_login"))


class _File(TomlConfigSettingsSource):
    """yuqing.toml, which must not hold a key."""

    def __call__(self) -> dict[str, Any]:
        values = super().__call__()
        for table, key in _SECRETS:
            if isinstance(values.get(table), dict) and key in values[table]:
                raise YuqingError(
                    f"{CONFIG_FILE}: {table}.{key} is a secret and must not stand in a file; "
                    f"take it out and set YUQING_{table.upper()}__{key.upper()}."
                )
        if "review_token" in values:
            raise YuqingError(
                f"{CONFIG_FILE}: review_token is a secret and must not stand in a file; take it out and set "
                "YUQING_REVIEW_TOKEN."
            )
        return values


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        env_prefix="YUQING_",
        env_nested_delimiter="__",
        toml_file=CONFIG_FILE,
        extra="forbid",
        allow_inf_nan=False,
    )

    data: Path = Field(Path("data"), description="Folder of the archive, the store, the ledger and the crawl state")
    store: str = Field(
        "",
        description="Where items are kept: empty for the embedded store in the data folder, or elasticsearch://…",
    )
    keywords: Path = Field(Path("keywords.yaml"), description="The rules file")
    sources: Path = Field(Path("sources.yaml"), description="The source records")
    out: Path = Field(Path("out"), description="Folder of the reports")
    windows: dict[
        Annotated[str, Field(pattern=MONTH.pattern)], Annotated[list[date], Field(min_length=2, max_length=2)]
    ] = Field({}, description="Review windows that are not the 16th to the 15th: month = [first day, last day]")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("WARNING", description="The least that is logged")
    log_format: Literal["text", "json"] = Field("text", description="json: one object a line with run and source")
    lock_wait: float = Field(0, ge=0, le=MOST, description="Seconds that a command waits for another crawl to end")
    backups: Path = Field(Path("backups"), description="Folder of the backups; best on another disk")
    backups_kept: int = Field(14, ge=1, le=MOST, description="Older backups in that folder are removed")
    review_token: SecretStr = Field(
        SecretStr(""), description="What the review page asks for; from the environment only"
    )
    crawl: CrawlSettings = CrawlSettings()
    report: ReportSettings = ReportSettings()
    review: ReviewSettings = ReviewSettings()
    alerts: AlertSettings = AlertSettings()
    elastic: ElasticSettings = ElasticSettings()
    kibana: KibanaSettings = KibanaSettings()
    schedule: list[Job] = Field(DEFAULT_JOBS, description="The jobs of `yuqing schedule run`")

    @field_validator("store")
    @classmethod
    def _address(cls, value: str) -> str:
        scheme, mark, rest = value.partition("://")
        if mark and scheme not in ("elasticsearch", "http", "https", "sqlite"):
            raise ValueError(f"“{scheme}://” is no store; write elasticsearch://host:9200, or a file, or nothing")
        if mark and scheme != "sqlite":
            for host in rest.partition("/")[0].split(","):
                if fault := url_fault(f"http://{host}/"):
                    raise ValueError(f"“{host.rpartition('@')[2]}” is no host ({fault})")
        return value

    @field_validator("windows")
    @classmethod
    def _in_order(cls, value: dict[str, list[date]]) -> dict[str, list[date]]:
        for name, (first, last) in value.items():
            if first > last:
                raise ValueError(f"window {name} ends ({last}) before it begins ({first})")
        return value

    @field_validator("schedule")
    @classmethod
    def _names_differ(cls, value: list[Job]) -> list[Job]:
        names = [job.name for job in value]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two jobs are called {', '.join(twice)}; give each a name of its own")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then the file."""
        return init_settings, env_settings, _File(settings_cls)

    @property
    def archive_dir(self) -> Path:
        """The WARC files."""
        return self.data / "archive"

    @property
    def state_file(self) -> Path:
        """The URL memory of the crawler."""
        return self.data / "crawl.db"

    @property
    def spool_file(self) -> Path:
        """What waits for Elasticsearch while it is away."""
        return self.data / "spool.sqlite"

    @property
    def ledger_file(self) -> Path:
        """The run ledger."""
        return self.data / "ledger.db"

    @property
    def users_file(self) -> Path:
        """The accounts of the review page."""
        return self.data / "users.json"

    @property
    def probe_file(self) -> Path:
        """What the probes of the sources found."""
        return self.data / "probe.db"

    @property
    def rules_dir(self) -> Path:
        """Every version of keywords.yaml and sources.yaml that a run used."""
        return self.data / "rules"

    @property
    def store_url(self) -> str:
        """Where items are kept."""
        return self.store or str(self.data / "yuqing.db")

    @property
    def in_elasticsearch(self) -> bool:
        """Whether items are kept in Elasticsearch."""
        return self.store_url.startswith(("elasticsearch://", "http://", "https://"))

    @property
    def access(self) -> Access:
        """How Elasticsearch and this program know each other."""
        elastic = self.elastic
        return Access(api_key=elastic.api_key.get_secret_value(), ca_file=elastic.ca_file)

    @property
    def review_windows(self) -> Windows:
        """The monthly windows with the exceptions of the settings."""
        return Windows({name: (days[0], days[1]) for name, days in self.windows.items()})

    def check_window(self, name: str | None) -> None:
        """Raises UsageError when ``name`` is no window; none is no restriction."""
        if name:
            self.review_windows.get(name)

    @property
    def agent(self) -> str:
        """The user agent with the contact."""
        crawl = self.crawl
        return f"{crawl.user_agent.rstrip(')')}; +{crawl.contact})" if crawl.contact else crawl.user_agent


def load_settings() -> Settings:
    """The settings of the working folder. Raises FileError or YuqingError where they do not fit."""
    file = Path(CONFIG_FILE)
    try:
        if file.exists() and not file.is_file():
            raise IsADirectoryError(0, "it is no file")
        settings = Settings()
    except tomllib.TOMLDecodeError as error:
        raise YuqingError(f"{file}: {error}") from error
    except RecursionError as error:
        raise YuqingError(f"{file}: its brackets are nested deeper than any setting is.") from error
    except SettingsError as error:
        raise UsageError(f"environment: {error}; write a list or table as JSON.") from error
    except (UnicodeDecodeError, OSError) as error:
        raise YuqingError(f"{file}: it cannot be read ({error}); it has to be UTF-8 text.") from error
    except ValidationError as error:
        raise FileError(
            [_problem(file, _lines(file), e["loc"], e["msg"], e["type"]) for e in error.errors()]
        ) from error
    if loc := unprintable(settings.model_dump(mode="python"), ()):
        raise FileError([_problem(file, _lines(file), loc, "it holds a control character", "")])
    return settings


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines() if file.is_file() else []


def unknown_variables() -> list[str]:
    """The YUQING_* variables of the environment that set nothing; a misspelt one is refused by nobody."""
    known = {CLOCK_AHEAD}
    for name, about in Settings.model_fields.items():
        inner = about.annotation if isinstance(about.annotation, type) else None
        known.add(f"YUQING_{name.upper()}")
        if inner and issubclass(inner, BaseModel):
            known |= {f"YUQING_{name.upper()}__{field.upper()}" for field in inner.model_fields}
    return sorted(name for name in os.environ if name.startswith("YUQING_") and name.upper() not in known)


def _problem(file: Path, lines: list[str], loc: tuple[int | str, ...], message: str, kind: str) -> Problem:
    name = ".".join(str(step) for step in loc)
    variable = "YUQING_" + "__".join(str(step) for step in loc).upper()
    if kind == "extra_forbidden":
        tables: dict[int | str, type[BaseModel]] = {
            "crawl": CrawlSettings, "report": ReportSettings, "review": ReviewSettings,
            "alerts": AlertSettings, "schedule": Job,
            "elastic": ElasticSettings, "kibana": KibanaSettings,
        }  # fmt: skip
        known = ", ".join((tables.get(loc[0], Settings) if len(loc) > 1 else Settings).model_fields)
        message = f"not a setting; known here: {known}"
    where = Path("environment") if variable in os.environ else file
    key = next((str(step) for step in reversed(loc) if isinstance(step, str)), "")
    line = next((n for n, text in enumerate(lines, 1) if text.split("=")[0].strip().strip('"') == key), 1)
    return Problem(where, line, 1, f"{name}: {message}")
