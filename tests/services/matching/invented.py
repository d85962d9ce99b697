"""Invented needs and people for the laws of scoring, drawn from a seeded generator."""

from random import Random

from looma.contracts.matching import Weights
from looma.services.matching.needs import Ask, Need, Option
from looma.services.matching.person import UNTOLD, Held, Known, Person
from looma.services.matching.scoring import credit, score, weights_of

CONCEPTS = {f"c{n}": (f"p{n % 6}", f"g{n % 3}", "top") for n in range(24)} | {
    f"p{n}": (f"g{n % 3}", "top") for n in range(6)
}
OCCUPATIONS = {f"o{n}": ((f"k{n % 3}",) if n % 2 else ()) + (f"family-{n % 4}",) for n in range(12)}


def option(chance):
    """A concept that may be asked for."""
    concept = chance.choice(sorted(CONCEPTS))
    return Option(concept, CONCEPTS[concept])


def asks(chance):
    """What an invented job asks for; `meaning` last."""
    found = [skill_ask(chance) for _ in range(chance.randint(0, 8))]
    level = chance.choice(["must", "nice"])
    if chance.random() < 0.8:
        occupation = chance.choice(sorted(OCCUPATIONS))
        found.append(Ask(Need("title", (Option(occupation, OCCUPATIONS[occupation]),)), "must", 1000, occupation))
    if chance.random() < 0.5:
        found.append(Ask(Need("experience", years=chance.choice([10, 30, 50])), level, 1000, "years"))
    if chance.random() < 0.5:
        found.append(Ask(Need("education", degree=chance.randint(0, 4)), level, 1000, "degree"))
    if chance.random() < 0.3:
        found.append(Ask(Need("major", words=(chance.choice("abc"),)), level, 1000, "field"))
    if chance.random() < 0.5:
        found.append(Ask(Need("location", words=(chance.choice("xyz"),)), "nice", 1000, "place"))
    return (*found, Ask(Need("meaning"), "nice", 1000, "title"))


def skill_ask(chance):
    """A skill, language or certificate."""
    kind = chance.choice(["skill"] * 6 + ["language", "certificate"])
    options = tuple({o.concept: o for o in (option(chance) for _ in range(chance.choice([1, 1, 1, 2])))}.values())
    years = chance.choice([0, 0, 30, 50]) if kind == "skill" else 0
    return Ask(
        Need(kind, options, years), chance.choice(["must", "nice"]), chance.choice([200, 500, 1000, 1200]), "skill"
    )


def person(chance):
    """An invented person."""
    concepts = chance.sample(sorted(CONCEPTS), chance.randint(0, 10))
    occupations = chance.sample(sorted(OCCUPATIONS), chance.randint(0, 3))
    return Person(
        skills=tuple(known(chance, concept) for concept in sorted(concepts)),
        titles=tuple(Held(o, OCCUPATIONS[o], chance.choice([600, 800, 1000])) for o in sorted(occupations)),
        years=chance.choice([UNTOLD, 0, 15, 45, 120]),
        degree=chance.randint(-1, 4),
        fields=chance.choice([(), ("a",), ("a", "b")]),
        places=chance.choice([(), ("x",), ("y", "z")]),
        fullness=chance.randint(0, 1000),
        sureness=chance.randint(0, 1000),
    )


def known(chance, concept):
    """A skill of a person."""
    return Known(concept, CONCEPTS[concept], chance.choice([UNTOLD, 5, 20, 50, 90]), chance.choice([800, 913, 1000]))


def scored(asked, one, share=UNTOLD, weights=None):
    """The score of a person for these asks, with this share of meaning."""
    given = [share if ask.need.kind == "meaning" else credit(one, ask.need).value for ask in asked]
    return score(asked, weights_of(asked, weights or Weights()), given, one)


def chances(count):
    """Generators that draw the same each time."""
    return [Random(seed) for seed in range(count)]
