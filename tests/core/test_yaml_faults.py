"""No file of YAML breaks its readers: each fault is a sentence with file, line and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from classifiers.check import check
from crawler.sources import load_sources
from yuqing.core.errors import FileError, YuqingError
from yuqing.core.yamlfile import read_once, read_yaml

LAUGH = "\n".join(
    ["a0: &a0 [x,x,x,x,x,x,x,x,x]"] + [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
)
FAULTS = {
    "no day": ("x:\n  until: 2018-02-30", "2:10"),
    "no month": ("- verified: 2026-13-40", "1:13"),
    "no time": ("x: 2018-02-28 25:61:61", "1:4"),
    "no zone": ("x: 2018-01-01T00:00:00+99:99", "1:4"),
    "year 0": ("x: 0000-00-00", "1:4"),
    "brackets": ("[" * 100_000, "1:501"),
    "braces": ("{a: " * 3000, "1:2001"),
    "dashes": ("- " * 5000 + "x", "1:121"),
    "indents": ("\n".join(" " * n + "a:" for n in range(1500)), "61:61"),
    "5,000 digits": ("x: " + "9" * 5000, "1:4"),
    "hex": ("x: 0x" + "f" * 9000, "1:1"),
    "no code point": ('a: 1\nx: "\\U99999999"', "2:"),
    "surrogate": ('x: "\\ud800"', "1:1"),
    "surrogate key": ('"\\ud800": 1', "1:1"),
    "no escape": ('x: "\\xZZ"', "1:7"),
    "merged into itself": ("x: &s\n  <<: *s", "1:4"),
    "merged list": ("a: &a {<<: [*a]}", "1:4"),
    "merged scalar": ("<<: 5", "1:5"),
    "map of itself": ("&a {b: *a}", "1:5"),
    "a billion laughs": (LAUGH, "6:1"),
    "NUL": ("x: a\0b", "1:5"),
    "control": ("a: 1\nx: a\x07b", "2:5"),
    "tab": ("x:\n\t- a", "2:1"),
    "twice": ("a: 1\na: 2", "2:1"),
    "binary": ("x: !!binary zzz", "1:4"),
    "tagged int": ("x: !!int abc", "1:4"),
    "tagged float": ("x: !!float abc", "1:4"),
    "tagged bool": ("x: !!bool abc", "1:4"),
    "tagged time": ("x: !!timestamp abc", "1:4"),
    "no alias": ("x: *nope", "1:4"),
    "two documents": ("a: 1\n---\nb: 2", "2:1"),
    "no end": ("x: 'a", "1:6"),
    "other YAML": ("%YAML 9.9\n---\nx: 1", "1:1"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_reading_has_its_place(tmp_path: Path, name: str) -> None:
    text, place = FAULTS[name]
    (tmp_path / "f.yaml").write_text(text, "utf-8", newline="")
    with pytest.raises(FileError) as error:
        read_yaml(tmp_path / "f.yaml")
    assert str(error.value).startswith(f"{tmp_path}/f.yaml:{place}")
    with pytest.raises(FileError):
        load_sources(tmp_path / "f.yaml")
    assert check(tmp_path / "f.yaml")


NO_RULES = (
    *("", "x", "5", "~: 1", "1: 2", "? [a, b]\n: c", "? {a: b}\n: c", "x: .nan", "x: -.inf", "- [1]", "- {1: 2}"),
    *("- - -", "x: !foo bar", "!!set {a, b}", "!!omap [a: 1]", "x: 1e99999", "a: 1\nb: &a [*a]"),
    "x: !!python/object/apply:os.system ['id']",
    "- {id: [], name: 1, tier: {}, hosts: x, lists: [1, {url: 5}], select: [], deprecated: 1, verified: 5}",
    "settings: {threshold: .inf, near_miss: 1e999, lead_chars: 1e30}",
    "- {id: a, name: b, tier: ministry, hosts: ['a b', '', 'x/y'], url_date: '(', article_urls: ['[', '(?P<y>)']}",
    "- {id: a, name: b, tier: ministry, hosts: [a.cn], lists: [{url: 'http://[', adapter: x, next: '//[{n}'}]}",
    "- {id: a, name: b, tier: ministry, hosts: [a.cn], lists: [{url: 'http://a.cn:x/', adapter: html-list}]}",
    "- {id: a, name: b, tier: ministry, hosts: [a], lists: [{url: 'http://a/', adapter: html-list, items: ':::'}]}",
    "- {id: a, name: b, tier: ministry, hosts: [a], lists: [{url: 'http://a/', adapter: rss, first_page: 9999999}]}",
    "- {id: a, name: b, tier: ministry, hosts: [a], article_urls: ['(a+)+$']}",
)


@pytest.mark.parametrize("text", NO_RULES)
def test_what_is_yaml_but_no_rules_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "f.yaml").write_text(text, "utf-8")
    assert check(tmp_path / "f.yaml")
    with pytest.raises(FileError):
        load_sources(tmp_path / "f.yaml")


def test_no_text_too_much_text_and_no_file(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(b"a: 1\nx: \xff\xfe")
    with pytest.raises(FileError, match=r"f\.yaml:2:1: 文件不是 UTF-8 编码"):
        read_yaml(tmp_path / "f.yaml")
    (tmp_path / "f.yaml").write_bytes(b"# " + b"x" * 3_000_000)
    with pytest.raises(FileError, match="超过"):
        read_yaml(tmp_path / "f.yaml")
    for path in (tmp_path, Path("a\0b")):
        with pytest.raises(YuqingError, match="cannot be read"):
            read_yaml(path)
    with pytest.raises(YuqingError, match="没有这个文件"):
        read_yaml(tmp_path / "none")


def test_a_content_is_read_once_whatever_it_is_called_and_a_faulty_one_again(tmp_path: Path) -> None:
    read: list[str] = []

    @read_once
    def data(path: Path) -> Any:
        read.append(path.name)
        return read_yaml(path).data

    for name, text in (("a", "x: 1"), ("b", "x: 1"), ("c", "x: 2"), ("d", "x: [")):
        (tmp_path / name).write_text(text, "utf-8")
    assert data(tmp_path / "a") == data(tmp_path / "b") == {"x": 1}
    assert data(tmp_path / "c") == {"x": 2}
    (tmp_path / "a").write_text("x: 2", "utf-8")
    assert data(tmp_path / "a") == {"x": 2}
    for _ in range(2):
        with pytest.raises(FileError, match="/d:1:"):
            data(tmp_path / "d")
    assert read == ["a", "c", "d", "d"]
