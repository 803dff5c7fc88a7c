"""The dashboard without „woher?“ under the numbers of a goal's page: what the provenance benchmark compares with."""

from __future__ import annotations

from dashboard.parts import goal_view
from dashboard.shell.frame import run

goal_view.where_from_popover = lambda *_, **__: None

run()
