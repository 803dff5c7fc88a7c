"""What an indicator was to reach, and to measure, before: for every chart that shows its target."""

from __future__ import annotations

from dashboard.answers.picture import Picture
from etl.rules.catalogue import EarlierTarget, Redefined, earlier_targets, redefinitions


def earlier_targets_of(picture: Picture, indicator: str) -> tuple[EarlierTarget, ...]:
    """The targets an indicator had before, as far as they are known to the picture."""
    known = picture.state.find(indicator)
    return earlier_targets((s, s.body.values) for s in known.said) if known else ()


def redefinitions_of(picture: Picture, indicator: str) -> tuple[Redefined, ...]:
    """How an indicator was defined before."""
    known = picture.state.find(indicator)
    return redefinitions((s, s.body.values) for s in known.said) if known else ()
