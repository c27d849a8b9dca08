"""What a speaker goes by, as far as he says."""

import pytest
from passages import Passages

from truceline.model.claim import Evidence


@pytest.mark.parametrize(
    ("text", "trigger", "evidence"),
    [
        ("Fishermen said they saw soldiers burn the boats.", "burn", "saw"),
        ("Soldiers were seen burning the boats.", "burning", "saw"),
        ("A witness said soldiers had burned the boats.", "burned", "saw"),
        ("Fishermen heard soldiers shooting at the boats.", "shooting", "heard"),
        ("Explosions were heard behind the harbour.", "Explosions", "heard"),
        ("The mayor heard that soldiers had burned the boats.", "burned", "told"),
        ("The mayor said he had been told that soldiers had burned the boats.", "burned", "told"),
        ("Footage shows soldiers burning the boats.", "burning", "video"),
        ("Drone pictures show that soldiers burned the boats.", "burned", "video"),
        ("A photograph shows that soldiers burned the boats.", "burned", "photo"),
        ("Satellite images show that soldiers burned the boats.", "burned", "satellite"),
        ("Images from a satellite show that soldiers burned the boats.", "burned", "satellite"),
        ("The analyst, basing himself on radar data, said that soldiers burned the boats.", "burned", "sensor"),
        ("Intercepted calls show that soldiers burned the boats.", "burned", "intercept"),
        ("A leaked memo shows that soldiers burned the boats.", "burned", "document"),
        ("The mayor said in a letter that soldiers had burned the boats.", "burned", "none"),
        ("The mayor said that soldiers had burned the boats.", "burned", "none"),
        ("Soldiers burned the boats.", "burned", "none"),
        ("The groups were told to leave the harbour.", "leave", "none"),
        ("Monitors will count the boats that soldiers burned.", "burned", "none"),
        ("Monitors counted six boats and said that soldiers had burned them.", "burned", "none"),
        ("Guards watch over the boats that soldiers burned.", "burned", "none"),
    ],
)
def test_the_basis_is_what_the_speaker_gives(read: Passages, text: str, trigger: str, evidence: str) -> None:
    assert read(text).claim(trigger).evidence is Evidence(evidence)


def test_what_one_did_not_see_is_no_basis(read: Passages) -> None:
    assert read("The mayor did not see soldiers burn the boats.").claim("burn").evidence is Evidence.NONE
