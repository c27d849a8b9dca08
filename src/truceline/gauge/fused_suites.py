"""The suites of fusing by name."""

from collections.abc import Mapping

from truceline.gauge import contradictions, ucdp_fused
from truceline.gauge.fusing import Suite

FUSED: Mapping[str, Suite] = {
    **{name: Suite(run=run, mission=ucdp_fused.MISSION) for name, run in ucdp_fused.FUSED.items()},
    **contradictions.SUITES,
}
