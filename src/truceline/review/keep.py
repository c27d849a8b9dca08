"""Where decisions are kept: the one door between reviewing and the store."""

from truceline.model.decision import Decision
from truceline.store.register import Register


def keep_decision(register: Register, decision: Decision) -> bool:
    """Keep a decision for ever; False when it is held already."""
    with register.writing() as writer:
        return writer.add_decision(decision)
