"""Webhooks: programs of others that are told when something happened, from the transaction in which it did."""

import json
from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select, update

from truceline.model.job import Webhook
from truceline.model.ledger import Entry
from truceline.store import tables
from truceline.store.jobs import add_job
from truceline.store.records import as_instant, as_json, parse_record
from truceline.store.seals import new_id, new_secret
from truceline.store.team import Desk

DELIVER = "webhook.deliver"
# What a program of another may hear of; who came, went or changed a password is nobody's business.
TOLD_OF = ("decision.", "bulletin.")


def add_webhook(desk: Desk, *, name: str, address: str, events: tuple[str, ...]) -> tuple[str, Webhook]:
    """A new one, with the secret that its messages are signed with."""
    secret = new_secret()
    hook = Webhook(
        id=new_id("hook"), name=name.strip(), address=address, events=events, made_by=desk.who, made_at=desk.now
    )
    desk.connection.execute(insert(tables.webhooks), {"id": hook.id, "record": as_json(hook), "secret": secret})
    desk.enter("webhook.made", f"webhook {hook.id}", body=", ".join(events))
    return secret, hook


def set_active(desk: Desk, hook: Webhook, *, is_active: bool) -> None:
    changed = as_json(replace(hook, is_active=is_active))
    desk.connection.execute(update(tables.webhooks).where(tables.webhooks.c.id == hook.id).values(record=changed))
    desk.enter("webhook.changed", f"webhook {hook.id}", body="on" if is_active else "off")


def drop_webhook(desk: Desk, hook: Webhook) -> None:
    desk.connection.execute(delete(tables.webhooks).where(tables.webhooks.c.id == hook.id))
    desk.enter("webhook.dropped", f"webhook {hook.id}")


def webhooks(connection: Connection) -> tuple[Webhook, ...]:
    """All of them, the oldest first."""
    records = connection.execute(select(tables.webhooks.c.record)).scalars()
    return tuple(sorted((parse_record(Webhook, each) for each in records), key=lambda each: (each.made_at, each.id)))


def find_webhook(connection: Connection, id: str) -> tuple[Webhook, str] | None:
    """With its secret."""
    column = tables.webhooks.c
    row = connection.execute(select(column.record, column.secret).where(column.id == id)).first()
    return None if row is None else (parse_record(Webhook, row.record), row.secret)


def tell_of(desk: Desk, entry: Entry) -> int:
    """Queue the messages on an entry of the ledger; how many. They name what happened and hold nothing of it."""
    if not entry.change.what.startswith(TOLD_OF):
        return 0
    message = {
        "id": f"event-{entry.seq}",
        "event": entry.change.what,
        "subject": entry.change.subject,
        "at": as_instant(entry.at),
        "ledger": entry.seq,
    }
    wanted = [each for each in webhooks(desk.connection) if each.is_active and each.wants(entry.change.what)]
    for hook in wanted:
        add_job(desk, DELIVER, json.dumps({"webhook": hook.id, "message": message}, separators=(",", ":")))
    return len(wanted)
