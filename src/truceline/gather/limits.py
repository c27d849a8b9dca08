"""How much is read at once: beyond these a file or a line is a problem, never a hang."""

# spaCy refuses longer texts by default: its parser needs about a gigabyte for each 100,000 words at once.
TEXT_CHARACTERS = 1_000_000
# Four bytes a character at most in UTF-8; more cannot be within the limit above.
FILE_BYTES = 4 * TEXT_CHARACTERS
# A page with its scripts and pictures inside is longer than its text; five megabytes take seconds to read.
PAGE_BYTES = 5_000_000
# A line of JSON may write each character as an escape of six bytes, and carries metadata.
JSON_LINE_BYTES = 6 * TEXT_CHARACTERS + 100_000
# The longest line of a table that is no mistake (notes of an event, a list of its sources).
TABLE_LINE_BYTES = 500_000
# The lines between the two '---' of a Markdown file.
FRONT_MATTER_CHARACTERS = 10_000
# Enough of a text to tell its language.
LANGUAGE_CHARACTERS = 2_000
