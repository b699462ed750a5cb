"""网站无法访问。

检查什么：一周内首页能否正常打开。
依据：国办秘函〔2019〕19号附件（网站无法访问，单项否决）。
如何判定：连续7天、每天至少20次间隔访问首页，打不开或15秒内没有打开的算失败；失败次数占5%及以上的违规。
访问天数或每天次数不够的，无法判定；一次扫描打不开不构成违规。
示例：一周访问140次，失败7次，占5%，违规；失败6次，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from domain.check import Check, Subject
from domain.observation import ProbeSeries, SiteObservation
from domain.outcome import Inconclusive, Outcome, Pass, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The window in days, the least number of probes a day, and the share that may not fail, in percent."""

    days: int = 7
    probes_a_day: int = 20
    failed_percent: Decimal = Decimal(5)


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """The home page."""
    yield Subject(key=observation.site.home, unit=observation.owner, name=f"{observation.site.name}首页")


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether too many probes of the window failed."""
    series = observation.probes.whole()
    short = _short_of(series, params)
    if short:
        return Inconclusive(reason=short)
    if Decimal(series.failed * 100) < params.failed_percent * series.probes:
        return Pass(reason=f"{series.probes}次访问中失败{series.failed}次")
    share = Decimal(series.failed * 100) / series.probes
    return Violation(
        url=observation.site.home,
        summary=(
            f"“{observation.site.name}”首页{series.days_covered}天内访问{series.probes}次，"
            f"失败{series.failed}次，占{share:.1f}%，达到{params.failed_percent}%的界限。"
        ),
        observed={
            "failed": series.failed,
            "probes": series.probes,
            "since": series.since.isoformat(),
            "until": series.until.isoformat(),
        },
        expected={"failed_percent_below": float(params.failed_percent)},
    )


def _short_of(series: ProbeSeries, params: Params) -> str:
    if series.days_covered < params.days:
        return f"探测只覆盖{series.days_covered}天，不足{params.days}天"
    if series.fewest_a_day < params.probes_a_day or not series.probes:
        return f"有的一天只探测了{series.fewest_a_day}次，不足{params.probes_a_day}次"
    return ""


CHECK = Check(
    id="site.unreachable",
    title="网站无法访问",
    basis="国办秘函〔2019〕19号",
    params=Params,
    subjects=subjects,
    judge=judge,
)
