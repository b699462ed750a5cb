"""Entries: proof, correction by newer ones, and their way through storage."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest

from schemes.records import (
    KINDS,
    Applicability,
    Falsification,
    Level,
    Proof,
    Record,
    ReviewScore,
    SelfScore,
    SocialReview,
    Withdrawal,
    from_fields,
    in_force,
    to_fields,
)
from tests.schemes.assessing import LINK, NOON, Entries


def one_of_each() -> list[Record]:
    enter = Entries("xunwu-2022")
    return [
        enter.of(SelfScore, "U1", line="1", score=Decimal("2.5"), proofs=(LINK,)),
        enter.of(ReviewScore, "U1", line="1", score=Decimal(2), reviewer="李四"),
        enter.deduction("U1", "29", points=Decimal("0.3")),
        enter.bonus("U1", "40", level=Level.STATE),
        enter.announcement("U1", "26", Level.CITY),
        enter.tally("U1", "30", 4),
        enter.case("U1", 1, defects=("编号",)),
        enter.of(SocialReview, "U1", score=Decimal(88)),
        enter.of(Falsification, "U1", on=date(2026, 5, 1), reason="造假", reviewer="李四"),
        enter.of(Applicability, "U1", line="1", applies=False, reason="不涉及"),
        enter.of(Withdrawal, "U1", replaces="R009", reason="误录"),
    ]


def test_every_kind_comes_back_from_storage_as_it_was() -> None:
    made = one_of_each()
    assert {record.kind for record in made} == set(KINDS)
    for record in made:
        fields = to_fields(record)
        assert msgspec.json.decode(msgspec.json.encode(fields)) == fields
        assert from_fields(fields) == record
        assert record.title


def test_bad_fields_are_refused() -> None:
    fields = to_fields(one_of_each()[0])
    with pytest.raises(msgspec.ValidationError):
        from_fields(fields | {"score": "三"})
    with pytest.raises(KeyError):
        from_fields(fields | {"kind": "guess"})


def test_the_newest_of_a_chain_is_in_force_whatever_the_order() -> None:
    enter = Entries("zhushan")
    first = enter.tally("U1", "1.1", 1)
    second = enter.tally("U1", "1.1", 2, replaces=first.id)
    third = enter.tally("U1", "1.1", 3, replaces=second.id)
    assert in_force([third, first, second]) == (third,)
    gone = enter.of(Withdrawal, "U1", replaces=third.id, reason="误录")
    assert in_force([gone, third, first, second]) == ()


@pytest.mark.parametrize(
    ("proof", "proves"),
    [
        (Proof(), False),
        (Proof(sha256="0" * 64), False),
        (Proof(url="http://127.0.0.1/a"), True),
        (Proof(picture="a.png"), True),
        (Proof(document="会议纪要.pdf"), True),
    ],
)
def test_what_proves_an_entry(proof: Proof, proves: bool) -> None:
    assert bool(proof) is proves
    enter = Entries("zhushan")
    assert enter.deduction("U1", "1.1", proofs=(proof,)).proven is proves
    assert enter.deduction("U1", "1.1", proofs=(Proof(), proof)).proven is proves


def test_an_announcement_and_a_registered_case_are_proof_by_their_own_number() -> None:
    enter = Entries("zhushan")
    assert not enter.deduction("U1", "1.1", proofs=()).proven
    for proofs, document, proven in (((), "通报〔2026〕1号", True), ((), " ", False), ((LINK,), " ", True)):
        announced = enter.announcement("U1", "1.1", Level.CITY, document=document, proofs=proofs)
        assert announced.proven is proven
    for proofs, number, proven in (((), "〔2026〕1号", True), ((), " ", False), ((LINK,), " ", True)):
        assert replace(enter.case("U1", 1, proofs=proofs), case_no=number).proven is proven


@pytest.mark.parametrize(
    ("due", "answered", "late"),
    [(0, 0, False), (0, 1, True), (0, None, True), (40, None, False)],
)
def test_an_answer_on_the_last_day_is_in_time(due: int, answered: int | None, late: bool) -> None:
    start = NOON.date() - timedelta(days=20)
    case = Entries("zhushan").case(
        "U1",
        1,
        due_on=start + timedelta(days=due),
        answered_on=None if answered is None else start + timedelta(days=answered),
    )
    assert case.late(NOON.date()) is late
