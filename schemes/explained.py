"""Why a score is what it is, from the ledger's rows alone: line by line, each row with its sum and sign."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from domain.observation import CHINA
from schemes.cards import arithmetic
from schemes.charge import WAY_TITLES, Way
from schemes.ledger import ENTRY_TITLES, Entry, LedgerRow, in_force, recompute
from schemes.model import Indicator, Scheme
from schemes.settle import Bucket, Settlement
from schemes.spoken import worth_words
from schemes.words import plain, points


def signed(row: LedgerRow) -> str:
    """The points of a row with the sign in which they move a score: +3, -0.1; else what it does."""
    number = row.signed
    if not number:
        return WAY_TITLES[Way(row.way)] if row.way in (Way.VETO, Way.EXCLUDE) else ""
    return f"{'-' if number.is_signed() else '+'}{plain(abs(number))}"


def explain(
    scheme: Scheme, unit_name: str, rows: Sequence[LedgerRow], *, line: str | None = None
) -> Iterator[str]:
    """One unit's score in Chinese lines: the result, each line that moved it, each row, how it was summed up.

    `rows` are the unit's rows under this scheme and year, in the order posted; `line` narrows what is listed,
    not the sum. Where they cannot be reckoned
    (another version of the scheme, weights lacking) the reason stands in place of the result.
    """
    result, headline = _result(scheme, rows)
    yield f"{unit_name}　{headline}"
    standing = {row.id for row in in_force(rows)}
    charged = [row for row in rows if row.entry is not Entry.OPENING]
    for indicator in scheme.indicators:
        mine = [row for row in charged if row.line == indicator.no]
        if mine and line in (None, indicator.no):
            yield from _line(scheme, indicator, mine, standing, result)
    unlined = [row for row in charged if row.line not in {each.no for each in scheme.indicators}]
    if unlined and line is None:
        yield "　全表"
        yield from (_row(row, standing) for row in unlined)
    if result is not None:
        yield f"　计分：{'；'.join(result.words)}" + (f"；等次{result.grade}" if result.grade else "")


def _result(scheme: Scheme, rows: Sequence[LedgerRow]) -> tuple[Settlement | None, str]:
    """The result, None where it cannot be reckoned, and what is said of it first."""
    try:
        result = recompute(scheme, rows)
    except ValueError as error:
        return None, f"不能按台账计总分：{error}"
    score = "不计分数" if result.score is None else f"得分{points(result.score)}"
    return result, f"{score}　{result.grade}".rstrip()


def _line(
    scheme: Scheme,
    line: Indicator,
    rows: Iterable[LedgerRow],
    standing: set[str],
    result: Settlement | None,
) -> Iterator[str]:
    yield f"　第{line.no}项　{line.title}　{worth_words(scheme, line)}　依据：{line.basis}"
    yield from (_row(row, standing) for row in rows)
    bucket = next((b for b in result.buckets if line.no in b.lines), None) if result else None
    words = _left(line, bucket)
    if words:
        yield f"　　小计：{words}"


def _left(line: Indicator, bucket: Bucket | None) -> str:
    if bucket is None:
        return ""
    takings = [taking for taking in bucket.takings if taking.charge.line == line.no]
    moved: Decimal | int = sum(taking.taken for taking in takings)
    words = arithmetic(takings, bucket)
    return f"实际{'加' if moved > 0 else '扣'}{plain(moved).removeprefix('-')}分；{words}" if words else ""


def _row(row: LedgerRow, standing: set[str]) -> str:
    state = "" if row.entry is Entry.REVERSAL or row.id in standing else "（已冲销）"
    words = f"冲销{row.reverses}：{row.reason}" if row.entry is Entry.REVERSAL else row.arithmetic
    about = f"　{row.summary}" if row.summary and row.summary not in words else ""
    exhibits = f"　佐证{len(row.exhibits)}件" if row.exhibits else ""
    reviewer = f"　核实：{row.reviewer}" if row.reviewer else ""
    day, number = row.at.astimezone(CHINA), signed(row)
    return (
        f"　　{day:%Y-%m-%d}　{ENTRY_TITLES[row.entry]}{state}　{number or '0'}　{words}{about}"
        f"{exhibits}{reviewer}　[{row.id}]"
    )
