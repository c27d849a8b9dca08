"""Places told by way of another: moved the right way, widened, never exact."""

import pytest
from place_makers import ALEPPO, told, words

from truceline.kit.geo import bearing_degrees, haversine_km
from truceline.model.place import Precision, Toponym


def moved(text: str) -> Toponym:
    return told(text)[0]


def from_aleppo(place: Toponym) -> tuple[float, float]:
    """(km, bearing in degrees) from the middle of Aleppo."""
    assert place.lat is not None
    assert place.lon is not None
    return haversine_km(*ALEPPO, place.lat, place.lon), bearing_degrees(*ALEPPO, place.lat, place.lon)


@pytest.mark.parametrize(
    ("text", "km", "bearing"),
    [
        ("Fighting 15 km south-west of Aleppo went on.", 15, 225),
        ("Fighting some 15 kilometres southwest of the city of Aleppo went on.", 15, 225),
        ("Fighting ten miles north of Aleppo went on.", 16.09, 0),
        ("Fighting 10-20 km to the east of Aleppo went on.", 15, 90),
        ("Fighting 500 metres west of Aleppo went on.", 0.5, 270),
    ],
)
def test_a_stated_distance_moves_the_place_by_it(text: str, km: float, bearing: float) -> None:
    place = moved(text)
    distance, direction = from_aleppo(place)
    assert distance == pytest.approx(km, abs=0.05)
    assert abs((direction - bearing + 180) % 360 - 180) < 1
    assert place.precision is Precision.NEAR
    assert place.radius_km is not None
    assert place.radius_km >= 2


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Militants attacked southwest of Aleppo.", Precision.NEAR),
        ("A drone fell near Aleppo.", Precision.NEAR),
        ("They dug in on the outskirts of Aleppo.", Precision.NEAR),
        ("Shells fell in the southern countryside of Aleppo.", Precision.AREA),
        ("Positions in the south Aleppo countryside were hit.", Precision.AREA),
        ("A camp 20 km from Aleppo was hit.", Precision.NEAR),
        ("Planes left Aleppo airport.", Precision.NEAR),
        ("Fires burned in northern Syria.", Precision.AREA),
        ("Troops crossed east of the Euphrates.", Precision.AREA),
    ],
)
def test_a_place_told_by_way_of_another_is_never_exact(text: str, precision: Precision) -> None:
    place = moved(text)
    plain = told(f"Then {place.name} was named again in {place.name}.")[-1]
    assert place.precision is precision
    assert place.radius_km is not None
    assert place.radius_km >= 5
    assert plain.precision is not precision or plain.id == "region:euphrates"


def test_a_direction_without_a_distance_stays_close_and_widens() -> None:
    place = moved("Militants attacked southwest of Aleppo.")
    distance, bearing = from_aleppo(place)
    assert 5 <= distance <= 20
    assert 200 < bearing < 250
    assert place.radius_km is not None
    assert place.radius_km > distance


def test_the_words_cover_the_whole_expression_and_the_name_in_it() -> None:
    text = "Fighting 15 km south-west of Aleppo, and between Homs and Hama, and in Idlib's eastern countryside."
    assert words(text, told(text)) == [
        "15 km south-west of Aleppo",
        "between Homs and Hama",
        "Hama",
        "Idlib's eastern countryside",
    ]


def test_between_two_towns_is_the_middle_with_both_within_reach() -> None:
    first, second = told("The bridge between Homs and Hama fell.")
    assert second.precision is Precision.SETTLEMENT
    assert first.lat is not None
    assert first.lon is not None
    assert second.lat is not None
    assert second.lon is not None
    assert 15 < haversine_km(first.lat, first.lon, second.lat, second.lon) < 30


def test_distances_that_are_no_lengths_move_nothing() -> None:
    text = "Two soldiers of Aleppo left 30 minutes from Aleppo."
    assert {place.precision for place in told(text)} == {Precision.SETTLEMENT}


def test_an_unresolved_place_is_not_moved() -> None:
    text = "Shells fell 5 km north of the village of Tarfarawi."
    (place,) = told(text)
    assert place.id is None
    assert place.lat is None


@pytest.mark.parametrize(
    ("text", "km", "bearing"),
    [
        ("A pump stands 20 km NW of Aleppo.", 20, 315),
        ("A mast fell 6 km north-northwest of Aleppo.", 6, 337.5),
        ("A truck burned 15km (9 miles) south-west of Aleppo.", 15, 225),
        ("A hill twenty-five km S of Aleppo was lost.", 25, 180),
    ],
)
def test_winds_by_letters_and_sixteenths_move_a_place(text: str, km: float, bearing: float) -> None:
    distance, direction = from_aleppo(moved(text))
    assert distance == pytest.approx(km, abs=0.05)
    assert abs((direction - bearing + 180) % 360 - 180) < 1


@pytest.mark.parametrize(
    "text",
    ["The Homs-Hama road is cut.", "The road from Homs to Hama is cut.", "The highway linking Homs and Hama is cut."],
)
def test_a_road_is_one_stretch_between_its_ends(text: str) -> None:
    (road,) = told(text)
    assert road.precision is Precision.AREA
    assert road.radius_km is not None
    assert road.radius_km > 20


@pytest.mark.parametrize("text", ["The Hama front was quiet.", "The road to Hama is mined.", "It fell outside Hama."])
def test_a_front_or_a_road_of_one_end_is_no_town(text: str) -> None:
    (place,) = told(text)
    assert place.precision is Precision.NEAR


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("سقط صاروخ شمال مدينة حماة.", "شمال مدينة حماة"),
        ("Бои шли в 20 км к востоку от Алеппо.", "в 20 км к востоку от Алеппо"),
    ],
)
def test_arabic_and_russian_offsets_move_too(text: str, said: str) -> None:
    (place,) = told(text)
    assert place.span.of(text) == said
    assert place.precision is Precision.NEAR
