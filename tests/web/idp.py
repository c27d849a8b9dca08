"""An identity provider of the tests' own, on this machine: discovery, keys, and codes for tokens (OpenID Connect)."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from truceline.testing import NOON

CLIENT, SECRET = "truce line", "s3cret/of:the client"
HERE = int(NOON.timestamp())
RSA = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
EC = ECKey.generate_key("P-256", {"kid": "two", "use": "sig"})
STRANGE = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


class FakeProvider:
    """What it says can be changed: `claims` over the right ones, `key` and `alg` for signing, `metadata` of itself."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.claims: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.key, self.alg = RSA, "RS256"
        self.known = [RSA]
        self.token: str | None = None
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def authorize(self, address: str, *, sub: str = "u-1") -> str:
        """Somebody logs in there: the code that goes back, tied to what was asked for."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        assert "openid" in asked["scope"].split()
        code = f"code-{len(self.codes)}"
        self.codes[code] = {**asked, "sub": sub}
        return code

    def discovery(self) -> dict[str, Any]:
        named = {f"{each}_endpoint": f"{self.issuer}/{each}" for each in ("authorization", "token")}
        return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **named, **self.metadata}

    def redeem(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """A code once, for the client that proves itself and knows the verifier."""
        asked = self.codes.pop(form.get("code", ""), None)
        scheme, _, given = authorization.partition(" ")
        client, _, secret = base64.b64decode(given).decode().partition(":") if scheme == "Basic" else ("", "", "")
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = shown(digest)
        if asked is None or challenge != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if (unquote(client), unquote(secret)) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        right = {"iss": self.issuer, "aud": CLIENT, "sub": asked["sub"], "nonce": asked["nonce"]}
        times = {"iat": HERE, "exp": HERE + 300}
        named = {"preferred_username": "Rima.H", "name": "Rima Haddad", "email": "rima@example.org"}
        claims = {**right, **times, **named, **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.token or self.sign(claims)}

    def sign(self, claims: dict[str, Any]) -> str:
        if self.alg in ("none", "HS256"):
            return by_hand(self.alg, claims)
        header = {"alg": self.alg, **({"kid": self.key.kid} if self.key.kid else {})}
        return jwt.encode(header, claims, self.key, algorithms=[self.alg])


def by_hand(alg: str, claims: dict[str, Any]) -> str:
    """A token that no decent library makes: unsigned, or with the public key taken for a shared secret."""
    signed = ".".join(shown(json.dumps(each).encode()) for each in ({"alg": alg, "kid": "one"}, claims))
    mark = hmac.new(RSA.as_pem(private=False), signed.encode(), "sha256").digest() if alg == "HS256" else b""
    return f"{signed}.{shown(mark)}"


def shown(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


@contextmanager
def running() -> Iterator[FakeProvider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.asked.append(self.path)
            if self.path == "/.well-known/openid-configuration":
                self.answer(200, known.discovery())
            elif self.path == "/keys":
                self.answer(200, {"keys": [each.as_dict(private=False) for each in known.known]})
            else:
                self.answer(404, {})

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(sent).items()}
            self.answer(*known.redeem(form, self.headers.get("authorization", "")))

        def answer(self, status: int, said: dict[str, Any]) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known = FakeProvider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
