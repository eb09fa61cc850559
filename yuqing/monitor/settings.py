"""The settings: yuqing.toml in the working folder, overridden by YUQING_* environment variables.

Secrets come from the environment only. Every setting is described in docs/settings.md (enforced by a test).
"""

from __future__ import annotations

import os
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from indexer.access import Access
from yuqing.core.errors import FileError, Problem, UsageError, YuqingError
from yuqing.core.times import CLOCK_AHEAD, MONTH, Windows
from yuqing.core.urls import url_fault
from yuqing.monitor.setting_tables import (
    DEFAULT_JOBS,
    MOST,
    AlertSettings,
    CrawlSettings,
    ElasticSettings,
    Job,
    KibanaSettings,
    ReportSettings,
    ReviewSettings,
)
from yuqing.monitor.unprintable import unprintable

CONFIG_FILE = "yuqing.toml"
WindowName = Annotated[str, Field(pattern=f"^{MONTH.pattern}$")]

_SECRETS = (("elastic", "api_key"), ("kibana", "api_key"), ("alerts", "urls"), ("crawl", "proxy_login"))


class _File(TomlConfigSettingsSource):
    """yuqing.toml, which must not contain secrets."""

    def __call__(self) -> dict[str, Any]:
        values = super().__call__()
        for table, key in _SECRETS:
            if isinstance(values.get(table), dict) and key in values[table]:
                raise YuqingError(
                    f"{CONFIG_FILE}: {table}.{key} is a secret and must not be in a file; "
                    f"remove it and set YUQING_{table.upper()}__{key.upper()}."
                )
        if "review_token" in values:
            raise YuqingError(
                f"{CONFIG_FILE}: review_token is a secret and must not be in a file; remove it and set "
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
            raise ValueError(f"“{scheme}://” is not a store; write elasticsearch://host:9200, a file, or nothing")
        if mark and scheme != "sqlite":
            for host in rest.partition("/")[0].split(","):
                if fault := url_fault(f"http://{host}/"):
                    raise ValueError(f"“{host.rpartition('@')[2]}” is not a host ({fault})")
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
            raise ValueError(f"two jobs are called {', '.join(twice)}; give each a unique name")
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
        """What waits for Elasticsearch while it is down."""
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
        """The results of source probes."""
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
        """How this program and Elasticsearch authenticate each other."""
        elastic = self.elastic
        return Access(api_key=elastic.api_key.get_secret_value(), ca_file=elastic.ca_file)

    @property
    def review_windows(self) -> Windows:
        """The monthly windows with the exceptions of the settings."""
        return Windows({name: (days[0], days[1]) for name, days in self.windows.items()})

    def check_window(self, name: str | None) -> None:
        """Raises UsageError if ``name`` is not a window; None means no restriction."""
        if name:
            self.review_windows.get(name)

    @property
    def agent(self) -> str:
        """The user agent including the contact."""
        crawl = self.crawl
        return f"{crawl.user_agent.rstrip(')')}; +{crawl.contact})" if crawl.contact else crawl.user_agent


def load_settings() -> Settings:
    """The settings of the working folder. Raises FileError or YuqingError if they are invalid."""
    file = Path(CONFIG_FILE)
    try:
        if file.exists() and not file.is_file():
            raise IsADirectoryError(0, "not a file")
        settings = Settings()
    except tomllib.TOMLDecodeError as error:
        raise YuqingError(f"{file}: {error}") from error
    except RecursionError as error:
        raise YuqingError(f"{file}: its brackets are nested too deeply.") from error
    except SettingsError as error:
        raise UsageError(f"environment: {error}; write a list or table as JSON.") from error
    except (UnicodeDecodeError, OSError) as error:
        raise YuqingError(f"{file}: the file cannot be read ({error}); it must be UTF-8 text.") from error
    except ValidationError as error:
        raise FileError(
            [_problem(file, _lines(file), e["loc"], e["msg"], e["type"]) for e in error.errors()]
        ) from error
    if loc := unprintable(settings.model_dump(mode="python"), ()):
        raise FileError([_problem(file, _lines(file), loc, "contains a control character", "")])
    return settings


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines() if file.is_file() else []


def unknown_variables() -> list[str]:
    """The YUQING_* environment variables that match no setting; nothing else would catch a misspelt one."""
    known = {CLOCK_AHEAD}
    for name, about in Settings.model_fields.items():
        inner = about.annotation if isinstance(about.annotation, type) else None
        known.add(f"YUQING_{name.upper()}")
        if inner and issubclass(inner, BaseModel):
            known |= {f"YUQING_{name.upper()}__{field.upper()}" for field in inner.model_fields}
    return sorted(name for name in os.environ if name.startswith("YUQING_") and name.upper() not in known)


def _problem(file: Path, lines: list[str], loc: tuple[int | str, ...], message: str, kind: str) -> Problem:
    message = message.removeprefix("Value error, ")  # pydantic's
    if loc[-1:] == ("[key]",) and loc[0] == "windows":
        loc, message = loc[:-1], "not a month; write the window as YYYY-MM, for example 2018-03"
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
