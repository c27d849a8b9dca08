"""Text with nothing hidden in it: what no eye sees and a terminal would obey, shown by its picture."""

# Control characters by their pictures, one for one; what has no picture by the replacement character.
PICTURES = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t\r"},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
# Marks that make other letters run backwards. A page holds each text apart from the next; a terminal cannot.
OVERRIDES = dict.fromkeys((0x202D, 0x202E), 0xFFFD)
BREAKS = {ord("\n"): 0x240A, ord("\r"): 0x240D, ord("\t"): 0x20, 0x2028: 0x240A, 0x2029: 0x240A}
TERMINAL = PICTURES | OVERRIDES | {ord("\r"): 0x240D}
LINE = TERMINAL | BREAKS


def visible(text: str) -> str:
    """The text with control characters shown as pictures, one for one: nothing hides, no offset moves."""
    return text.translate(PICTURES)


def visible_in_terminal(text: str) -> str:
    """The same, and nothing in it turns the direction of the line or goes back over it."""
    return text.translate(TERMINAL)


def visible_line(text: str) -> str:
    """The same on one line."""
    return text.translate(LINE)
