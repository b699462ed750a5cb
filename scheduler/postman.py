"""Makes messages of what is to be told and sends them: one a unit and day, the urgent at once, none twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from alerts.channels import send
from alerts.digest import Item, as_read_on, compose, fingerprint
from alerts.letter import Answer, Letter, Outlets
from alerts.route import Route, RouteError, mail_route, route_of
from domain.observation import CHINA
from domain.target import Registry
from domain.unit import Contact, Unit
from scheduler.ladder import works_on
from scheduler.reminding import as_item
from scheduler.terms import Terms, clock_time
from schemes.calendar import is_working_day
from storage.postbox import DEAD, DRY, SENT, WAITING, Delivery, Message, Notice
from storage.verbs.post import PostVerbs

LIAISON, LEADER, OPERATOR = "liaison", "leader", "operator"
OPERATIONS = ""
"""The unit of what concerns the operators alone."""

PAUSES = (1, 5, 15, 60, 240, 720)
"""Minutes before the next try, one more each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person with one way to reach him."""

    name: str
    level: str
    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Postman:
    """Who turns notices into messages and takes them out."""

    store: PostVerbs
    registry: Registry
    terms: Terms
    outlets: Outlets
    operators: tuple[str, ...] = ()

    def post_digests(self, now: datetime) -> list[Message]:
        """The day's ordinary messages: at most one a person and day; what comes later waits for tomorrow."""
        day = now.astimezone(CHINA).date()
        if not self.terms.digest_on_days_off and not works_on(day, is_working_day):
            return []
        made: list[Message] = []
        told = self.store.told_on(day)
        for unit, notices in _by_unit(self.store.untold(urgent=False)).items():
            if any(row[0] == unit for row in told):
                continue
            made += self._post(unit, notices, now, urgent=False)
        return made

    def post_urgent(self, now: datetime) -> list[Message]:
        """Messages of what cannot wait."""
        made: list[Message] = []
        for unit, notices in _by_unit(self.store.untold(urgent=True)).items():
            made += self._post(unit, notices, now, urgent=True)
        return made

    def _post(self, unit: str, notices: Sequence[Notice], now: datetime, *, urgent: bool) -> list[Message]:
        day = now.astimezone(CHINA).date()
        items = as_read_on(map(as_item, notices), day)
        messages: list[Message] = []
        for recipient in self.recipients(unit):
            mine = [item for item in items if _hears(recipient.level, item)]
            if mine:
                messages.append(self._message(unit, recipient, mine, now, urgent=urgent))
        if items and not messages:
            return []  # nobody can be told: it stays untold until somebody can
        return self.store.post(messages, [notice.fingerprint for notice in notices], now)

    def _message(
        self, unit: str, recipient: Recipient, items: Sequence[Item], now: datetime, *, urgent: bool
    ) -> Message:
        day = now.astimezone(CHINA).date()
        subject, text = compose(self._name(unit), items, now, portal=self.terms.portal)
        told = "\n".join(sorted(item.fingerprint for item in items)) if urgent else "digest"
        route = recipient.route
        return Message(
            fingerprint=fingerprint(unit, recipient.name, route.channel, route.shown, day.isoformat(), told),
            unit=unit,
            recipient=recipient.name[:120],
            level=recipient.level,
            channel=route.channel,
            shown_address=route.shown[:200],
            day=day,
            urgent=urgent,
            subject=subject,
            body=text,
            created=now,
            next_at=now if urgent else self._after_quiet(now),
        )

    def _after_quiet(self, now: datetime) -> datetime:
        """Now, or the end of the quiet hours."""
        here = now.astimezone(CHINA)
        if not self.terms.quiet(here.time()):
            return now
        end = datetime.combine(here.date(), clock_time(self.terms.quiet_until), CHINA)
        return end if end > here else end + timedelta(days=1)

    def _name(self, unit: str) -> str:
        named = {one.code: one.name for one in self.registry.units}
        return named.get(unit, unit) if unit else "监测系统运行"

    def recipients(self, unit: str) -> list[Recipient]:
        """Who may hear of a unit's matters: its liaisons and leaders, the operators; a unit without a leader
        has those of the unit above it.
        """
        found = [one for operator in self.operators for one in _ways(operator, OPERATOR, "运行值守")]
        if unit == OPERATIONS:
            return found
        units = {one.code: one for one in self.registry.units}
        own = units.get(unit)
        if own is None:
            return [replace(one, level=LIAISON) for one in found]
        people = [one for contact in own.contacts for one in _ways_to(contact)]
        if people and all(one.level == LEADER for one in people):
            # A unit that names nobody but its leader is told by him.
            return [replace(one, level=LIAISON) for one in people] + found
        above = [] if any(one.level == LEADER for one in people) else _leaders_above(own, units)
        if not people:
            # Somebody must hear of it: who cannot be reached is the operators' matter.
            found = [replace(one, level=LIAISON) for one in found]
        return people + above + found

    def deliver(self, now: datetime) -> tuple[int, int]:
        """Takes out what waits: how many went, how many did not."""
        went = 0
        waiting = self.store.sendable(now)
        for message in waiting:
            went += self._deliver(message, now)
        return went, len(waiting) - went

    def _deliver(self, message: Message, now: datetime) -> bool:
        here = now.astimezone(CHINA)
        if not message.urgent and self.terms.quiet(here.time()):
            return False
        if self.terms.dry_run:
            words = "试运行，没有真正发送"
            self.store.note_delivery(
                Delivery(message=message.number, at=now, ok=True, answer=words), DRY, None
            )
            return True
        answer = self._send(message, now)
        state, next_at = self._fate(message, answer, now)
        self.store.note_delivery(
            Delivery(message=message.number, at=now, ok=answer.ok, answer=answer.words), state, next_at
        )
        return answer.ok

    def _send(self, message: Message, now: datetime) -> Answer:
        for recipient in self.recipients(message.unit):
            route = recipient.route
            if (recipient.name[:120], route.channel, route.shown[:200]) == (
                message.recipient,
                message.channel,
                message.shown_address,
            ):
                letter = Letter(
                    subject=message.subject,
                    text=message.body,
                    fingerprint=message.fingerprint,
                    urgent=message.urgent,
                    facts={"unit": message.unit, "recipient": message.recipient, "level": message.level},
                )
                return send(route, letter, self.outlets, now.astimezone(UTC))
        return Answer(ok=False, words="名录中已没有这位联系人或这一渠道")

    def _fate(self, message: Message, answer: Answer, now: datetime) -> tuple[str, datetime | None]:
        if answer.ok:
            return SENT, None
        if not answer.again or message.tries + 1 >= self.terms.most_tries:
            return DEAD, None
        pause = PAUSES[min(message.tries, len(PAUSES) - 1)]
        return WAITING, now + timedelta(minutes=pause)


def _hears(level: str, item: Item) -> bool:
    """Whether one on this level hears of an item: operators hear all that is their own matter."""
    if not item.unit:
        return level == OPERATOR
    return item.level >= {LIAISON: 1, LEADER: 2, OPERATOR: 3}[level]


def _by_unit(notices: Iterable[Notice]) -> dict[str, list[Notice]]:
    found: dict[str, list[Notice]] = {}
    for notice in notices:
        found.setdefault(notice.unit, []).append(notice)
    return found


def _ways_to(contact: Contact) -> list[Recipient]:
    level = LEADER if contact.leader else LIAISON
    found = _ways(contact.channel, level, contact.name) if contact.channel else []
    if contact.email:
        found.append(Recipient(name=contact.name, level=level, route=mail_route(contact.email)))
    return found


def _ways(address: str, level: str, name: str) -> list[Recipient]:
    try:
        route = mail_route(address) if "@" in address and "://" not in address else route_of(address)
    except RouteError:
        return []
    return [Recipient(name=name, level=level, route=route)]


def _leaders_above(unit: Unit, units: Mapping[str, Unit]) -> list[Recipient]:
    """The leaders of the nearest unit above; where none is named, all its contacts."""
    above, seen = units.get(unit.parent or ""), {unit.code}
    while above is not None and above.code not in seen:
        seen.add(above.code)
        named = [contact for contact in above.contacts if contact.leader] or list(above.contacts)
        found = [one for contact in named for one in _ways_to(contact)]
        if found:
            return [Recipient(name=one.name, level=LEADER, route=one.route) for one in found]
        above = units.get(above.parent or "")
    return []
