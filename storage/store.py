"""The store: one object for all that is kept in the database."""

from storage.faults import StoreError
from storage.runs import LAST, Run, TargetReport
from storage.taking import Key, TakenIn, key_of
from storage.verbs.accuracy import AccuracyVerbs
from storage.verbs.cases import CaseVerbs
from storage.verbs.history import HistoryVerbs
from storage.verbs.leases import LeaseVerbs
from storage.verbs.measures import MeasureVerbs
from storage.verbs.nights import NightVerbs
from storage.verbs.post import PostVerbs
from storage.verbs.records import RecordVerbs
from storage.verbs.rows import RowVerbs
from storage.verbs.runs import RunVerbs, all_targets
from storage.verbs.sources import SourceVerbs

__all__ = [
    "LAST",
    "Key",
    "Run",
    "Store",
    "StoreError",
    "TakenIn",
    "TargetReport",
    "all_targets",
    "key_of",
]


class Store(
    RunVerbs,
    CaseVerbs,
    AccuracyVerbs,
    HistoryVerbs,
    RecordVerbs,
    LeaseVerbs,
    NightVerbs,
    PostVerbs,
    MeasureVerbs,
    SourceVerbs,
    RowVerbs,
):
    """All that is kept: `with Store.open(data, url) as store`."""
