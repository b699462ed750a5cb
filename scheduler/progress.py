"""What a running scan tells whoever watches it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Began:
    """A run began (or goes on): its id and how many targets it has."""

    run: str
    sites: int
    accounts: int
    resumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """A site is being walked; `pages` were fetched so far."""

    site: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A site was judged; it is taken in when all are and the night can be believed."""

    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A target was judged and taken into the database."""

    target: str
    violations: int
    inconclusive: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proving:
    """Evidence is being taken at a target: `done` of `total` addresses."""

    site: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that operators should know (no browser, a crash of ours …)."""

    words: str


Progress = Began | Fetching | SetAside | Judged | Proving | Remark
