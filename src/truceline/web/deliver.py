"""Telling a program of another that something happened: a signed message, tried again until it is taken.

The signature is HMAC-SHA256 over the moment (seconds since 1970), a full stop and the body, with the secret that was
shown when the webhook was made: `Truceline-Signature: t=…,v1=…`. A message may come twice; its id stays the same.
"""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from truceline.errors import Problem
from truceline.gather.send import send
from truceline.store.team import Team
from truceline.store.webhooks import find_webhook
from truceline.web.work import Never, NotNow, Task

Send = Callable[[str, bytes, Mapping[str, str]], int | Problem]  # address, body, headers -> status


def send_now(address: str, body: bytes, headers: Mapping[str, str]) -> int | Problem:
    """Over the network, to public addresses only."""
    return asyncio.run(send(address, body, headers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """A handler of jobs of the kind `webhook.deliver`."""

    team: Team
    send: Send

    def __call__(self, task: Task) -> str:
        """Raises NotNow where the other end does not take it, Never where it is gone or says that it is."""
        payload = json.loads(task.job.payload)
        with self.team.reading() as connection:
            found = find_webhook(connection, payload["webhook"])
        if found is None or not found[0].is_active:
            raise Never("the webhook was switched off or dropped meanwhile")
        hook, secret = found
        body = json.dumps(payload["message"], ensure_ascii=False, separators=(",", ":")).encode()
        moment = str(int(self.team.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Truceline-Event": str(payload["message"]["event"]),
            "Truceline-Delivery": str(payload["message"]["id"]),
            "Truceline-Signature": f"t={moment},v1={sign(secret, moment, body)}",
        }
        answer = self.send(hook.address, body, headers)
        if isinstance(answer, Problem):
            raise NotNow(answer.message)
        if answer == 410:
            raise Never("the other end says that it is gone for good (410)")
        if not 200 <= answer < 300:
            raise NotNow(f"the other end answers {answer}")
        return f"taken ({answer})"


def sign(secret: str, moment: str, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
