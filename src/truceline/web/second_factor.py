"""The second factor: six digits by the clock (RFC 6238), and recovery codes that work once each."""

import base64
import hmac
import secrets
from datetime import datetime

import pyotp
import segno
from markupsafe import Markup

STEP_SECONDS = 30  # RFC 6238, 5.2
WINDOW = 1  # steps before and after; RFC 6238, 5.2, lets one delay pass
DIGITS = 6
RECOVERY_CODES = 10
RECOVERY_BYTES = 10  # 80 bits: too many to try, also where only the seals are known


def new_totp() -> str:
    """A secret of 160 bits, as RFC 4226 recommends."""
    return pyotp.random_base32(32)


def address_of(totp: str, *, login: str, issuer: str) -> str:
    """What an authenticator reads from the picture."""
    return pyotp.TOTP(totp).provisioning_uri(name=login, issuer_name=issuer)


def picture_of(address: str) -> Markup:
    """The address as a QR code, SVG without any style; black on white also where the page is dark."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, dark="#000", light="#fff", border=4, svgclass="qr", lineclass=None, title="QR code"
    )
    return Markup(drawn)  # noqa: S704  drawn by us: nothing of the address stands in it as text


def find_step(totp: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, within the window; None for a wrong one."""
    typed = "".join(code.split())
    if len(typed) != DIGITS or not (typed.isascii() and typed.isdecimal()):
        return None
    here, otp = int(now.timestamp()) // STEP_SECONDS, pyotp.TOTP(totp, digits=DIGITS)
    steps = range(here - WINDOW, here + WINDOW + 1)
    right = [step for step in steps if hmac.compare_digest(otp.generate_otp(step), typed)]
    return right[-1] if right else None


def code_at(totp: str, now: datetime) -> str:
    """The code that an authenticator shows at this moment."""
    return pyotp.TOTP(totp, digits=DIGITS).generate_otp(int(now.timestamp()) // STEP_SECONDS)


def new_recovery_codes() -> tuple[str, ...]:
    """As they are shown: four groups of four letters and digits."""
    return tuple(grouped(secrets.token_bytes(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES))


def grouped(drawn: bytes) -> str:
    letters = base64.b32encode(drawn).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def plain_recovery(typed: str) -> str:
    """A recovery code as it is sealed and compared: without spaces and dashes, in small letters."""
    return "".join(each for each in typed.casefold() if each.isalnum())
