"""How right each check is: the sample city's planted faults and traps, and false alarms on real saved pages.

A section of docs/accuracy.md; `python -m benchmarks.checks_accuracy` prints it by itself.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from checks.catalogue import all_checks
from checks.content.personal import find_leaks
from checks.content.secret_mark import find_mark
from crawler.extract import read_page
from crawler.subjects.planted import suspect_links
from sample.city import AS_OF, CITY
from sample.compare import Differences, compare
from sample.server import serve
from sample.truth import Expected, Truth
from schemes.lexicon import shipped

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "realpages"
HIJACKED = "darklink"
"""The folder of pages that were saved because they had been hijacked."""

TODAY = date(2021, 1, 31)


@dataclass(slots=True)
class Row:
    """One check: faults planted and found, findings that are none, traps and those that sprang."""

    faults: int = 0
    missed: int = 0
    false_alarms: int = 0
    traps: int = 0
    sprung: int = 0


def section() -> Iterator[str]:
    """The section's lines. Scans the sample city over loopback, without pictures."""
    yield "## 各检查项"
    yield ""
    yield "样例市检查一遍，与埋设的问题和陷阱逐条比对（不截图；问题须找到且数字相符，陷阱须不中计）："
    yield ""
    rows = of_sample(*_scanned())
    yield "| 检查项 | 问题 | 找到 | 误报 | 陷阱 | 中计 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for check, row in sorted(rows.items()):
        found = row.faults - row.missed
        yield f"| {check} | {row.faults} | {found} | {row.false_alarms} | {row.traps} | {row.sprung} |"
    total = [sum(getattr(row, name) for row in rows.values()) for name in Row.__slots__]
    yield f"| 合计 | {total[0]} | {total[0] - total[1]} | {total[2]} | {total[3]} | {total[4]} |"
    yield ""
    unplanted = sorted(set(all_checks()) - set(rows))
    if unplanted:
        yield f"样例市没有埋设的检查项：{'、'.join(unplanted)}。"
        yield ""
    yield from real_pages()


def of_sample(truths: Sequence[Truth], differences: Differences) -> dict[str, Row]:
    """The counts by check. A fault with other figures counts as missed."""
    rows: dict[str, Row] = {}
    for truth in truths:
        row = rows.setdefault(truth.check, Row())
        if truth.expected is Expected.VIOLATION:
            row.faults += 1
        else:
            row.traps += 1
    for missed in (*differences.missed, *(truth for truth, _, _ in differences.misstated)):
        rows[missed.check].missed += 1
    for record in differences.made_up:
        rows.setdefault(record["check"], Row()).false_alarms += 1
    for trap in (
        *(truth for truth, _ in differences.sprung),
        *(truth for truth, _ in differences.undecided),
    ):
        rows[trap.check].sprung += 1
    return {check: row for check, row in rows.items() if check in all_checks()}


def _scanned() -> tuple[tuple[Truth, ...], Differences]:
    with tempfile.TemporaryDirectory(prefix="govwatch-accuracy-") as place:
        folder = Path(place)
        with serve(CITY, folder=folder / "city") as running:
            data = str(folder / "data")
            _call("scan", "--registry", str(running.registry_path), "--data", data, "--delay", "0",
                  "--no-screenshots", "--now", AS_OF.isoformat())  # fmt: skip
            findings = _lines("findings", "--data", data, "--format", "jsonl")
            outcomes = _lines("outcomes", "--data", data, "--format", "jsonl")
            truths = tuple(running.truth())
            return truths, compare(truths, findings, outcomes, checks=set(all_checks()))


def _lines(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _call(*arguments).splitlines()]


def _call(*arguments: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "govwatch.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"GOVWATCH_ALLOW_NETWORKS": "127.0.0.0/8"},
    )
    if ended.returncode not in (0, 3):
        raise RuntimeError(f"govwatch {arguments[0]}: {ended.stderr[-2000:]}")
    return ended.stdout


def real_pages() -> Iterator[str]:
    """What the content checks say of real saved pages: each is listed, for a person to judge."""
    if not REAL.exists():
        yield "没有 ../shared/realpages，未在真实页面上核对内容检查。"
        return
    pages = 0
    told: dict[tuple[str, str], list[str]] = {}
    for path in sorted(REAL.rglob("*.*htm*")):
        relative = path.relative_to(REAL)
        if HIJACKED in relative.parts:
            continue
        pages += 1
        for check, words in _said_of(path, f"http://real.test/{'/'.join(relative.parts[-3:])}"):
            told.setdefault((check, words), []).append(relative.as_posix())
    yield f"真实页面 {pages} 个（不含专门收集的被篡改页面），内容类检查报出的，逐条列出供人核对："
    yield ""
    for (check, words), files in sorted(told.items()):
        yield f"- {check}：{words}，{len(files)} 个页面，如 `{files[0]}`"
    yield ""


def _said_of(path: Path, url: str) -> Iterator[tuple[str, str]]:
    page = read_page(path.read_bytes(), url, content_type=None, today=TODAY)
    text = f"{page.title}\n{page.text}\n{page.words}"
    for hit in dict.fromkeys(hit.term for hit in shipped().scan(text)):
        grave = "严重" if hit.severity == "serious" else "提醒"
        yield "content.wording", f"“{hit.wrong}”应为“{hit.right}”（{grave}）"
    for leak in find_leaks(text, TODAY):
        yield "content.privacy", f"{leak.kind} {leak.masked}"
    mark = find_mark(text)
    if mark is not None:
        yield "content.secret-mark", mark
    planted = [one for one in suspect_links(page) if one.hijacked or (one.hidden and one.suspicious)]
    if planted:
        yield "content.dark-link", f"{planted[0].why}等{len(planted)}处"


def main() -> int:
    """Prints the section."""
    print("\n".join(section()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
