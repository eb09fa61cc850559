"""compose.yaml and the Dockerfile, as far as they can be checked without containers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from compose_spec import PyCompose
from ruamel.yaml import YAML

from tests.kibana.conftest import ROOT
from yuqing.monitor.ending import SCHEDULER_SECONDS
from yuqing.monitor.settings import unknown_variables

TEXT = (ROOT / "compose.yaml").read_text("utf-8")
SECRETS = {"ELASTIC_PASSWORD", "KIBANA_PASSWORD", "KIBANA_ENCRYPTION_KEY"}
_VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(?::([-?])([^}]*))?\}")


def filled(**environment: str) -> str:
    """The text with its variables put in, as Compose does; a KeyError where a needed one is not set."""

    def value(match: re.Match[str]) -> str:
        name, sign, default = match.groups()
        return environment[name] if sign != "-" else environment.get(name, default)

    return _VARIABLE.sub(value, TEXT)


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return YAML(typ="safe").load(filled(**dict.fromkeys(SECRETS, "secret")))


def test_it_is_valid_by_the_compose_specification() -> None:
    text = filled(**dict.fromkeys(SECRETS, "secret"))
    PyCompose.from_yaml(text).validate()
    with pytest.raises(ValueError, match="memlimit"):
        PyCompose.from_yaml(text.replace("mem_limit", "memlimit"))


@pytest.mark.parametrize("left_out", sorted(SECRETS))
def test_no_password_has_a_default(left_out: str) -> None:
    with pytest.raises(KeyError, match=left_out):
        filled(**dict.fromkeys(SECRETS - {left_out}, "secret"))


def test_services_wait_for_each_other(project: dict[str, Any]) -> None:
    services = project["services"]
    for name, service in services.items():
        for other, rule in service.get("depends_on", {}).items():
            ready = "healthcheck" in services[other]
            assert rule["condition"] == ("service_healthy" if ready else "service_completed_successfully"), name
            assert ready or services[other]["restart"] == "no"
    assert {name for name, service in services.items() if "healthcheck" in service} == {
        "elasticsearch", "kibana", "yuqing"
    }  # fmt: skip


def test_data_lies_in_volumes_that_exist(project: dict[str, Any]) -> None:
    for service in project["services"].values():
        for entry in service.get("volumes", []):
            outside, _, inside = entry.partition(":")
            assert inside.startswith("/")
            assert outside in project["volumes"] or outside.startswith("./")
            if outside.endswith((".yaml", ".toml")):
                assert (ROOT / outside).is_file()
                assert inside.endswith(":ro")
    elastic = project["services"]["elasticsearch"]
    assert f"snapshots:{elastic['environment']['path.repo']}" in elastic["volumes"]


def test_what_runs_on_is_bounded_and_on_loopback(project: dict[str, Any]) -> None:
    images = set()
    for name, service in project["services"].items():
        images.add(service["image"])
        if service["restart"] != "no":
            assert service["mem_limit"], name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    assert len({image.partition(":")[2] for image in images if ":" in image}) == 1, "one version of Elastic's images"
    heap = project["services"]["elasticsearch"]["environment"]["ES_JAVA_OPTS"].split()
    assert [option[:4] for option in heap] == ["-Xms", "-Xmx"]
    assert heap[0][4:] == heap[1][4:] == "2g"


def test_yuqing_gets_its_store_and_keys(project: dict[str, Any]) -> None:
    environment = project["services"]["yuqing"]["environment"]
    assert environment["YUQING_STORE"] == "http://elasticsearch:9200/yuqing"
    assert environment["YUQING_KIBANA__URL"] == "http://kibana:5601"
    assert {"YUQING_ELASTIC__API_KEY", "YUQING_KIBANA__API_KEY"} <= set(environment)
    assert project["services"]["kibana"]["environment"]["I18N_LOCALE"] == "zh-CN"


def test_what_yuqing_is_given_are_settings_and_its_crawl_may_finish(
    project: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    service = project["services"]["yuqing"]
    for name, value in service["environment"].items():
        monkeypatch.setenv(name, str(value))
    assert unknown_variables() == []
    assert "YUQING_ALERTS__URLS" in service["environment"]
    assert service["init"] is True  # what a killed command leaves is reaped
    assert service["stop_grace_period"] == "30s"
    assert SCHEDULER_SECONDS < 30


def test_the_image_runs_as_nobody_special_and_keeps_secrets_out() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    words = [line.split()[0] for line in lines if line and not line.startswith(("#", " "))]
    assert words.index("USER") < words.index("ENTRYPOINT")
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {".env", ".git", "data", "out", "backups"} <= set(ignored)
