"""English résumés as people write them: three layouts, three ways to write a date."""

from collections.abc import Callable

from .people import Degree, Month, Person, Position

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def written(person: Person) -> str:
    """The résumé of an invented person."""
    layouts = (_classic, _skills_first, _compact)
    return layouts[person.number % len(layouts)](person)


def _classic(person: Person) -> str:
    lines = [
        person.name,
        person.title,
        f"{person.city} | {person.phone} | {person.email}",
        "",
        "SUMMARY",
        f"{person.summary} {person.years} years of experience.",
        "",
        "EXPERIENCE",
    ]
    for held in person.positions:
        lines += [f"{held.title}, {held.employer}", _period(held, _short, " – ")]
        lines += [f"• {duty}" for duty in held.duties] + [""]
    lines += ["EDUCATION", *(_studied(degree) for degree in person.degrees), "", "SKILLS", ", ".join(person.skills)]
    lines += ["", "CERTIFICATIONS", *person.certificates]
    return "\n".join(lines) + "\n"


def _skills_first(person: Person) -> str:
    lines = [
        person.name.upper(),
        f"Email: {person.email}",
        f"Phone: {person.phone}",
        f"Location: {person.city}",
        "",
        "Profile",
        person.summary,
        "",
        "Skills",
        *(f"- {skill}" for skill in person.skills),
        "",
        "Education",
        *(f"{d.school}\n{d.name}, {d.major}, {d.began} - {d.ended}" for d in person.degrees),
        "",
        "Work Experience",
    ]
    for held in person.positions:
        lines += [f"{held.employer}", f"{held.title} ({_period(held, _numbers, ' - ')})"]
        lines += [f"- {duty}" for duty in held.duties] + [""]
    lines += ["Licences and certificates", *(f"- {one}" for one in person.certificates)]
    return "\n".join(lines) + "\n"


def _compact(person: Person) -> str:
    lines = [f"{person.name} — {person.title}", f"{person.email} · {person.phone} · {person.city}", ""]
    lines += ["Professional Experience"]
    for held in person.positions:
        lines += [f"{_period(held, _long, ' to ')}: {held.title} at {held.employer}", ". ".join(held.duties) + "."]
    lines += ["", "Education"]
    lines += [f"{d.name} in {d.major}, {d.school} ({d.began}–{d.ended})" for d in person.degrees]
    lines += ["", f"Skills: {', '.join(person.skills)}", f"Certifications: {', '.join(person.certificates)}", ""]
    lines += [f"About me: {person.summary}"]
    return "\n".join(lines) + "\n"


def _studied(degree: Degree) -> str:
    return f"{degree.name} {degree.major}, {degree.school}, {degree.began} – {degree.ended}"


def _short(month: Month) -> str:
    return f"{MONTHS[month[1] - 1][:3]} {month[0]}"


def _numbers(month: Month) -> str:
    return f"{month[1]:02}/{month[0]}"


def _long(month: Month) -> str:
    return f"{MONTHS[month[1] - 1]} {month[0]}"


def _period(held: Position, told: Callable[[Month], str], to: str) -> str:
    return told(held.began) + to + ("Present" if held.ended is None else told(held.ended))
