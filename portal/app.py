"""Puts the portal together: store, pages, interface for scripts, what stands before every request."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from itsdangerous import Signer
from starlette.exceptions import HTTPException

from portal import api, pages
from portal.guarding import Guard
from portal.office import Office, PortalStore
from portal.oidc import Provider, SignInFault, SignOn
from portal.outside import Effective, Outside
from portal.pages import health
from portal.rendering import environment, query, show
from portal.starting import cookie_secret, first_administrator
from portal.visitor import NotSignedIn, PasswordDue, Refused, visitor_of
from storage.faults import StoreError
from storage.intake.problem import IntakeError

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalSettings:
    """What may be set from outside. `announce` tells the first administrator's one-time password.

    `effective` are the settings of the program as they stand, for the page that shows them.
    """

    program: str = "govwatch"
    most_bytes: int = 40 * 1024 * 1024
    secure_cookie: bool = False
    objection_days: int = 5
    metrics_token: str = ""
    effective: Sequence[Effective] = ()
    provider: Provider | None = None
    announce: Callable[[str], None] = field(default=lambda word: None)


def create_app(
    data: Path,
    database_url: str | None = None,
    settings: PortalSettings | None = None,
    clock: Callable[[], datetime] | None = None,
    outside: Outside | None = None,
) -> FastAPI:
    """The portal over a data folder. Raises StoreError when its database cannot be used.

    `clock` gives the present instant, aware; it must be handed in, since only the shell asks the time.
    """
    if clock is None:
        raise ValueError("the portal needs a clock")
    chosen = settings or PortalSettings()
    data.mkdir(parents=True, exist_ok=True)
    store = PortalStore.open(data, database_url)
    word = first_administrator(store, lambda: clock().astimezone(UTC))
    if word is not None:
        chosen.announce(word)
    app = FastAPI(title="govwatch", version="1", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.office = Office(data, store, clock, outside or Outside(), chosen.program)
    app.state.settings = chosen
    app.state.signer = Signer(cookie_secret(data), salt="session")
    app.state.sign_on = SignOn(chosen.provider, cookie_secret(data)) if chosen.provider else None
    app.state.templates = environment()
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in (*pages.ROUTERS, *api.ROUTERS):
        app.include_router(router)
    app.include_router(health.router)
    app.add_exception_handler(SignInFault, lambda request, error: _say(request, 401, f"{error}。"))
    _explain_errors(app)
    app.add_middleware(Guard, most_bytes=chosen.most_bytes)
    return app


def _explain_errors(app: FastAPI) -> None:
    app.add_exception_handler(NotSignedIn, _sign_in_first)
    app.add_exception_handler(PasswordDue, _change_first)
    app.add_exception_handler(Refused, lambda request, error: _say(request, _status(error), str(error)))
    app.add_exception_handler(StoreError, lambda request, error: _say(request, 409, str(error)))
    app.add_exception_handler(IntakeError, lambda request, error: _say(request, 422, str(error)))
    app.add_exception_handler(RequestValidationError, _bad_input)
    app.add_exception_handler(HTTPException, _http_error)


def _status(error: Exception) -> int:
    return error.status if isinstance(error, Refused) else 500


def _sign_in_first(request: Request, error: Exception) -> Response:
    if _scripted(request):
        return JSONResponse({"error": "需要登录或有效的接口令牌"}, 401, {"WWW-Authenticate": "Bearer"})
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse("/login" + query({"next": wanted if request.method == "GET" else "/"}), 303)


def _change_first(request: Request, error: Exception) -> Response:
    if _scripted(request):
        return JSONResponse({"error": "请先登录网页，修改一次性密码"}, 403)
    return RedirectResponse("/password", 303)


def _bad_input(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    named = "、".join(dict.fromkeys(str(each["loc"][-1]) for each in error.errors()[:10]))
    return _say(request, 422, f"提交的内容缺项或格式不对：{named}。请检查后重试。")


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "没有这个页面，可能已被删除，或地址有误。", 405: "不支持这样的请求。"}
    return _say(request, error.status_code, words.get(error.status_code, "请求无法处理。"))


def _say(request: Request, status: int, words: str) -> Response:
    if _scripted(request):
        return JSONResponse({"error": words}, status)
    try:
        visitor = visitor_of(request)
    except NotSignedIn:
        visitor = None
    return show(request, visitor, "message.html", status, words=words, code=status)


def _scripted(request: Request) -> bool:
    return request.url.path.startswith("/api/")
