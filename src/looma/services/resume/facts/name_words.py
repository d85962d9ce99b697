"""English words of headings, trades, firms, streets and skills: they stand where a name could and are none."""

from importlib.resources import files

NO_NAME_WORDS = frozenset(files(__package__).joinpath("name_words.txt").read_text(encoding="utf-8").split())
"""Lower case. Words that are common given names or surnames as well (Mark, Grace, Hill, May …) stay out, unless
they head more résumés than they name people."""

PERSONAL_NAMES = frozenset(files(__package__).joinpath("personal_names.txt").read_text(encoding="utf-8").split())
"""Lower case: given names that are widely borne, and Chinese surnames as they are written in Latin script."""

TRADES = frozenset(
    [
        "engineer",
        "developer",
        "manager",
        "analyst",
        "consultant",
        "designer",
        "architect",
        "director",
        "assistant",
        "specialist",
        "administrator",
        "coordinator",
        "executive",
        "officer",
        "technician",
        "programmer",
        "teacher",
        "nurse",
        "accountant",
        "intern",
        "tester",
        "lead",
        "scientist",
        "representative",
        "supervisor",
        "associate",
        "president",
        "founder",
        "researcher",
        "editor",
        "writer",
        "lawyer",
        "attorney",
        "doctor",
        "professor",
        "instructor",
        "trainer",
        "recruiter",
        "planner",
    ]
)
"""Words that end a job title; a line with one right after a line makes that one more likely a name."""
