"""Codes and apps are news here: a sentence about them is text, an invitation to scan is not."""

from __future__ import annotations

import pytest

from crawler.extract.boilerplate import is_boilerplate


@pytest.mark.parametrize(
    "line",
    [
        "市民用手机扫描二维码领取植树任务，当场拿到电子证书。",
        "该市开通微信公众号，群众可以在线预约办税。",
        "记者下载该APP后看到，首页列有三十项服务。",
    ],
)
def test_news_of_codes_and_apps_is_text(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "扫描二维码，关注我们。",
        "欢迎扫描下方二维码关注本网微信公众号！",
        "手机客户端下载",
        "微信公众号：示例发布",
        "扫一扫在手机打开当前页",
    ],
)
def test_invitations_are_not(line: str) -> None:
    assert is_boilerplate(line)
