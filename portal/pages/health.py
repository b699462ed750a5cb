"""Health for machines: /healthz lives, /readyz works, /metrics counts. No sign-in, nothing personal."""

import hmac

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from portal.metrics import CONTENT_TYPE, exposition
from portal.visitor import OfficeDep
from storage.faults import StoreError
from storage.vitals import vitals

router = APIRouter()

LOOPBACK = frozenset({"127.0.0.1", "::1", "testclient"})
PROXIED = ("x-forwarded-for", "forwarded", "x-real-ip")
CLOSED = "只向本机提供；从别处读取须设置 GOVWATCH_METRICS_TOKEN 并以 Bearer 令牌出示。"


@router.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def readyz(request: Request, office: OfficeDep) -> Response:
    """Database and disk are as they must be: 200, or 503 with what is amiss. Details only as /metrics."""
    try:
        found = vitals(office.data, office.store.measure(), office.clock())
        faults = [one.words for one in found if one.ready and not one.ok]
    except (StoreError, OSError) as error:
        faults = [str(error)]
    if not _may_see(request):
        faults = ["未就绪"] if faults else []
    return JSONResponse({"ready": not faults, "faults": faults}, 503 if faults else 200)


@router.get("/metrics")
def metrics(request: Request, office: OfficeDep) -> Response:
    """Figures for Prometheus."""
    if not _may_see(request):
        return PlainTextResponse(CLOSED, 403)
    return Response(exposition(office.data, office.store.measure()), media_type=CONTENT_TYPE)


def _may_see(request: Request) -> bool:
    """With a token set, whoever shows it; else this machine alone, and no proxy that speaks for others."""
    token = request.app.state.settings.metrics_token
    if token:
        shown = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        return hmac.compare_digest(shown.encode(), token.encode())
    near = request.client is not None and request.client.host in LOOPBACK
    return near and not any(name in request.headers for name in PROXIED)
