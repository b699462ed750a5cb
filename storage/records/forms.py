"""What a file of records may hold: one sheet, and one list of the YAML file, a kind of record."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from schemes import records as kinds
from schemes.records import LEVEL_TITLES, Level, Record
from storage.intake import fields as read
from storage.intake.addresses import web_address
from storage.intake.fields import Field
from storage.intake.form import Form
from storage.intake.workbook import SheetForm


class Correction(StrEnum):
    """By what an answer to an application was set aside."""

    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"


_CORRECTIONS = {Correction.RECONSIDERATION: "行政复议", Correction.LITIGATION: "行政诉讼"}
_LEVEL_WORDS = {
    "国办": Level.STATE,
    "国家级": Level.STATE,
    "省级": Level.PROVINCE,
    "市": Level.CITY,
    "市级": Level.CITY,
    "县": Level.COUNTY,
    "县级": Level.COUNTY,
    "区": Level.COUNTY,
}
_ANY_POINTS = read.decimal_number(Decimal(0), Decimal(1000))
_ANY_COUNT = read.decimal_number(Decimal(0), Decimal(10_000_000))
_HITS = read.whole_number(1, 1000)

UNIT = Field(key="unit", title="单位编码", read=read.code, required=True, also=("单位", "考核对象"))
LINE = Field(
    key="line",
    title="指标序号",
    read=read.text,
    required=True,
    also=("指标", "序号"),
    note="考核办法中的序号",
)
ON = Field(key="on", title="日期", read=read.day, required=True, note="形如 2026-01-05")
REVIEWER = Field(key="reviewer", title="核定人", read=read.name, required=True, also=("核实人",))
REASON = Field(key="reason", title="理由", read=read.long_text, required=True, width=40)
TARGET = Field(key="target", title="网站或账号编号", read=read.code, default="", note="名录中的编号，可不填")
HITS = Field(key="hits", title="次数", read=_HITS, default=1, note="不填为1")
POINTS = Field(key="points", title="分数", read=_ANY_POINTS, note="不填时按办法规定的每次分数计算")
LEVEL = read.one_of(Level, LEVEL_TITLES, _LEVEL_WORDS)
LEVELS = tuple(LEVEL_TITLES.values())

COMMON: tuple[Field, ...] = (
    Field(key="note", title="备注", read=read.long_text, default="", width=24),
    Field(
        key="replaces",
        title="更正编号",
        read=read.code,
        default="",
        note="更正哪一条记录就填它的编号；新的填报不填",
    ),
    Field(key="scheme", title="考核办法", read=read.code, note="不填时取“设置”中的考核办法"),
    Field(key="year", title="年度", read=read.whole_number(2000, 2100), note="不填时取“设置”中的年度"),
)
"""What every record may say."""

PROOF = Form(
    "佐证",
    [
        Field(key="url", title="佐证链接", read=web_address, default=""),
        Field(key="picture", title="佐证图片", read=read.text, default=""),
        Field(key="document", title="佐证文件", read=read.text, default=""),
        Field(key="sha256", title="校验值", read=read.digest, default=""),
    ],
)
PROOF_CELLS: tuple[Field, ...] = (
    Field(key="proof_url", title="佐证链接", read=read.text, width=32, note="网址；多个用空格隔开"),
    Field(key="proof_picture", title="佐证图片", read=read.text, width=24, note="图片文件名，与本文件同放"),
    Field(key="proof_document", title="佐证文件", read=read.text, width=24, note="文件名或文号"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindForm:
    """One kind of record: its type, its list in YAML, its fields; `single` names what there is one of."""

    kind: type[Record]
    key: str
    fields: tuple[Field, ...]
    single: tuple[str, ...] = ()
    line: bool = True

    @property
    def form(self) -> Form:
        """The form of one entry in YAML."""
        return Form(self.kind.title, [UNIT, *self._line(), *self.fields, *COMMON], nested={"proofs"})

    @property
    def sheet(self) -> SheetForm:
        """The sheet of a workbook."""
        form = Form(self.kind.title, [UNIT, *self._line(), *self.fields, *PROOF_CELLS, *COMMON])
        return SheetForm(name=self.kind.title, form=form, required=False)

    def _line(self) -> tuple[Field, ...]:
        return (LINE,) if self.line else ()


FORMS: Sequence[KindForm] = (
    KindForm(
        kind=kinds.SelfScore,
        key="self_scores",
        fields=(Field(key="score", title="自评分", read=_ANY_POINTS, required=True),),
        single=("line",),
    ),
    KindForm(
        kind=kinds.ReviewScore,
        key="review_scores",
        fields=(
            Field(key="score", title="得分", read=_ANY_POINTS, required=True, also=("核定得分",)),
            REVIEWER,
            Field(key="reason", title="理由", read=read.long_text, default="", width=40),
        ),
        single=("line",),
    ),
    KindForm(kind=kinds.Deduction, key="deductions", fields=(ON, REASON, REVIEWER, HITS, POINTS, TARGET)),
    KindForm(
        kind=kinds.Bonus,
        key="bonuses",
        fields=(
            ON,
            Field(key="merit", title="加分事项", read=read.long_text, required=True, width=40),
            REVIEWER,
            HITS,
            Field(key="level", title="级别", read=LEVEL, choices=LEVELS),
            POINTS,
        ),
    ),
    KindForm(
        kind=kinds.Announcement,
        key="announcements",
        fields=(
            Field(key="level", title="级别", read=LEVEL, required=True, choices=LEVELS),
            ON,
            Field(
                key="problem", title="通报问题", read=read.long_text, required=True, also=("问题",), width=40
            ),
            Field(key="document", title="通报文件", read=read.text, required=True, note="文号或文件名"),
            TARGET,
            Field(key="repeat_of", title="重复通报", read=read.code, default="", note="此前那次的记录编号"),
        ),
    ),
    KindForm(
        kind=kinds.Tally,
        key="tallies",
        fields=(
            Field(key="count", title="数量", read=_ANY_COUNT, required=True, also=("数量或得分", "得分")),
            Field(
                key="full",
                title="满分",
                read=read.decimal_number(Decimal("0.01"), Decimal(10_000_000)),
                note="是得分时填满分，是数量时不填",
            ),
        ),
        single=("line",),
    ),
    KindForm(
        kind=kinds.RequestCase,
        key="request_cases",
        fields=(
            Field(key="case_no", title="案件编号", read=read.text, required=True, also=("编号",)),
            Field(key="accepted_on", title="受理日期", read=read.day, required=True),
            Field(key="due_on", title="应答复日期", read=read.day, required=True, note="法定最后一日"),
            Field(key="answered_on", title="实际答复日期", read=read.day),
            Field(
                key="defects",
                title="答复缺陷",
                read=read.words,
                default=(),
                note="如 编号、落款、盖章、答复依据、救济途径，用顿号隔开",
            ),
            Field(
                key="corrected_by",
                title="被纠错",
                read=read.one_of(Correction, _CORRECTIONS),
                default="",
                choices=tuple(_CORRECTIONS.values()),
            ),
            Field(key="closed_on", title="结案日期", read=read.day),
        ),
        single=("case_no",),
        line=False,
    ),
    KindForm(
        kind=kinds.SocialReview,
        key="social_reviews",
        fields=(
            Field(key="score", title="评议得分", read=_ANY_POINTS, required=True, also=("得分",)),
            Field(
                key="full",
                title="满分",
                read=read.decimal_number(Decimal("0.01"), Decimal(1000)),
                default=Decimal(100),
            ),
        ),
        single=("kind",),
        line=False,
    ),
    KindForm(kind=kinds.Falsification, key="falsifications", fields=(ON, REASON, REVIEWER), line=False),
    KindForm(
        kind=kinds.Applicability,
        key="applicability",
        fields=(
            Field(key="applies", title="是否适用", read=read.yes_or_no, required=True, choices=("是", "否")),
            REASON,
        ),
        single=("line",),
    ),
    KindForm(kind=kinds.Withdrawal, key="withdrawals", fields=(REASON,), line=False),
)
