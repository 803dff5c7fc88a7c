"""What a file is, judged by its content and never by its extension."""

from __future__ import annotations

import struct
import zipfile
from typing import Literal

from etl.stages.readers.package import open_package, read_part
from etl.stages.readers.refusal import Refusal

Format = Literal["xlsx", "xlsm", "xlsb", "xls", "ods", "fods", "csv"]

BLANK = b" \t\r\n\x00\xa0\xef\xbb\xbf\xff\xfe"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: First bytes of what people attach by mistake.
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"RIFF", "image"),
    (b"{\\rtf", "rtf"),
    (b"ID;P", "sylk"),
    (b"TABLE\r\n0,1", "dif"),
    (b"\x00\x01\x00\x00Standard", "access"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"\x1f\x8b", "archive"),
)
MARKUP: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"<table", "html"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "excel_2003_xml"),
    (b"<?xml", "xml"),
    (b"<!doctype", "xml"),
    (b"<!--", "xml"),
    (b"<office:", "xml"),
)
MANIFEST = "META-INF/manifest.xml"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
#: A part whose name ends so tells what a zip package is.
PACKAGES: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
    ("index.zip", "numbers"),
    (".iwa", "numbers"),
)


def detect(content: bytes) -> tuple[Format, zipfile.ZipFile | None]:
    """The reader to use and, for zip packages, the opened package; raises ``Refusal`` for what no reader can take."""
    if not content.strip(BLANK):
        raise Refusal("file_empty")
    if content.startswith(b"PK"):
        package = open_package(content)
        return _package(package), package
    if content.startswith(OLE):
        return _compound(content), None
    for magic, kind in MAGIC:
        if content.startswith(magic) and not (kind == "image" and _is_text(content)):
            raise Refusal("file_not_a_spreadsheet", kind=kind)
    if _is_bare_biff(content):
        return "xls", None
    return _markup_or_text(content), None


def _package(package: zipfile.ZipFile) -> Format:
    names = package.namelist()
    lower = [name.lower().replace("\\", "/") for name in names]
    if "mimetype" in lower:
        return _open_document(package, names[lower.index("mimetype")])
    for name in lower:
        if name.endswith("workbook.bin"):
            return "xlsb"
        if name.endswith("workbook.xml"):
            return "xlsm" if "xl/vbaproject.bin" in lower else "xlsx"
    for end, kind in PACKAGES:
        if any(name.endswith(end) for name in lower):
            raise Refusal("file_not_a_spreadsheet", kind=kind)
    if any(name.startswith("xl/") for name in lower):
        raise Refusal("file_damaged", kind="xlsx")
    raise Refusal("file_not_a_spreadsheet", kind="zip")


def _open_document(package: zipfile.ZipFile, mimetype: str) -> Format:
    said = read_part(package, mimetype)
    manifest = read_part(package, MANIFEST) if MANIFEST in package.namelist() else b""
    if not said.strip().startswith(ODS_TYPE):
        raise Refusal("file_not_a_spreadsheet", kind="odt")
    if b"encryption-data" in manifest:
        raise Refusal("file_password_protected", kind="ods")
    return "ods"


def _compound(content: bytes) -> Format:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage") or holds("DRMContent"):
        raise Refusal("file_password_protected", kind="xlsx")
    if holds("WordDocument"):
        raise Refusal("file_not_a_spreadsheet", kind="doc")
    if holds("PowerPoint Document"):
        raise Refusal("file_not_a_spreadsheet", kind="ppt")
    if holds("Workbook") or holds("Book") or holds("WORKBOOK") or holds("BOOK"):
        return "xls"
    if len(content) < 1536 or holds("Root Entry") is False:
        raise Refusal("file_damaged", kind="xls")
    raise Refusal("file_not_a_spreadsheet", kind="ole")


def _is_bare_biff(content: bytes) -> bool:
    """Excel 2 to 4 wrote the stream without a container: a BOF record of 4 to 16 bytes comes first."""
    if len(content) < 8:
        return False
    record, length = struct.unpack("<HH", content[:4])
    return record in (0x0009, 0x0209, 0x0409, 0x0809) and 4 <= length <= 16


def _markup_or_text(content: bytes) -> Format:
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        lower = start.lower()
        if b"office:document" in lower and ODS_TYPE in lower:
            return "fods"
        for mark, kind in MARKUP:
            if lower.startswith(mark) or (kind == "excel_2003_xml" and mark in lower):
                raise Refusal("file_not_a_spreadsheet", kind=kind)
    if not _is_text(content):
        raise Refusal("file_not_a_spreadsheet", kind="binary")
    return "csv"


def _is_text(content: bytes) -> bool:
    """UTF-16 with a byte order mark, or no control characters but tab, line ends and form feed."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    sample = content[:65536]
    return not sample.translate(None, bytes(set(range(32, 256)) | {9, 10, 12, 13, 26})) and b"\x00" not in content
