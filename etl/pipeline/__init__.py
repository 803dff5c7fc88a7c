"""From a partner's file to facts and back: preview, accept, undo, export."""

from etl.pipeline.accept import Accepted, StaleComparison, accept_delivery
from etl.pipeline.export import export_state
from etl.pipeline.preview import Preview, preview_delivery
from etl.pipeline.undo import undo_delivery

__all__ = [
    "Accepted",
    "Preview",
    "StaleComparison",
    "accept_delivery",
    "export_state",
    "preview_delivery",
    "undo_delivery",
]
