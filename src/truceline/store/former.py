"""Incidents that are held no more, by their whole id."""

from sqlalchemy import Connection, select

from truceline.model.incident import Incident
from truceline.store import tables
from truceline.store.records import parse_instant, parse_record
from truceline.store.register import Former


def find_former(connection: Connection, id: str) -> Former | None:
    """The incident as it was when it went last, with the incidents that hold its claims now."""
    past, claim = tables.former_incidents.c, tables.incident_claims.c
    wanted = select(past.record, past.gone_at).where(past.id == id).order_by(past.gone_at.desc()).limit(1)
    row = connection.execute(wanted).first()
    if row is None:
        return None
    incident = parse_record(Incident, row.record)
    claims = [each.claim for each in incident.versions]
    now_in = connection.execute(select(claim.incident).distinct().where(claim.claim.in_(claims))).scalars()
    return Former(incident=incident, gone_at=parse_instant(row.gone_at), now_in=tuple(sorted(now_in)))
