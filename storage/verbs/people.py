"""Verbs of people: who may sign in, sessions, tokens, saved views, the audit log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from storage import people as rows
from storage.faults import StoreError
from storage.people import Act, Person, Token
from storage.portal_tables import people, saved_views, sessions, tokens
from storage.session import Session

MOST_VIEWS = 50
"""Saved views a person may keep."""


class PeopleVerbs(Session):
    """What the store does with people. Every change is written with its line in the audit log."""

    def anybody(self) -> bool:
        """Whether there is anybody who may sign in."""
        with self.reading() as connection:
            return connection.execute(select(people.c.id).limit(1)).first() is not None

    def people(self) -> list[Person]:
        """All people, by name to sign in with."""
        with self.reading() as connection:
            return [
                rows.person_of(row) for row in connection.execute(select(people).order_by(people.c.login))
            ]

    def person(self, person: str) -> Person:
        """The person of this id. Raises StoreError."""
        with self.reading() as connection:
            return rows.by_id(connection, person)

    def person_by_login(self, login: str) -> Person | None:
        """The person who signs in under this name; None when there is nobody."""
        with self.reading() as connection:
            return rows.by_login(connection, login)

    def add_person(self, person: Person, act: Act) -> None:
        """Adds a person. Raises StoreError when the name to sign in with is taken."""
        with self.writing() as connection:
            rows.add_person(connection, person)
            rows.note(connection, act)

    def change_person(self, person: str, act: Act, *, end_sessions: bool = False, **values: Any) -> None:
        """Changes fields of a person; `end_sessions` signs them out everywhere. Raises StoreError."""
        with self.writing() as connection:
            rows.change_person(connection, person, **values)
            if end_sessions:
                connection.execute(delete(sessions).where(sessions.c.person == person))
            rows.note(connection, act)

    def note_failure(self, person: str, most: int, locked_until: datetime, act: Act) -> bool:
        """Counts a failed sign-in; after `most` of them nobody gets in until `locked_until`. Whether so."""
        with self.writing() as connection:
            failures = rows.by_id(connection, person).failures + 1
            locked = failures >= most
            values: dict[str, Any] = {"failures": 0 if locked else failures}
            if locked:
                values["locked_until"] = locked_until
            connection.execute(update(people).where(people.c.id == person).values(**values))
            rows.note(connection, act)
            return locked

    def begin_session(self, person: str, digest: str, now: datetime, expires: datetime, act: Act) -> None:
        """Signs a person in: failures are forgotten, sessions that are over are cleared away."""
        with self.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.expires <= now))
            connection.execute(
                insert(sessions).values(digest=digest, person=person, created=now, seen=now, expires=expires)
            )
            connection.execute(
                update(people)
                .where(people.c.id == person)
                .values(failures=0, locked_until=None, last_login=now)
            )
            rows.note(connection, act)

    def person_of_session(self, digest: str, now: datetime) -> tuple[Person, datetime] | None:
        """Whose session it is and when it was last used; None when unknown or over."""
        with self.reading() as connection:
            return rows.person_of_session(connection, digest, now)

    def touch_session(self, digest: str, now: datetime, expires: datetime) -> None:
        """Notes that a session is in use, which prolongs it."""
        with self.writing() as connection:
            connection.execute(
                update(sessions).where(sessions.c.digest == digest).values(seen=now, expires=expires)
            )

    def end_session(self, digest: str, act: Act) -> None:
        """Signs out."""
        with self.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest))
            rows.note(connection, act)

    def add_token(self, token: Token, digest: str, act: Act) -> None:
        """Keeps a token by the digest of its key."""
        values = {
            "id": token.id,
            "digest": digest,
            "person": token.person,
            "name": token.name,
            "scopes": list(token.scopes),
            "created": token.created,
            "expires": token.expires,
        }
        with self.writing() as connection:
            connection.execute(insert(tokens).values(**values))
            rows.note(connection, act)

    def tokens(self, person: str) -> list[Token]:
        """A person's tokens that hold still or have lapsed, newest first; revoked ones are left out."""
        query = select(tokens).where(tokens.c.person == person, tokens.c.revoked.is_(None))
        with self.reading() as connection:
            found = connection.execute(query.order_by(tokens.c.created.desc()))
            return [rows.token_of(row) for row in found]

    def person_of_token(self, digest: str, now: datetime) -> tuple[Person, Token] | None:
        """For whom a token acts; None when unknown, over or revoked. Its use is noted once an hour."""
        with self.reading() as connection:
            found = rows.person_of_token(connection, digest, now)
        if found is not None:
            used = found[1].used
            if used is None or (now - used).total_seconds() > 3600:
                with self.writing() as connection:
                    connection.execute(update(tokens).where(tokens.c.id == found[1].id).values(used=now))
        return found

    def revoke_token(self, token: str, person: str, now: datetime, act: Act) -> None:
        """Ends a token of a person's. Raises StoreError when there is none."""
        mine = (tokens.c.id == token, tokens.c.person == person, tokens.c.revoked.is_(None))
        with self.writing() as connection:
            if connection.execute(update(tokens).where(*mine).values(revoked=now)).rowcount != 1:
                raise StoreError("没有这个接口令牌，或已作废")
            rows.note(connection, act)

    def note(self, act: Act) -> None:
        """Appends a line to the audit log."""
        with self.writing() as connection:
            rows.note(connection, act)

    def acts(
        self, *, who: str | None = None, act: str | None = None, limit: int = 100, offset: int = 0
    ) -> tuple[list[Act], int]:
        """A page of the audit log, newest first, and how many lines there are in all."""
        with self.reading() as connection:
            return rows.acts(connection, who=who, act=act, limit=limit, offset=offset)

    def save_view(self, view: str, person: str, name: str, query: str, at: datetime) -> None:
        """Keeps a list's filters under a name; the same name is replaced. Raises StoreError when too many."""
        mine = saved_views.c.person == person
        with self.writing() as connection:
            connection.execute(delete(saved_views).where(mine, saved_views.c.name == name))
            held = len(connection.execute(select(saved_views.c.id).where(mine)).all())
            if held >= MOST_VIEWS:
                raise StoreError(f"最多保存 {MOST_VIEWS} 个视图，请先删除不用的")
            connection.execute(
                insert(saved_views).values(id=view, person=person, name=name, query=query, at=at)
            )

    def views(self, person: str) -> Sequence[tuple[str, str, str]]:
        """A person's saved views as (id, name, query), by name."""
        query = select(saved_views).where(saved_views.c.person == person).order_by(saved_views.c.name)
        with self.reading() as connection:
            return [(row.id, row.name, row.query) for row in connection.execute(query)]

    def drop_view(self, view: str, person: str) -> None:
        """Forgets a saved view."""
        mine = (saved_views.c.id == view, saved_views.c.person == person)
        with self.writing() as connection:
            connection.execute(delete(saved_views).where(*mine))
