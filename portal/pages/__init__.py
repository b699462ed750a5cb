"""The pages, one module a subject; ROUTERS has them all."""

from portal.pages import (
    assessing,
    entering,
    finding,
    findings,
    keeping,
    letters,
    nights,
    overview,
    people,
    registering,
    running,
    signing_in,
    units,
)

ROUTERS = (
    signing_in.router,
    overview.router,
    findings.router,
    finding.router,
    letters.router,
    units.router,
    assessing.router,
    running.router,
    nights.router,
    entering.router,
    keeping.router,
    registering.router,
    people.router,
)
