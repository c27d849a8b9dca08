"""What docs/guide/api.md shows is what happens."""

import doctest
import re
from pathlib import Path

import httpx

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "api.md"
SHOWN = "http://127.0.0.1:8000"


def test_the_examples_of_the_guide_give_what_it_says(base: str) -> None:
    text = GUIDE.read_text("utf-8").replace(SHOWN, base)
    blocks = "\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(blocks, {}, "api.md", str(GUIDE), 0)
    assert len(test.examples) > 12
    said: list[str] = []
    failed, tried = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert (failed, tried) == (0, len(test.examples)), "".join(said)


def test_the_addresses_of_the_guide_answer(base: str) -> None:
    text = GUIDE.read_text("utf-8")
    asked = re.findall(rf"curl '{SHOWN}(/[^']+)'", text)
    assert len(asked) >= 4
    for address in asked:
        assert httpx.get(f"{base}{address}").status_code == 200, address
    known = httpx.get(f"{base}/api/v1").json()["links"]
    listed = set(re.findall(r"`([a-z.]+)(?:/ID|\?q=)?`", text[text.index("| address |") : text.index("**Filters**")]))
    assert set(known) - {"openapi.json"} <= listed
