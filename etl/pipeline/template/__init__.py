"""The template for a partner without a spreadsheet: ready to fill in, prefilled, and read back without a question."""

from etl.pipeline.template.checked import template_for

__all__ = ["template_for"]
