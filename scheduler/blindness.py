"""What has not been seen for days: sources of accounts and sites, each told to the operators once a spell."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.observation import CHINA
from domain.target import Registry
from scheduler.desk import NightStore
from scheduler.office import Night
from scheduler.unseen import trouble_of
from storage.nights import Closure
from storage.runs import DONE

MOST_RUNS = 60
"""Runs looked back at for the last sight of a site."""

TODO_SOURCE = "请检查信息源的登录、密钥和登记的地址；其间该账号的各项都不作判定。"
TODO_SITE = "请在浏览器中打开核对：网站停用的请在名录中改登记，拒绝采集的请与其运维单位商定放行。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blind:
    """Something out of sight: since when (the last sight, else the first try), and why at the last try."""

    kind: str
    target: str
    since: datetime
    reason: str

    def days(self, now: datetime) -> int:
        """Whole days out of sight."""
        return (now - self.since).days


def blind_sources(store: NightStore, registry: Registry) -> list[Blind]:
    """The sources of accounts in the registry whose last look failed."""
    named = {account.id for account in registry.accounts}
    return [
        Blind(kind="account", target=one.account, since=one.since, reason=one.reason)
        for one in store.sources()
        if not one.works and one.account in named
    ]


def blind_sites(store: NightStore, registry: Registry) -> list[Blind]:
    """The sites whose home page was not seen in the latest run that tried."""
    wanted = {site.id for site in registry.sites}
    found: dict[str, Blind] = {}
    settled: set[str] = set()
    for run in store.runs(MOST_RUNS):
        if run.state != DONE or settled >= wanted:
            continue
        at = run.as_of
        for report in store.targets(run.id):
            site = report.target
            if report.kind != "site" or site not in wanted or site in settled or report.state == "pending":
                continue
            trouble = trouble_of(registry, report, ())
            if trouble:
                reason = found[site].reason if site in found else trouble
                found[site] = Blind(kind="site", target=site, since=at, reason=reason)
                continue
            settled.add(site)
            if site in found:
                found[site] = replace(found[site], since=at)
    return sorted(found.values(), key=lambda one: one.target)


def warn_of_the_blind(night: Night) -> str:
    """Tells the operators of each spell of blindness that has lasted long enough; a line for the log."""
    sources = blind_sources(night.store, night.registry)
    sites = list(_not_closed(blind_sites(night.store, night.registry), night))
    names = {site.id: site.name for site in night.registry.sites}
    names |= {account.id: account.name for account in night.registry.accounts}
    for one in (*sources, *sites):
        days = one.days(night.now)
        if days < night.terms.blind_days:
            continue
        since = one.since.astimezone(CHINA)
        account = one.kind == "account"
        what = f"账号“{names[one.target]}”的信息源" if account else f"网站“{names[one.target]}”"
        seen = "没有返回内容" if account else "没有看到首页"
        words = f"{what}自{since:%Y年%m月%d日}起已{days}天{seen}：{one.reason or '原因不详'}"
        name = f"{'source' if account else 'unseen'}/{one.target}/{one.since.isoformat()}"
        night.warn_operators(name, words, urgent=False, todo=TODO_SOURCE if account else TODO_SITE)
    return f"{len(sources)}个信息源不可用，{len(sites)}个网站没有看到"


def _not_closed(found: Iterable[Blind], night: Night) -> Iterable[Blind]:
    """Without what is planned to be closed today."""
    units = {site.id: site.unit for site in night.registry.sites}
    closures = night.store.closures()
    return [one for one in found if not _closed(closures, units[one.target], one.target, night.today)]


def _closed(closures: Iterable[Closure], unit: str, target: str, day: date) -> bool:
    return any(closure.covers(unit, target, day) for closure in closures)
