"""The suites of fusing, of judging, and of statements about the register as a whole, by name."""

from collections.abc import Mapping

from truceline.gauge import contradictions, corrected, judging, statements, ucdp_fused
from truceline.gauge.fusing import Suite

UCDP_MEASURES = {"ucdp-pairs": ucdp_fused.PAIR_MEASURES, "ucdp-rows": ucdp_fused.ROW_MEASURES}
FUSED: Mapping[str, Suite] = {
    **{
        name: Suite(run=run, mission=ucdp_fused.MISSION, measures=UCDP_MEASURES[name])
        for name, run in ucdp_fused.FUSED.items()
    },
    **contradictions.SUITES,
    **judging.SUITES,
    **statements.SUITES,
    **corrected.SUITES,
}
