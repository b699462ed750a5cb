"""Settings: what is set on the page, what was set at the start, and that no secret is ever shown."""

import pytest

from govwatch.commands.serve import effective
from govwatch.settings import Settings
from portal.outside import Pace
from portal.preferences import changed, in_force, pace_of
from portal.visitor import Refused
from tests.portal.city import City


def test_what_is_set_holds_and_is_on_record(town: City) -> None:
    client = town.visitor("boss")
    form = {"office_name": "某市政务公开办", "mend_days": "30", "scan_delay": "2.5", "scan_pictures": "no"}
    assert client.post("/settings", data=form).status_code == 303
    assert pace_of(town.store.settings()) == Pace(delay=2.5, jobs=8, pictures=False)
    page = client.get("/settings").text
    assert "boss 将“整改期限（天）”改为 30" in page
    assert "boss 将“巡检时截图取证”改为 否" in page
    town.visitor("reviewer").post(f"/findings/{town.case}/decide", data={"to": "confirmed"})
    assert 'value="2026-07-30"' in client.get(f"/findings/{town.case}").text
    before = len(town.store.settings_log())
    client.post("/settings", data=form)
    assert len(town.store.settings_log()) == before, "what stays as it was is no change"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"mend_days": "0"}, "整改期限（天）应是 1 至 365 之间的整数"),
        ({"mend_days": "1.5"}, "整数"),
        ({"scan_jobs": "many"}, "“many”不是数字"),
        ({"scan_delay": "NaN"}, "访问间隔"),
        ({"office_name": "长" * 61}, "不能超过 60 个字"),
    ],
)
def test_what_makes_no_sense_is_refused_whole(written: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        changed({}, {"scan_delay": "3", **written})


def test_what_is_left_empty_falls_back(town: City) -> None:
    client = town.visitor("boss")
    client.post("/settings", data={"mend_days": "30"})
    client.post("/settings", data={"mend_days": ""})
    assert in_force(town.store.settings())["mend_days"] == 15


def test_secrets_are_not_shown_and_sources_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVWATCH_METRICS_TOKEN", "hush-hush")
    monkeypatch.setenv("GOVWATCH_MAX_PAGES", "50")
    monkeypatch.setenv("GOVWATCH_DATABASE_URL", "postgresql://me:hush-hush@127.0.0.1/x")
    lines = {each.name: each for each in effective(Settings())}
    assert "hush-hush" not in str(lines)
    assert (lines["GOVWATCH_METRICS_TOKEN"].value, lines["GOVWATCH_METRICS_TOKEN"].source) == (
        "已设置",
        "环境变量",
    )
    assert (lines["GOVWATCH_MAX_PAGES"].value, lines["GOVWATCH_MAX_PAGES"].source) == ("50", "环境变量")
    assert lines["GOVWATCH_CONTACT"].source == "默认"
    assert lines["GOVWATCH_CONTACT"].title == "访问时留的联系方式"
