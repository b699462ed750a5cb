"""Drafts of the bulletins of a week, a month and a quarter, from what is on record as of a day."""

from collections.abc import Mapping
from datetime import date, timedelta

from checks.catalogue import all_checks
from domain.finding import MENDED_STATES, Finding
from domain.observation import CHINA
from portal.export.bulletin import Terms
from portal.export.periodical import Case, Issue, Watching, periodical_docx
from portal.export.periods import Period, PeriodKind, periods_due
from scheduler.desk import NightStore
from scheduler.ladder import after_working_days
from scheduler.office import Night
from schemes.book import REFUSED, Review
from schemes.calendar import is_working_day
from schemes.card import Scorecard
from schemes.model import Scheme
from schemes.plan import planned
from schemes.proof import Standing, standing_of
from schemes.scheme import load_all
from storage.assessing import scorecards
from storage.export import Names
from storage.runs import DONE

MOST_RUNS = 1000


def bulletins(night: Night) -> str:
    """Drafts of what is due today, one under each scheme in force."""
    folder = night.place.data / "reports" / "bulletins"
    folder.mkdir(parents=True, exist_ok=True)
    schemes, reviews = load_all(), night.store.reviews()
    made = []
    for period in periods_due(night.today):
        for name in night.registry.schemes:
            scheme, _ = planned(schemes[name], period.last.year, night.place.data)
            out = folder / f"{period.first:%Y%m%d}-{period.last:%Y%m%d}-{period.kind}-{name}.docx"
            periodical_docx(issue_of(night, scheme, period, reviews), out)
            made.append(out.name)
    return f"已生成{len(made)}份：{'、'.join(made)}"


def issue_of(night: Night, scheme: Scheme, period: Period, reviews: Mapping[str, Review]) -> Issue:
    """What a bulletin under a scheme is written from."""
    named = f"{scheme.id}/"
    findings = [
        one for one in night.store.findings() if any(line.startswith(named) for line in one.indicators)
    ]
    found = cases(night.store, findings, scheme, night.today, reviews)
    counted = {case.finding.id for case in found}
    names = Names.of(night.registry)
    return Issue(
        period=period,
        scheme=scheme,
        cases=tuple(found),
        watching=_watching(night, period, [one for one in findings if one.id not in counted]),
        terms=_terms(night),
        checks={check.id: check.title for check in all_checks().values()},
        units=names.units,
        targets=names.targets,
        cards=_cards(night, scheme, period),
    )


def cases(
    store: NightStore, findings: list[Finding], scheme: Scheme, today: date, reviews: Mapping[str, Review]
) -> list[Case]:
    """The findings that count today, with the days that matter; those that nobody confirmed are left out."""
    proven = [one for one in findings if standing_of(one, scheme, today, reviews) is Standing.PROVEN]
    dues = store.due_dates([one.id for one in proven])
    found = []
    for finding in proven:
        day = _counted_on(reviews.get(finding.id, Review()), scheme)
        if day is not None:
            mended = _mended_on(store, finding)
            case = Case(finding=finding, confirmed_on=day, mended_on=mended, due=dues.get(finding.id))
            found.append(case)
    return found


def _counted_on(review: Review, scheme: Scheme) -> date | None:
    """From when a case counts: a person's word, or the end of the time to object to the machine's."""
    if review.confirmed_on is not None:
        return review.confirmed_on
    if review.notified_on is not None:
        return review.notified_on + timedelta(days=scheme.confirmation.objection_days + 1)
    return None


def _mended_on(store: NightStore, finding: Finding) -> date | None:
    if finding.state not in MENDED_STATES:
        return None
    mended = [event.at for event in store.events(finding.id) if event.after in MENDED_STATES]
    return min(mended).astimezone(CHINA).date() if mended else None


def _watching(night: Night, period: Period, others: list[Finding]) -> Watching:
    registry = night.registry
    scans = [
        run
        for run in night.store.runs(MOST_RUNS)
        if run.state == DONE and run.as_of.astimezone(CHINA).date() in period
    ]
    waiting = [
        one
        for one in others
        if not one.trial
        and one.state not in REFUSED | MENDED_STATES
        and one.severity != "warning"
        and one.first_seen.astimezone(CHINA).date() <= period.last
    ]
    return Watching(
        units=len(registry.units),
        sites=len(registry.sites),
        accounts=len(registry.accounts),
        scans=len(scans),
        waiting=len(waiting),
    )


def _cards(night: Night, scheme: Scheme, period: Period) -> tuple[Scorecard, ...]:
    """The scores of a quarter's bulletin, where the scheme gives points."""
    if period.kind is not PeriodKind.QUARTERLY or not any(line.points for line in scheme.indicators):
        return ()
    return tuple(scorecards(night.store, scheme, period.last.year, night.today))


def _terms(night: Night) -> Terms:
    office = str(night.store.settings().get("office_name") or "政务公开领导小组办公室")
    mend_by = after_working_days(night.today, 10, is_working_day)
    recheck_on = after_working_days(mend_by, 3, is_working_day)
    return Terms(office=office, issued_on=night.today, mend_by=mend_by, recheck_on=recheck_on)
