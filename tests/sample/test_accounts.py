"""What the accounts posted agrees with what is said of them."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
import yaml

from sample.accounts.posts import diary
from sample.accounts.roster import ACCOUNTS
from sample.availability import PROBED_WEEKS
from sample.model import SampleAccount
from sample.moment import CHINA, TODAY
from sample.truth import Expected, Truth
from sample.units import profiles

Fetch = Callable[[str], tuple[int, bytes]]
BY_ID = {account.id: account for account in ACCOUNTS}


def faults(check: str) -> list[Truth]:
    return [t for a in ACCOUNTS for t in a.truths if t.check == check and t.expected is Expected.VIOLATION]


def address_of(account: SampleAccount) -> str:
    """Where the newest posts are: the source's address, or the container that Weibo's profile leads to."""
    if "uid" not in account.source:
        return account.source["url"]
    uid = account.source["uid"]
    place = f"{account.source['base_url']}/api/container/getIndex"
    return f"{place}?type=uid&value={uid}&containerid=107603{uid}"


def posts_of(account: SampleAccount, fetch: Fetch) -> list[tuple[datetime, str]]:
    """Instants (in China) and titles of an account's posts that are not pinned, newest first."""
    if account.source["type"] == "file":
        return sorted(recorded(account.files[account.source["path"]]), reverse=True)
    body = fetch(address_of(account).replace("@@media@@", "http://media.test"))[1]
    if account.source["type"] == "weibo":
        cards = json.loads(body)["data"]["cards"]
        blogs = [card["mblog"] for card in cards if "isTop" not in card["mblog"]]
        return [(datetime.strptime(b["created_at"], "%a %b %d %H:%M:%S %z %Y"), b["text"]) for b in blogs]
    if body.startswith(b"{"):
        feed = json.loads(body)
        if "items" in feed:
            return [(datetime.fromisoformat(i["date_published"]), i["title"]) for i in feed["items"]]
        return [(datetime.fromtimestamp(r["publishTime"], CHINA), r["title"]) for r in feed["list"]]
    entries = feedparser.parse(body).entries
    return [(datetime(*e.published_parsed[:6], tzinfo=UTC).astimezone(CHINA), e.title) for e in entries]


def in_china(text: str, form: str) -> datetime:
    return datetime.strptime(text, form).replace(tzinfo=CHINA)


def recorded(content: bytes) -> list[tuple[datetime, str]]:
    text = content.decode("utf-8-sig")
    if text.startswith("description"):
        rows = [(str(row["time"]), row["title"]) for row in yaml.safe_load(text)["posts"]]
        return [(in_china(when[:16], "%Y-%m-%d %H:%M"), title) for when, title in rows]
    table = csv.DictReader(io.StringIO(text))
    return [(in_china(row["发布时间"], "%Y/%m/%d %H:%M"), row["标题"]) for row in table]


@pytest.mark.parametrize("truth", faults("media.stale"), ids=lambda t: t.target)
def test_stale_accounts_are_as_old_as_said(truth: Truth, fetch: Fetch) -> None:
    newest = posts_of(BY_ID[truth.target], fetch)[0][0].date()
    assert (TODAY - newest).days == truth.observed["age_days"]


def weeks(posts: list[tuple[datetime, str]]) -> Counter[date]:
    """Posts by Monday, over the whole weeks of August to October 2025."""
    counts: Counter[date] = Counter({date(2025, 8, 4) + timedelta(weeks=week): 0 for week in range(12)})
    for at, _ in posts:
        monday = at.date() - timedelta(days=at.date().weekday())
        if monday in counts:
            counts[monday] += 1
    return counts


def test_weeks_of_autumn(fetch: Fetch) -> None:
    short = {truth.target for truth in faults("media.too-few")}
    for account in ACCOUNTS:
        if account.source["type"] == "wechat_api" or not readable(account, fetch):
            continue
        posts = posts_of(account, fetch)
        if posts[-1][0].date() > date(2025, 8, 1):
            continue
        thin = [monday for monday, count in weeks(posts).items() if count < 2]
        assert bool(thin) is (account.id in short), account.id


def test_interpretations_of_last_year(fetch: Fetch) -> None:
    few = {truth.target: truth.observed["count"] for truth in faults("media.few-interpretations")}
    for account in ACCOUNTS:
        if account.source["type"] == "wechat_api" or not readable(account, fetch):
            continue
        posts = posts_of(account, fetch)
        if posts[-1][0].date() > date(2025, 1, 1):
            continue
        count = sum("政策解读" in title for at, title in posts if at.year == 2025)
        assert count == few.get(account.id, count), account.id
        assert (count >= 5) is (account.id not in few), account.id


UNREADABLE = {"a70", "a73", "a76", "a77", "a78"}
"""Cut short, a log-in page, and accounts that are not judged by all they posted."""


def readable(account: SampleAccount, fetch: Fetch) -> bool:
    if account.source["type"] == "file":
        return account.id not in UNREADABLE
    if account.source["type"] == "app_page" or account.id in UNREADABLE:
        return False
    address = address_of(account)
    if address.startswith("@@bridge@@"):
        return False
    status, body = fetch(address.replace("@@media@@", "http://media.test"))
    return status == 200 and b'"cards": []' not in body and b'"ok": 0' not in body


def test_diary_is_twice_a_week() -> None:
    posts = diary(profiles()["U01"], TODAY)
    assert posts[0].at.date() == TODAY
    assert set(weeks([(post.at, post.title) for post in posts]).values()) == {2}


def test_availability_weeks_hold_to_the_rule() -> None:
    for week in PROBED_WEEKS:
        series = week.series
        whole = series.days_covered == 7 and series.fewest_a_day >= 20
        if week.expected is Expected.INCONCLUSIVE:
            assert not whole
        else:
            assert whole
            assert (series.failed * 20 >= series.probes) is (week.expected is Expected.VIOLATION)
    assert len(PROBED_WEEKS) == len({week.site for week in PROBED_WEEKS}) == 6
