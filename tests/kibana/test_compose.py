"""compose.yaml and the Dockerfile, as far as they can be checked without containers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer.main
from compose_spec import PyCompose
from ruamel.yaml import YAML

from tests.kibana.conftest import ROOT
from yuqing.monitor.cli import app
from yuqing.monitor.ending import SCHEDULER_SECONDS
from yuqing.monitor.settings import unknown_variables

TEXT = (ROOT / "compose.yaml").read_text("utf-8")
SECRETS = {"ELASTIC_PASSWORD", "KIBANA_PASSWORD", "KIBANA_ENCRYPTION_KEY", "YUQING_REVIEW_TOKEN"}
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


def test_it_is_valid_by_the_compose_specification(project: dict[str, Any]) -> None:
    PyCompose.from_json(
        json.dumps(project)
    ).validate()  # read by YAML's own rules: its reader knows no merge below a service
    spoilt = {**project, "services": {"yuqing": {"image": "yuqing", "memlimit": "2g"}}}
    with pytest.raises(ValueError, match="memlimit"):
        PyCompose.from_json(json.dumps(spoilt))


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
        "elasticsearch", "kibana", "yuqing", "review"
    }  # fmt: skip


def test_data_lies_in_volumes_that_exist(project: dict[str, Any]) -> None:
    for service in project["services"].values():
        for entry in service.get("volumes", []):
            outside, _, inside = entry.partition(":")
            assert inside.startswith("/")
            assert outside in project["volumes"] or outside.startswith("./")
            assert not Path(inside).suffix, "a file that an editor saves by renaming is lost to its mount"
            assert not inside.endswith(":ro")
    elastic = project["services"]["elasticsearch"]
    assert f"snapshots:{elastic['environment']['path.repo']}" in elastic["volumes"]


def test_both_services_of_yuqing_work_in_the_folder_that_the_image_has_for_them(project: dict[str, Any]) -> None:
    docker = (ROOT / "Dockerfile").read_text("utf-8")
    for name in ("yuqing", "review"):
        service = project["services"][name]
        assert service["volumes"] == ["./work:/work", "data:/data"]
        assert service["environment"]["YUQING_DATA"] == "/data"
    assert "WORKDIR /work\nENTRYPOINT" in docker
    assert "chown yuqing:yuqing /work /data" in docker
    for file in (".gitignore", ".dockerignore"):
        assert "work" in (ROOT / file).read_text("utf-8").replace("/", "").split()


def test_base_images_stand_by_version_and_take_a_digest(project: dict[str, Any]) -> None:
    digest = "@sha256:" + "0" * 64
    given = dict.fromkeys(SECRETS, "secret") | dict.fromkeys(("ELASTIC_DIGEST", "KIBANA_DIGEST"), digest)
    pinned = YAML(typ="safe").load(filled(**given))
    for name in ("prepare", "elasticsearch", "kibana-user", "kibana"):
        assert re.fullmatch(r"(elasticsearch|kibana):\d+\.\d+\.\d+", project["services"][name]["image"])
        assert pinned["services"][name]["image"] == project["services"][name]["image"] + digest
    args = project["services"]["yuqing"]["build"]["args"]
    docker = (ROOT / "Dockerfile").read_text("utf-8")
    assert re.fullmatch(r"3\.\d+\.\d+", args["PYTHON_VERSION"])
    assert f"ARG PYTHON_VERSION={args['PYTHON_VERSION']}\nARG PYTHON_DIGEST=\nFROM python:${{PYTHON_VERSION}}" in docker
    assert re.search(r"^FROM \S+\$\{PYTHON_DIGEST\}$", docker, re.MULTILINE)


def test_commands_and_health_checks_are_commands_of_the_program(project: dict[str, Any]) -> None:
    services = project["services"]
    for words in (services["review"]["command"], services["yuqing"]["healthcheck"]["test"][2:]):
        command: Any = typer.main.get_command(app)
        while hasattr(command, "commands"):
            command, words = command.commands[words[0]], words[1:]
        with command.make_context("yuqing", list(words), resilient_parsing=True):
            pass
    port = services["review"]["command"][-1]
    assert services["review"]["ports"] == [f"127.0.0.1:8765:{port}"]
    assert f"http://127.0.0.1:{port}/login" in services["review"]["healthcheck"]["test"][-1]
    assert services["review"]["environment"]["YUQING_REVIEW_TOKEN"]


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
    for name, value in (service["environment"] | project["services"]["review"]["environment"]).items():
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
