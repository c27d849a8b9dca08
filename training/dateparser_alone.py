"""What `dateparser` alone finds in TimeBank and AQUAINT, as readings: the plain reader that `timeml` has to beat.

    python -m training.dateparser_alone GOLD readings.jsonl
    truceline gauge timeml GOLD --readings readings.jsonl

Needs the project's own environment, `PYTHONPATH=src:.` and `dateparser==1.5.0`. The library is given all it asks for:
the language, the day of publication to count from, and that news looks back. It gives an instant and a period; the
value is as fine as the period ("March 2016" is 2016-03), and an hour is told where it says that one was.
"""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from dateparser.date import DateDataParser
from dateparser.search import search_dates

from truceline.gauge.case import empty_reading
from truceline.gauge.timeml import TimeMl
from truceline.model.document import Document

PARTS = ((5, "NI"), (12, "MO"), (17, "AF"), (21, "EV"), (24, "NI"))  # hours until which a part of the day lasts
VALUES = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "day": "%Y-%m-%d", "time": "%Y-%m-%dT%H:%M"}


def settings_for(document: Document) -> dict[str, object]:
    base = document.published_at
    settings = {"PREFER_DATES_FROM": "past", "RETURN_TIME_AS_PERIOD": True, "RETURN_AS_TIMEZONE_AWARE": False}
    return settings if base is None else {**settings, "RELATIVE_BASE": base.replace(tzinfo=None)}


def find_times(document: Document) -> Iterator[dict[str, object]]:
    """Every date it finds, where its words next stand in the text."""
    settings = settings_for(document)
    parser, at = DateDataParser(languages=["en"], settings=settings), 0
    for words, instant in search_dates(document.text, languages=["en"], settings=settings) or ():
        start = document.text.find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        period = parser.get_date_data(words).period
        kind = "TIME" if period in {"time", "part_of_day"} else "DATE"
        yield {"start": start, "end": at, "type": kind, "value": value(instant, period)}


def value(instant: datetime, period: str) -> str:
    if period == "part_of_day":
        part = next(part for until, part in PARTS if instant.hour < until)
        return f"{instant:%Y-%m-%d}T{part}"
    return instant.strftime(VALUES[period])


def main(gold: str, readings: str) -> None:
    with Path(readings).open("w", encoding="utf-8") as stream:
        for case in TimeMl().cases(Path(gold), "all"):
            reading = {**empty_reading(case.document), "times": list(find_times(case.document))}
            stream.write(json.dumps(reading, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
