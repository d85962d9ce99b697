"""Invented people: what their résumés say, composed from blocks that were written for each occupation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .dice import Dice
from .records import table

NOW = (2025, 6)
"""Month that the résumés were written in."""
EXPERIENCE = (2, 4, 6, 9, 13)
"""Years of work of the first, second … person of an occupation."""
LEVELS = ((3, 0), (7, 1), (99, 2))
"""Up to so many years of work, so high a title."""

Month = tuple[int, int]


@dataclass(frozen=True)
class Position:
    """One job that somebody held; `ended` is None for the present one."""

    employer: str
    title: str
    began: Month
    ended: Month | None
    duties: list[str]


@dataclass(frozen=True)
class Degree:
    """One degree, with the years of beginning and end."""

    school: str
    name: str
    major: str
    began: int
    ended: int


@dataclass(frozen=True)
class Person:
    """All that a résumé says; `number` is the place among the people of one language."""

    number: int
    name: str
    email: str
    phone: str
    city: str
    title: str
    summary: str
    years: int
    positions: list[Position]
    degrees: list[Degree]
    skills: list[str]
    certificates: list[str]


def invented(language: Literal["zh", "en"], count: int) -> Iterator[Person]:
    """`count` people, taking turns through the occupations of the language, each with more experience than the last."""
    blocks = table(f"occupations-{language}")
    occupations = blocks["occupation"]
    for number in range(count):
        occupation = occupations[number % len(occupations)]
        dice = Dice(f"{language} {number}")
        city = dice.one(occupation["cities"])
        naming = _chinese if language == "zh" else _english
        yield _person(blocks, occupation, number, dice, {"city": city, **naming(blocks, number, city)})


def _person(
    blocks: Mapping[str, Any], occupation: Mapping[str, Any], number: int, dice: Dice, named: Mapping[str, str]
) -> Person:
    years = EXPERIENCE[number // len(blocks["occupation"]) % len(EXPERIENCE)]
    positions = _positions(occupation, years, dice)
    certificates = occupation["certificates"]
    return Person(
        number=number,
        title=positions[0].title,
        summary=dice.one(occupation["summary"]),
        years=years,
        positions=positions,
        degrees=_degrees(blocks, occupation, NOW[0] - years, dice),
        skills=_skills(occupation, dice),
        certificates=certificates[: 1 + dice.below(len(certificates))],
        **named,
    )


def _positions(occupation: Mapping[str, Any], years: int, dice: Dice) -> list[Position]:
    """The positions of `years` years of work up to now, the latest first; no duty twice."""
    count = 1 if years < 3 else 2 if years < 8 else 3
    employers = dice.some(count, occupation["employers"])
    duties, leading = _duties(occupation, dice)
    late = dice.below(4)
    start, length = (NOW[0] - years) * 12 + NOW[1] + late, (years * 12 - late) // count
    working = dice.below(6) > 0
    positions = []
    for index in range(count):
        began = start + index * length + (dice.below(3) if index else 0)
        last = index == count - 1
        ended = start + (index + 1) * length - (dice.between(2, 4) if last else 1)
        held = (began - start) // 12 + (length // 12 if last else 1)
        share = duties[index::count][: dice.between(2, 4)] + (leading[:1] if last and years > LEVELS[0][0] else [])
        positions.append(
            Position(
                employer=employers[index],
                title=occupation["titles"][next(level for most, level in LEVELS if held < most)],
                began=_month(began),
                ended=None if last and working else _month(ended),
                duties=[_filled(duty, dice) for duty in share],
            )
        )
    return positions[::-1]


def _duties(occupation: Mapping[str, Any], dice: Dice) -> tuple[list[str], list[str]]:
    """What everybody of the occupation does, and what experienced people do, both in an order of chance."""
    duties = dice.some(len(occupation["duties"]), occupation["duties"])
    leading = [duty.removeprefix("+") for duty in duties if duty.startswith("+")]
    return [duty for duty in duties if not duty.startswith("+")], leading


def _skills(occupation: Mapping[str, Any], dice: Dice) -> list[str]:
    core, more = occupation["skills"][:3], occupation["skills"][3:]
    return [*core, *dice.some(dice.between(3, 5), more)]


def _degrees(blocks: Mapping[str, Any], occupation: Mapping[str, Any], graduated: int, dice: Dice) -> list[Degree]:
    """The degrees up to the year of graduation, the highest first; whoever has a master's had a bachelor's before."""
    name, major = dice.one(occupation["degrees"]), dice.one(occupation["majors"])
    schools = _schools(blocks, occupation, vocational=name in ("大专", "中专"))
    lengths = {"硕士": 3, "大专": 3, "中专": 3, "MSc": 1, "MA": 2, "MEng": 2, "JD": 3, "Diploma": 2, "本科": 4}
    before = {"硕士": "本科", "MSc": "BSc", "MA": "BA", "MEng": "BEng", "JD": "BA"}
    began = graduated - lengths.get(name, 3)
    degrees = [Degree(dice.one(schools), name, major, began, graduated)]
    if name in before:
        first = before[name]
        subject = "Political Science" if name == "JD" else major
        degrees.append(Degree(dice.one(schools), first, subject, began - lengths.get(first, 3), began))
    return degrees


def _schools(blocks: Mapping[str, Any], occupation: Mapping[str, Any], *, vocational: bool) -> list[str]:
    """The schools that give such a degree in such a subject."""
    found = [school for school in blocks[occupation["schools"]] if ("职业" in school) == vocational]
    return found or list(blocks["colleges"])


def _filled(duty: str, dice: Dice) -> str:
    return duty.replace("{n}", str(dice.between(4, 9))).replace("{p}", str(dice.between(12, 38)))


def _month(count: int) -> Month:
    return (count - 1) // 12, (count - 1) % 12 + 1


def _chinese(blocks: Mapping[str, Any], number: int, _city: str) -> dict[str, str]:
    surname, latin = blocks["surnames"][number * 7 % len(blocks["surnames"])].split()
    given, given_latin = blocks["given_names"][number % len(blocks["given_names"])].split()
    domain = ("example.com", "example.org", "example.net")[number % 3]
    email = f"{given_latin}.{latin}{number + 1}@{domain}"
    return {"name": surname + given, "email": email, "phone": f"138 0000 0{number + 101}"}


_AREAS = {"San Francisco": 415, "Chicago": 312, "Boston": 617, "Austin": 512, "New York": 212, "Toronto": 416}


def _english(blocks: Mapping[str, Any], number: int, city: str) -> dict[str, str]:
    surname = blocks["surnames"][number * 7 % len(blocks["surnames"])]
    given = blocks["given_names"][number % len(blocks["given_names"])]
    area = _AREAS.get(city)
    phone = f"({area}) 555-0{number + 100}" if area else f"+44 20 7946 0{number + 100}"
    domain = ("example.com", "example.org", "example.net")[number % 3]
    return {"name": f"{given} {surname}", "email": f"{given}.{surname}@{domain}".lower(), "phone": phone}
