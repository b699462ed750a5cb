"""What the page of an account says of its source."""

from datetime import datetime

from domain.observation import CHINA
from storage.sources import SourceSight
from tests.portal.city import City


def page(town: City) -> str:
    return town.visitor("supervisor").get("/accounts/a01").text


def test_a_blind_source_is_shown_with_the_day_since_when(town: City) -> None:
    assert "还没有检查过" in page(town)
    first = datetime(2026, 6, 20, 2, 0, tzinfo=CHINA)
    town.store.note_source(SourceSight(account="a01", at=first, newest=first, posts=7))
    assert "正常，上次检查 2026年6月20日" in page(town)
    for day in (22, 23):
        at = datetime(2026, 6, day, 2, 0, tzinfo=CHINA)
        town.store.note_source(SourceSight(account="a01", at=at, reason="服务器返回错误"))
    shown = page(town)
    assert "自2026年6月22日起无法判定" in shown
    assert "不算账号违规" in shown
    assert "读到 7 条" in shown
