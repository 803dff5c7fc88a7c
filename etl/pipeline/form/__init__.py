"""A form a partner answers instead of sending a list: what it asks, the small workbook it becomes, and what that says.

The workbook is a delivery like any other: its bytes are kept, it is read by the same importer, previewed, accepted and
undone in the same way, and every answer is a cell of it.
"""
