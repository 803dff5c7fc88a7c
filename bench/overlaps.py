"""What the search for similar offers costs over ten times as many measures: at most 15 times as much CPU."""

from __future__ import annotations

import datetime as dt
import random
import time

from etl.pipeline.picture.rated import load_thresholds
from etl.rules.overlaps import overlapping
from etl.rules.records import Measure

FEW, MANY, BAR = 1_000, 10_000, 15
_RUNS = 3
_WORDS = (
    *("Sprachcafé", "Abendkurs", "Nähcafé", "Mietlotsen", "Lernpaten", "Erstberatung", "Jobcoaching", "Elterntreff"),
    *("Fahrradkurs", "Schwimmkurs", "Anerkennungsberatung", "Hausaufgabenhilfe", "Dolmetscherpool", "Frauentreff"),
    *("Alphabetisierung", "Berufssprachkurs", "Gesundheitslotsen", "Praktikumsbörse", "Theatergruppe", "Repaircafé"),
)
_BESIDE = ("in der Nordstadt", "B1", "A2", "für Frauen", "mit Kinderbetreuung", "am Samstag", "im Quartier", "plus")
_GROUPS = ("women", "refugees", "families", "children_youth", "new_immigrants", "people_with_migration_history")


def measures(number: int) -> list[Measure]:
    """The same twenty kinds of offers, six target groups and forty places however many there are: the more measures,
    the more of them are alike."""
    chance = random.Random(number)
    return [
        Measure(
            key=f"measure-{n:05}",
            title=f"{chance.choice(_WORDS)} {chance.choice(_BESIDE)}",
            description=f"{chance.choice(_WORDS)} und Begleitung, Gruppe {n}",
            partner=f"partner-{n % 200}",
            target_group=(chance.choice(_GROUPS),),
            location=f"Ort {chance.randrange(40)}" if chance.random() < 0.8 else None,
            start=dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(300)),
            end=dt.date(2027, 6, 30),
            status="running",
        )
        for n in range(number)
    ]


def run() -> str:
    """CPU seconds of both, the best of some runs, and how many pairs each proposes; a line for people."""
    _cpu(measures(100))  # words and themes are read once
    few, many = (_cpu(measures(number)) for number in (FEW, MANY))
    return (
        f"overlaps: {MANY} measures take {many[0] / few[0]:.1f} times the CPU of {FEW} "
        f"({many[0]:.1f} s, {few[0]:.2f} s; {many[1]} and {few[1]} pairs); bar {BAR}"
    )


def _cpu(network: list[Measure]) -> tuple[float, int]:
    taken, pairs = [], 0
    for _ in range(_RUNS):
        begun = time.process_time()
        pairs = len(overlapping(network, load_thresholds()))
        taken.append(time.process_time() - begun)
    return min(taken), pairs
