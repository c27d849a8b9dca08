"""What the feature classes and codes of GeoNames mean to us (features.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from truceline.model.place import Precision
from truceline.vocab.places import toml_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A kind of place; `radius_km` None where the number of its people tells.

    `unstated`: the kind of one that states no people.
    """

    kind: str
    precision: Precision
    radius_km: float | None = None
    unstated: str | None = None

    @property
    def is_by_people(self) -> bool:
        """Whether it is a village, a town or a city by its people."""
        return self.kind in ("settlement", "seat")


@cache
def feature_of(letter: str, code: str) -> Feature | None:
    """What a feature of this class and code is filed as; None where it is not filed."""
    table = toml_table("features.toml")
    kind = table["codes"].get(f"{letter}.{code}", table["classes"].get(letter, ""))
    return _features()[kind] if kind else None


@cache
def _features() -> Mapping[str, Feature]:
    return {
        kind: Feature(
            kind=kind,
            precision=Precision(row["precision"]),
            radius_km=row.get("radius_km"),
            unstated=row.get("unstated"),
        )
        for kind, row in toml_table("features.toml")["kinds"].items()
    }
