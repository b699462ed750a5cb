"""The city as a whole: complete, consistent with its truth, the same every time."""

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from urllib.parse import urldefrag, urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser
from stdnum import luhn
from stdnum.cn import ric

from sample.city import CITY
from sample.truth import ANY, Expected, addressed
from tests.sample.conftest import ADDRESSES, html_pages

_NAMES = {
    "site": "broken-link home-stale footer-incomplete tags-missing",
    "column": "missing empty stale date-suspect misplaced-item",
    "guide": "incomplete no-fee-terms",
    "annual-report": "missing late incomplete figures duplicate remarks",
    "on-request": "incomplete",
    "policy": "no-interpretation unlinked late-interpretation mostly-text",
    "consultation": "short no-feedback",
    "leaders": "incomplete none-in-charge",
    "organisation": "incomplete",
    "interaction": "no-channel unanswered",
    "service-guide": "incomplete",
    "content": "privacy secret-mark wording dark-link",
    "media": "stale too-few few-interpretations no-interaction unavailable wording privacy secret-mark",
}
CHECKS = [f"{group}.{name}" for group, names in _NAMES.items() for name in names.split()]

TRUTHS = CITY.truths()
FAULTS = [truth for truth in TRUTHS if truth.expected is Expected.VIOLATION]


@pytest.mark.parametrize("check", CHECKS)
def test_each_check_has_three_faults_and_two_traps(check: str) -> None:
    faults = [truth for truth in FAULTS if truth.check == check]
    traps = [truth for truth in TRUTHS if truth.check == check and truth.expected is not Expected.VIOLATION]
    assert len(faults) >= 3
    assert len(traps) >= 2


def test_no_truth_names_an_unknown_check_unit_or_target() -> None:
    units = {unit.code for unit in CITY.units}
    targets = {site.id for site in CITY.sites} | {account.id for account in CITY.accounts}
    assert {truth.check for truth in TRUTHS} <= {*CHECKS, ANY}
    assert {truth.unit for truth in TRUTHS} <= units
    assert {truth.target for truth in TRUTHS} <= targets


def test_no_subject_is_both_at_fault_and_innocent() -> None:
    seen: dict[tuple[str, str, str, str], set[bool]] = defaultdict(set)
    for truth in TRUTHS:
        key = (truth.check, truth.target, truth.unit, truth.subject)
        seen[key].add(truth.expected is Expected.VIOLATION)
    assert [key for key, kinds in seen.items() if len(kinds) > 1] == []


def test_faults_are_planted_once() -> None:
    keys = Counter((truth.check, truth.target, truth.unit, truth.subject) for truth in FAULTS)
    assert [key for key, count in keys.items() if count > 1] == []


def test_addresses_of_truths_answer(fetch: Callable[[str], tuple[int, bytes]]) -> None:
    unanswered = []
    for truth in TRUTHS:
        for subject in (addressed(truth, ADDRESSES).subject, *addressed(truth, ADDRESSES).also):
            if not subject.startswith("http") or truth.check == "site.broken-link":
                continue
            if fetch(subject)[0] not in {200, 301} and truth.expected is Expected.VIOLATION:
                unanswered.append((truth.check, subject))
    assert unanswered == []


def test_every_link_leads_somewhere_but_for_the_planted(fetch: Callable[[str], tuple[int, bytes]]) -> None:
    planted = {addressed(t, ADDRESSES).subject for t in TRUTHS if t.check == "site.broken-link"}
    broken = set()
    for site, url, text in html_pages():
        for token, address in ADDRESSES.items():
            text = text.replace(f"@@{token}@@", address)
        base = urljoin(url, "/") if "<base href=/>" in text else url
        for target in links_of(text):
            whole = urldefrag(urljoin(base, target))[0]
            if whole in planted or urljoin(whole, "/") in {f"{ADDRESSES[i]}/" for i in ("s13", "s19")}:
                continue
            if fetch(whole)[0] >= 400 and not (site == "s20" and "/zfxxgk" in whole):
                broken.add((url, whole))
    down = {
        addressed(t, ADDRESSES).subject for t in TRUTHS if t.target == "s20" and t.check == "column.stale"
    }
    assert {pair for pair in broken if pair[1] not in down | obstructed()} == set()


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("http://s30.test/", "/index.htm", "/main.html"),
        ("http://s12.test/xfwq/", "/xfwq/index.htm", "/xfwq/xfts/"),
    ],
)
def test_a_home_page_and_a_column_are_two_hops_away(
    first: str, second: str, third: str, fetch: Callable[[str], tuple[int, bytes]]
) -> None:
    assert re.search(rf"url={second}\W", fetch(first)[1].decode().replace("; ", ";"))
    assert f"location.href='{third}'" in fetch(urljoin(first, second))[1].decode()
    assert "SiteIDCode" in fetch(urljoin(first, third))[1].decode()


def links_of(text: str) -> list[str]:
    tree = LexborHTMLParser(text)
    found = [node.attributes.get("href") for node in tree.css("a[href], link[href]")]
    found += [
        node.attributes.get("src") for node in tree.css("img[src], script[src], iframe[src], frame[src]")
    ]
    return [link for link in found if link and not re.match(r"(javascript|mailto|tel):|#", link)]


def test_nothing_outside_loopback_is_linked() -> None:
    strange = set()
    for _, url, text in html_pages():
        for target in links_of(text):
            if re.match(r"https?://", target):
                strange.add((url, target))
    assert strange == set()


def test_size_is_moderate() -> None:
    assert 1200 < sum(1 for _ in html_pages()) < 1600
    assert len(CITY.sites) >= 20
    assert len(CITY.accounts) >= 12
    assert len({account.platform for account in CITY.accounts}) >= 5


def test_site_tags_stand_on_every_page_but_where_planted() -> None:
    bare = []
    for site, url, text in html_pages():
        names = set(re.findall(r"name=[\"'](\w+)[\"']", text, re.IGNORECASE))
        wanted = {"sitename", "sitedomain", "siteidcode"}
        forwards = "location.href=" in text or 'http-equiv="refresh"' in text
        if not forwards and not wanted <= {name.lower() for name in names}:
            bare.append((site, url))
    strange = [url for site, url in bare if site != "s17" and not known_without_tags(url)]
    assert strange == []


def known_without_tags(url: str) -> bool:
    """Answers that are no pages: results of forms, frames of the chrome, a guard, the planted home page."""
    path = url.partition(".test")[2]
    return (
        path in {"/ysq/submit", "/ysq/query", "/hdjl/submit", "/top.htm", "/foot.html"}
        or url in {"http://s06.test/"}
        or url in obstructed()
    )


def obstructed() -> set[str]:
    """Columns that a protection, a login or a bomb stands before."""
    unseen = (t for t in TRUTHS if t.check == "column.empty" and t.expected is Expected.INCONCLUSIVE)
    return {addressed(truth, ADDRESSES).subject for truth in unseen}


def test_identity_numbers_and_cards_stand_only_where_planted() -> None:
    leaks = {addressed(truth, ADDRESSES).subject for truth in FAULTS if truth.check == "content.privacy"}
    found = set()
    for _, url, text in html_pages():
        plain = re.sub(r"<[^>]+>", " ", text)
        if any(ric.is_valid(number) for number in re.findall(r"(?<!\d)\d{17}[\dXx](?![\dXx])", plain)):
            found.add(url)
        if any(luhn.is_valid(number) for number in re.findall(r"(?<!\d)\d{16,19}(?!\d)", plain)):
            found.add(url)
        if re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", plain):
            found.add(url)
    innocents = {
        addressed(truth, ADDRESSES).subject
        for truth in TRUTHS
        if truth.check == "content.privacy" and truth.expected is not Expected.VIOLATION
    }
    assert found - leaks - innocents == set()
    assert found & leaks


def test_secret_marks_stand_only_where_planted() -> None:
    planted = {addressed(t, ADDRESSES).subject for t in FAULTS if t.check == "content.secret-mark"}
    found = {url for _, url, text in html_pages() if re.search("(绝密|机密|秘密)★", text)}
    assert found <= planted
    assert len(found) >= 2


def test_the_city_is_the_same_every_time() -> None:
    script = (
        "import hashlib\nfrom sample.city import CITY\nh = hashlib.sha256()\n"
        "for host in CITY.hosts():\n"
        "    for path in sorted(host.pages): h.update(path.encode()); h.update(host.pages[path].body)\n"
        "for account in CITY.accounts:\n"
        "    for name in sorted(account.files): h.update(account.files[name])\n"
        "h.update(repr(CITY.truths()).encode())\nprint(h.hexdigest())\n"
    )

    def run(seed: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    first = run("1")
    assert len(first) == len(hashlib.sha256().hexdigest())
    assert first == run("2")
