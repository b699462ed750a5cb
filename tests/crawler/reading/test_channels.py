"""Entries for interaction by the words of their links; petitions and discipline are no way to ask."""

from datetime import date

import pytest

from crawler.extract import read_page
from crawler.subjects.channels import effective_channels


def channels(*names: str) -> frozenset[str]:
    links = "".join(f'<li><a href="/{number}/">{name}</a></li>' for number, name in enumerate(names))
    source = f"<html><head><title>网站</title></head><body><ul>{links}</ul></body></html>"
    url = "http://wjw.example/"
    return frozenset(
        read_page(
            source.encode(), url, content_type="text/html; charset=utf-8", today=date(2026, 6, 30)
        ).channels
    )


@pytest.mark.parametrize("name", ["信访举报", "举报信访", "纪检监督", "纪检举报", "监察举报", "网上信访"])
def test_petitions_and_discipline_are_no_way_to_ask(name: str) -> None:
    assert channels(name)
    assert not effective_channels(channels(name))


@pytest.mark.parametrize(
    "name",
    [
        "局长信箱",
        "我要留言",
        "在线咨询",
        "投诉举报",
        "12345热线",
        "违法行为举报",
        "信访投诉",
        "人民建议征集",
        "网络问政",
        "民呼我为",
        "我要建议",
        "市民心声",
    ],
)
def test_what_anyone_may_ask_through_counts(name: str) -> None:
    assert effective_channels(channels(name))


@pytest.mark.parametrize("name", ["民意征集", "在线访谈", "新闻发布会答问政策", "工作建议方案", "原声播报"])
def test_what_is_for_other_things_does_not(name: str) -> None:
    assert not effective_channels(channels(name))
