"""What is watched: sites, their columns, new-media accounts, and the registry (名录) that lists them."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.unit import Unit


class ColumnKind(StrEnum):
    """Kinds of column (栏目) that rules speak of."""

    NEWS = "news"
    NOTICES = "notices"
    POLICY_DOCUMENTS = "policy_documents"
    POLICY_INTERPRETATION = "policy_interpretation"
    CONSULTATION = "consultation"
    GUIDE = "guide"
    REGULATIONS = "regulations"
    CATALOGUE = "catalogue"
    STATUTORY_DISCLOSURE = "statutory_disclosure"
    ANNUAL_REPORT = "annual_report"
    ON_REQUEST = "on_request"
    BUDGET = "budget"
    PUBLIC_SUPERVISION = "public_supervision"
    LEADERS = "leaders"
    ORGANISATION = "organisation"
    PERSONNEL = "personnel"
    PLANNING = "planning"
    PROCUREMENT = "procurement"
    STATISTICS = "statistics"
    INTERACTION = "interaction"
    SERVICE_GUIDE = "service_guide"
    TOPIC = "topic"
    OTHER = "other"


KIND_TITLES: dict[ColumnKind, str] = {
    ColumnKind.NEWS: "工作动态",
    ColumnKind.NOTICES: "通知公告",
    ColumnKind.POLICY_DOCUMENTS: "政策文件",
    ColumnKind.POLICY_INTERPRETATION: "政策解读",
    ColumnKind.CONSULTATION: "意见征集",
    ColumnKind.GUIDE: "政府信息公开指南",
    ColumnKind.REGULATIONS: "政府信息公开制度",
    ColumnKind.CATALOGUE: "政府信息公开目录",
    ColumnKind.STATUTORY_DISCLOSURE: "法定主动公开内容",
    ColumnKind.ANNUAL_REPORT: "政府信息公开年报",
    ColumnKind.ON_REQUEST: "依申请公开",
    ColumnKind.BUDGET: "财政预决算",
    ColumnKind.PUBLIC_SUPERVISION: "社会监督评议",
    ColumnKind.LEADERS: "领导信息",
    ColumnKind.ORGANISATION: "机构职能",
    ColumnKind.PERSONNEL: "人事信息",
    ColumnKind.PLANNING: "规划计划",
    ColumnKind.PROCUREMENT: "招标采购",
    ColumnKind.STATISTICS: "统计信息",
    ColumnKind.INTERACTION: "互动交流",
    ColumnKind.SERVICE_GUIDE: "办事服务",
    ColumnKind.TOPIC: "专题专栏",
    ColumnKind.OTHER: "其他栏目",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredColumn:
    """A column that the registry states; what is declared is trusted over what is discovered."""

    name: str
    url: str
    kind: ColumnKind
    unit: str | None = None
    update_within_days: int | None = None
    exempt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A government website, known by its id in the registry.

    `page_seconds` is how long one of its pages may take to come, where the usual limit does not suit it.
    """

    id: str
    unit: str
    name: str
    home: str
    identifier: str | None = None
    columns: tuple[DeclaredColumn, ...] = ()
    obey_robots: bool = True
    page_seconds: int | None = None


class Platform(StrEnum):
    """Platforms that government accounts live on."""

    WECHAT = "wechat"
    WEIBO = "weibo"
    DOUYIN = "douyin"
    TOUTIAO = "toutiao"
    KUAISHOU = "kuaishou"
    APP = "app"
    OTHER = "other"


class AccountKind(StrEnum):
    """WeChat's two kinds; xunwu-2022 exempts service accounts from its 13 days."""

    SUBSCRIPTION = "subscription"
    SERVICE = "service"


class AccountState(StrEnum):
    """Where an account stands in its life; suspended, closing and closed ones are not assessed."""

    NORMAL = "normal"
    SUSPENDED = "suspended"
    CLOSING = "closing"
    CLOSED = "closed"


class SourceType(StrEnum):
    """How the posts of an account are obtained."""

    RSS = "rss"
    WEIBO = "weibo"
    WECHAT_API = "wechat_api"
    FILE = "file"
    APP_PAGE = "app_page"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSource:
    """Where an account's posts are read: an address, or a file beside the registry.

    `options` holds further keys of the source by name (for example an environment
    variable's name that carries a credential); never a secret itself.
    """

    type: SourceType
    url: str | None = None
    path: str | None = None
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A government new-media account (政务新媒体账号).

    `state_since` is the first day of its state (None: always so), `state_by` who recorded it and
    `state_note` on what ground (the approval's number). A `control` account (对照账号) is somebody else's
    that surely posts every day: it is not assessed, it shows whether sources like its own work.
    """

    id: str
    unit: str
    platform: Platform
    name: str
    source: AccountSource
    kind: AccountKind | None = None
    state: AccountState = AccountState.NORMAL
    opened_on: date | None = None
    profile: str | None = None
    state_since: date | None = None
    state_by: str | None = None
    state_note: str | None = None
    control: bool = False

    def state_on(self, day: date) -> AccountState:
        """Where the account stood on a day: before its state's first day it was normal."""
        if self.state_since is not None and day < self.state_since:
            return AccountState.NORMAL
        return self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Who and what is watched, and the schemes in force."""

    schemes: tuple[str, ...]
    units: tuple[Unit, ...]
    sites: tuple[Site, ...] = ()
    accounts: tuple[Account, ...] = ()
    control_sites: tuple[str, ...] = field(default=())

    def unit(self, code: str) -> Unit:
        """The unit with this code. Raises KeyError when the registry does not list it."""
        for unit in self.units:
            if unit.code == code:
                return unit
        raise KeyError(code)

    def site(self, site_id: str) -> Site:
        """The site with this id. Raises KeyError when the registry does not list it."""
        for site in self.sites:
            if site.id == site_id:
                return site
        raise KeyError(site_id)
