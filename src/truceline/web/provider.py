"""Logging in at the team's own identity provider: OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636).

The provider says who somebody is; whether they have an account here, and as what, is decided here.
"""

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from fastapi import Request

from truceline.errors import UsageError
from truceline.settings import LOOPBACK, ProviderSettings

MISSING = "TRUCELINE_OIDC_ISSUER is set, but Authlib is missing; install it with: pip install 'truceline[oidc]'"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
KEY_KINDS = ("RSA", "EC", "OKP")
SCOPE = "openid profile email"
KNOWN_FOR = timedelta(hours=1)
KEYS_AGAIN = timedelta(minutes=1)  # an unknown key is looked for no oftener
AWAY_FOR = timedelta(seconds=10)
AWAY = "The identity provider cannot be reached; try again shortly, or use a password."
LEEWAY_SECONDS = 60
MOST_BYTES = 1_000_000
SECONDS = 10.0


class ProviderFault(Exception):
    """What the provider said cannot be taken; in words for whoever wants to log in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Where to send somebody, and what has to come back with them."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who somebody is at the provider: `subject` with its issuer, for ever the same; the others may change."""

    subject: str
    login: str
    name: str


class Provider:
    """One identity provider. `now` gives aware UTC. Raises UsageError without Authlib."""

    def __init__(self, settings: ProviderSettings, *, now: Callable[[], datetime]) -> None:
        try:
            import authlib  # noqa: PLC0415, F401  an extra: whoever has no provider needs none of it
        except ImportError as error:
            raise UsageError(MISSING) from error
        self._settings, self._now = settings, now
        self._known: Mapping[str, Any] = {}
        self._keys: list[Mapping[str, Any]] = []
        self._known_at = self._keys_at = datetime.min.replace(tzinfo=now().tzinfo)
        self._away_at: datetime | None = None
        self._busy = Lock()

    def begin(self, *, back: str) -> Departure:
        """Leave for the provider; it sends them `back`. Raises ProviderFault where it cannot be reached."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # noqa: PLC0415
        from authlib.oauth2.rfc7636 import create_s256_code_challenge  # noqa: PLC0415

        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        address = prepare_grant_uri(
            self.endpoint("authorization_endpoint"),
            client_id=self._settings.client_id,
            response_type="code",
            redirect_uri=back,
            scope=SCOPE,
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        return Departure(address=address, state=state, nonce=nonce, verifier=verifier)

    def finish(self, code: str, *, verifier: str, nonce: str, back: str) -> Identity:
        """Who came back with this code. Raises ProviderFault."""
        answer = self.exchange(code, verifier=verifier, back=back)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise ProviderFault("The identity provider gave no ID token.")
        claims = self.verify(token, nonce=nonce)
        login = claims.get("preferred_username") or claims.get("email") or claims["sub"]
        name = claims.get("name") or login
        return Identity(subject=f"{self._settings.issuer}#{claims['sub']}", login=plain(login), name=plain(name))

    def is_itself(self, issuer: str) -> bool:
        return issuer == self._settings.issuer

    # ---- what the provider says of itself

    def endpoint(self, name: str) -> str:
        address = self.metadata().get(name)
        if not isinstance(address, str) or not is_safe(address):
            raise ProviderFault(f"The identity provider names no {name.replace('_', ' ')} that is safe to use.")
        return address

    def metadata(self) -> Mapping[str, Any]:
        """Discovery; known for an hour."""
        with self._busy:
            if self._now() - self._known_at > KNOWN_FOR:
                found = self.ask("GET", f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration")
                if found.get("issuer") != self._settings.issuer:
                    raise ProviderFault("The identity provider calls itself by another name than the one set here.")
                self._known, self._known_at = found, self._now()
            return self._known

    def keys(self, *, again: bool) -> list[Mapping[str, Any]]:
        """Its public keys; asked for once more where a key is unknown, for providers change them."""
        address = self.endpoint("jwks_uri")
        with self._busy:
            if self._now() - self._keys_at > (KEYS_AGAIN if again else KNOWN_FOR):
                found = self.ask("GET", address).get("keys")
                named = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
                self._keys = [each for each in named if each.get("kty") in KEY_KINDS and each.get("use") != "enc"]
                self._keys_at = self._now()
            return self._keys

    def exchange(self, code: str, *, verifier: str, back: str) -> Mapping[str, Any]:
        """The code for tokens."""
        known = self._settings
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        methods = self.metadata().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        auth = None
        if known.client_secret and "client_secret_basic" in methods:
            auth = httpx.BasicAuth(quote(known.client_id, safe=""), quote(known.client_secret, safe=""))
        else:
            form |= {"client_id": known.client_id}
            form |= {"client_secret": known.client_secret} if known.client_secret else {}
        return self.ask("POST", self.endpoint("token_endpoint"), data=form, auth=auth)

    def ask(self, method: str, address: str, **sent: Any) -> Mapping[str, Any]:
        """JSON from the provider: no redirect is followed, no more is read than such an answer has."""
        if self._away_at is not None and timedelta(0) <= self._now() - self._away_at < AWAY_FOR:
            raise ProviderFault(AWAY)  # it was just tried: others need not wait for it
        taken = b""
        try:
            with (
                httpx.Client(timeout=SECONDS, follow_redirects=False) as client,
                client.stream(method, address, headers={"Accept": "application/json"}, **sent) as answer,
            ):
                for part in answer.iter_bytes():
                    taken += part
                    if len(taken) > MOST_BYTES:
                        raise ProviderFault("The identity provider says far too much.")
            said = httpx.Response(200, content=taken).json()
        except httpx.HTTPError as error:
            self._away_at = self._now()
            raise ProviderFault(AWAY) from error
        except ValueError as error:
            raise ProviderFault("The identity provider gave an answer that is no JSON.") from error
        if not answer.is_success or not isinstance(said, dict):
            raise ProviderFault("The identity provider refused; begin again.")
        return said

    # ---- the ID token

    def verify(self, token: str, *, nonce: str) -> Mapping[str, Any]:
        """Its claims, where it is signed by a key of the provider, for us, now, and for this very login (3.1.3.7)."""
        from authlib.oidc.core import CodeIDToken  # noqa: PLC0415
        from joserfc.errors import JoseError  # noqa: PLC0415

        known, said = self._settings, self.claims_of(token)
        options = {"iss": {"essential": True, "value": known.issuer}, "aud": {"essential": True}}
        params = {"nonce": nonce, "client_id": known.client_id}
        try:
            claims = CodeIDToken(said, {}, options=options, params=params)
            claims.validate(now=int(self._now().timestamp()), leeway=LEEWAY_SECONDS)
        except (JoseError, TypeError, ValueError) as error:
            raise ProviderFault("The ID token does not hold; begin again.") from error
        told = said["aud"]
        audience = [told] if isinstance(told, str) else told
        is_for_us = known.client_id in audience and said.get("azp", known.client_id) == known.client_id
        if not is_for_us or (len(audience) > 1 and "azp" not in said):
            raise ProviderFault("The ID token is for another service.")
        if not hmac.compare_digest(str(said.get("nonce", "")).encode(), nonce.encode()):
            raise ProviderFault("The ID token is of another login; begin again.")
        if not isinstance(said["sub"], str) or not 0 < len(said["sub"]) <= 255:
            raise ProviderFault("The ID token names nobody.")
        return said

    def claims_of(self, token: str) -> dict[str, Any]:
        """What a signed token says, unheard who it is for. Raises ProviderFault where no key of the provider signed."""
        for again in (False, True):
            for key in self.keys(again=again):
                claims = opened(token, key)
                if claims is not None:
                    return claims
        raise ProviderFault("The ID token is not signed by a key of the identity provider.")


def opened(token: str, key: Mapping[str, Any]) -> dict[str, Any] | None:
    """The claims of a token that this key signed with a way of signing that only its holder has: never "none"."""
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import import_key  # noqa: PLC0415

    try:
        decoded = jwt.decode(token, import_key(dict(key)), algorithms=list(ALGORITHMS))
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    named = decoded.header.get("kid")
    return decoded.claims if named is None or key.get("kid") in (None, named) else None


def is_safe(address: str) -> bool:
    """Over TLS, or on this machine."""
    split = urlsplit(address)
    return split.scheme == "https" or (split.scheme == "http" and split.hostname in LOOPBACK)


def plain(text: object) -> str:
    """A name as somebody else gives it, on one short line."""
    return "".join(each for each in str(text) if each.isprintable()).strip()[:100]


def provider_of(request: Request) -> Provider | None:
    provider = request.app.state.provider
    assert provider is None or isinstance(provider, Provider)
    return provider
