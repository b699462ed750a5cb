"""Signing in through the office's own identity service: OpenID Connect, code flow with PKCE.

The service says who somebody is, never what they may do: an administrator adds people here, with role and
unit, under the name that the service gives them. Everything it answers is checked: signature, issuer,
audience, times, nonce (OpenID Connect Core 1.0, 3.1.3.7). Needs the extra `oidc`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
from itsdangerous import BadSignature, URLSafeTimedSerializer

from portal import passwords

SECONDS = 10.0
"""How long the service may take to answer."""
MOST_BYTES = 512 * 1024
FRESH = 600
"""Seconds in which a sign-in that was begun must come back."""
LEEWAY = 60
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
"""Signatures with a key of the service's own; never a shared secret, never none."""


class SignInFault(Exception):
    """The identity service cannot be used or its answer does not hold; the words are Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """The identity service. `claim` names what is taken as the name to sign in with.

    `public_url` is the portal's own address as browsers see it; the service sends them back there.
    """

    issuer: str
    client_id: str
    client_secret: str
    public_url: str
    claim: str = "preferred_username"
    title: str = "统一身份认证"

    @property
    def back(self) -> str:
        """Where the service sends browsers back to."""
        return self.public_url.rstrip("/") + "/login/oidc/back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A sign-in under way: what is kept in the browser's cookie until it comes back."""

    state: str
    nonce: str
    verifier: str
    next: str


class SignOn:
    """Signing in through a provider. `secret` signs the cookie that binds the answer to the browser."""

    def __init__(self, provider: Provider, secret: str) -> None:
        """Asks nothing yet: the service may be down when the portal starts."""
        self.provider = provider
        self._signer = URLSafeTimedSerializer(secret, salt="oidc")
        self._described: Mapping[str, Any] | None = None

    def begin(self, next: str) -> tuple[str, str]:
        """Where to send the browser, and the cookie to give it. Raises SignInFault."""
        from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]

        journey = Journey(
            state=passwords.key(),
            nonce=passwords.key(),
            verifier=passwords.key() + passwords.key(),
            next=next,
        )
        asked = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": self.provider.back,
            "scope": "openid profile",
            "state": journey.state,
            "nonce": journey.nonce,
            "code_challenge": create_s256_code_challenge(journey.verifier),
            "code_challenge_method": "S256",
        }
        place = str(self._description()["authorization_endpoint"])
        cookie = self._signer.dumps([journey.state, journey.nonce, journey.verifier, journey.next])
        return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}", str(cookie)

    def finish(self, cookie: str, state: str, code: str, now: datetime) -> tuple[str, str]:
        """The name to sign in with and where to go next. Raises SignInFault."""
        journey = self._journey(cookie)
        if not state or state != journey.state:
            raise SignInFault("登录请求与返回结果对不上，请重新登录")
        answer = self._post(
            str(self._description()["token_endpoint"]),
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self.provider.back,
                "code_verifier": journey.verifier,
            },
        )
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise SignInFault("身份认证服务没有给出身份凭证")
        claims = self._claims(token, journey.nonce, now)
        login = claims.get(self.provider.claim)
        if not isinstance(login, str) or not login.strip():
            raise SignInFault(f"身份凭证中没有“{self.provider.claim}”，请系统管理员核对设置")
        return login.strip(), journey.next

    def _journey(self, cookie: str) -> Journey:
        try:
            state, nonce, verifier, following = self._signer.loads(cookie, max_age=FRESH)
        except (BadSignature, ValueError, TypeError):
            raise SignInFault("登录请求已过期，请重新登录") from None
        return Journey(state=state, nonce=nonce, verifier=verifier, next=following)

    def _claims(self, token: str, nonce: str, now: datetime) -> Mapping[str, Any]:
        from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        keys = self._get(str(self._description()["jwks_uri"]))
        try:
            read = jwt.decode(
                token, KeySet.import_key_set({"keys": keys["keys"]}), algorithms=list(ALGORITHMS)
            )
            options = {
                "iss": {"values": [self.provider.issuer]},
                "aud": {"values": [self.provider.client_id]},
            }
            params = {"nonce": nonce, "client_id": self.provider.client_id}
            claims = CodeIDToken(read.claims, read.header, options, params)
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise SignInFault(f"身份凭证核验没有通过（{type(error).__name__}）") from error
        return dict(claims)

    def _description(self) -> Mapping[str, Any]:
        if self._described is None:
            found = self._get(self.provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
            if found.get("issuer") != self.provider.issuer:
                raise SignInFault(f"身份认证服务自报的名称（{found.get('issuer')}）与设置的不一致")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                if urlsplit(str(found.get(name, ""))).scheme not in {"https", "http"}:
                    raise SignInFault(f"身份认证服务的说明里没有 {name}")
            self._described = found
        return self._described

    def _get(self, place: str) -> Mapping[str, Any]:
        return self._ask("GET", place, None)

    def _post(self, place: str, form: Mapping[str, str]) -> Mapping[str, Any]:
        return self._ask("POST", place, form)

    def _ask(self, method: str, place: str, form: Mapping[str, str] | None) -> Mapping[str, Any]:
        own = (self.provider.client_id, self.provider.client_secret) if form is not None else None
        try:
            with (
                httpx2.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client,
                client.stream(method, place, data=form, auth=own) as answer,
            ):
                body = b""
                for piece in answer.iter_bytes():
                    body += piece
                    if len(body) > MOST_BYTES:
                        raise SignInFault("身份认证服务的答复过大")
            if answer.status_code != 200:
                raise SignInFault(f"身份认证服务答复 {answer.status_code}，请稍后再试或用密码登录")
            found = _json(body)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            raise SignInFault("连不上身份认证服务，请稍后再试或用密码登录") from error
        return found


def _json(body: bytes) -> Mapping[str, Any]:
    import json

    try:
        found = json.loads(body)
    except ValueError as error:
        raise SignInFault("身份认证服务的答复读不懂") from error
    if not isinstance(found, dict):
        raise SignInFault("身份认证服务的答复读不懂")
    return found
