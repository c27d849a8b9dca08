"""Judge: one incident under the terms of the agreement, reasoned step by step."""

from truceline.judge.assessment import assess, assess_all

__all__ = ["assess", "assess_all"]
