"""Who may do what. One table: a role is a set of permissions, a token's scope narrows it."""

from collections.abc import Iterable
from enum import StrEnum


class Permission(StrEnum):
    """One kind of act."""

    VIEW = "view"
    VIEW_ALL = "view_all"
    EXPORT = "export"
    REVIEW = "review"
    EXEMPT = "exempt"
    NOTIFY = "notify"
    DECIDE = "decide"
    ANSWER = "answer"
    RECORD = "record"
    FREEZE = "freeze"
    REGISTRY = "registry"
    SCAN = "scan"
    AUDIT = "audit"
    SETTINGS = "settings"
    PEOPLE = "people"


class Role(StrEnum):
    """The roles. A liaison sees the own unit only: that is what lacking VIEW_ALL means."""

    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    REVIEWER = "reviewer"
    LIAISON = "liaison"
    READER = "reader"


ROLE_TITLES = {
    Role.ADMIN: "系统管理员",
    Role.SUPERVISOR: "考核负责人",
    Role.REVIEWER: "审核员",
    Role.LIAISON: "单位联络员",
    Role.READER: "只读用户",
}

ROLE_WORDS = {
    Role.ADMIN: "管理用户和设置，并可办理全部业务",
    Role.SUPERVISOR: "核实、通知、裁定申诉、免责、封账、维护名录、发起巡检",
    Role.REVIEWER: "核实、通知、登记人工记录",
    Role.LIAISON: "只看本单位，提交答复、申诉、复查申请和自评",
    Role.READER: "查看和导出，不能办理",
}

_READING = frozenset({Permission.VIEW, Permission.VIEW_ALL, Permission.EXPORT})
_REVIEWING = _READING | {Permission.REVIEW, Permission.NOTIFY, Permission.RECORD}
_SUPERVISING = _REVIEWING | {
    Permission.EXEMPT,
    Permission.DECIDE,
    Permission.FREEZE,
    Permission.REGISTRY,
    Permission.SCAN,
    Permission.AUDIT,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: _SUPERVISING | {Permission.SETTINGS, Permission.PEOPLE},
    Role.SUPERVISOR: _SUPERVISING,
    Role.REVIEWER: _REVIEWING,
    Role.LIAISON: frozenset({Permission.VIEW, Permission.EXPORT, Permission.ANSWER}),
    Role.READER: _READING,
}


class Scope(StrEnum):
    """What a token may be used for, within its owner's role."""

    READ = "read"
    REVIEW = "review"
    ANSWER = "answer"
    SCAN = "scan"


SCOPE_TITLES = {
    Scope.READ: "读取",
    Scope.REVIEW: "核实与通知",
    Scope.ANSWER: "答复与申诉",
    Scope.SCAN: "发起巡检",
}

_SCOPES: dict[Scope, frozenset[Permission]] = {
    Scope.READ: _READING | {Permission.AUDIT},
    Scope.REVIEW: frozenset(
        {Permission.REVIEW, Permission.EXEMPT, Permission.NOTIFY, Permission.DECIDE, Permission.RECORD}
    ),
    Scope.ANSWER: frozenset({Permission.ANSWER}),
    Scope.SCAN: frozenset({Permission.SCAN}),
}


def permissions_of(role: Role, scopes: Iterable[Scope] | None = None) -> frozenset[Permission]:
    """What a role may do; with `scopes`, what a token of such a person may do. VIEW goes with any scope."""
    held = PERMISSIONS[role]
    if scopes is None:
        return held
    granted = frozenset({Permission.VIEW, Permission.VIEW_ALL}).union(*(_SCOPES[scope] for scope in scopes))
    return held & granted
