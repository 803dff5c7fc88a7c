"""The readers behind ``read_workbook``: one module per format, run in a limited child process.

``worker`` is the parent's side, ``child`` the other end of the pipe, ``wire`` what travels between them;
``detect`` decides by content which of ``xlsx``, ``xlsb``, ``xls``, ``ods`` and ``text`` reads the bytes.
"""
