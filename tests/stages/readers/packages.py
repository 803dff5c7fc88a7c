"""Workbooks built for the readers' tests, down to the XML where the usual writers would not write it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="170" formatCode="0.0\\ %"/></numFmts>'
    "<fonts><font/><font><strike/></font></fonts>"
    '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FF92D050"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor indexed="10"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="0" tint="-0.25"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFFFFF"/></patternFill></fill></fills>'
    '<cellXfs><xf/><xf numFmtId="170"/><xf fillId="2"/><xf fillId="3"/><xf fillId="4"/><xf fillId="5"/>'
    '<xf fontId="1"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)
PERCENT, GREEN, RED, DARKER_WHITE, WHITE, STRUCK, DATE = range(1, 8)
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme name="x">'
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    "</a:clrScheme></a:themeElements></a:theme>"
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return packed.getvalue()


def sheet_xml(data: str, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def xlsx(*sheets: str | bytes, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook of the given sheet parts, named Blatt1 and so on."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="Blatt{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{related}</Relationships>',
        "xl/styles.xml": STYLES,
        "xl/theme/theme1.xml": THEME,
    }
    for number, content in zip(numbers, sheets, strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = content
    return zipped(parts | dict(more or {}))


def ods(body: str, automatic: str = "", doctype: str = "", *, flat: bool = False) -> bytes:
    """An OpenDocument spreadsheet with the given tables and automatic styles; ``flat`` is one XML file."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    names = ("office", "table", "text", "style")
    spaces = "".join(f' xmlns:{name}="{office}{name}:1.0"' for name in names)
    spaces += f' xmlns:fo="{office}xsl-fo-compatible:1.0" xmlns:calcext="urn:org:documentfoundation:names:calc:1.0"'
    root = f'document office:mimetype="{kind}"' if flat else "document-content"
    content = (
        f"{doctype}<office:{root}{spaces}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:{root.split()[0]}>"
    )
    return content.encode() if flat else zipped({"mimetype": kind, "content.xml": content})


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of a binary part: number and length in seven bits a byte, then the body."""
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, rest = b"", len(body)
    while rest > 0x7F:
        length, rest = length + bytes([rest & 0x7F | 0x80]), rest >> 7
    return number + length + bytes([rest]) + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_styles() -> bytes:
    """Cell formats 1 to 5: a percentage, green, a theme's darker white, struck out, an indexed red."""
    fonts = [struct.pack("<HH", 200, flags) + bytes(21) for flags in (0, 0x0008)]
    none, solid = struct.pack("<I", 0), struct.pack("<I", 1)
    green = bytes([2 << 1 | 1, 0, 0, 0, 0x92, 0xD0, 0x50, 0xFF])
    theme = bytes([3 << 1 | 1, 0]) + struct.pack("<h", -8192) + bytes(4)
    red = bytes([1 << 1 | 1, 10, 0, 0, 0, 0, 0, 0])
    fills = [none + bytes(64), struct.pack("<I", 17) + bytes(64), *(solid + c + bytes(56) for c in (green, theme, red))]
    formats = [(0, 0, 0), (170, 0, 0), (0, 0, 2), (0, 0, 3), (0, 1, 0), (0, 0, 4)]
    return (
        record(615, struct.pack("<I", 1))
        + record(44, struct.pack("<H", 170) + wide("0.0%"))
        + record(616)
        + b"".join(record(43, font) for font in fonts)
        + b"".join(record(45, fill) for fill in fills)
        + record(47, bytes(16))
        + record(617, struct.pack("<I", len(formats)))
        + b"".join(record(47, struct.pack("<4H", 0, *parts) + bytes(8)) for parts in formats)
        + record(618)
    )


def xlsb(sheet: bytes, comments: bytes = b"") -> bytes:
    """A binary workbook of one sheet, given as the records inside and after its data."""
    office = f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{OFFICE}/'
    return zipped(
        {
            "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
            "_rels/.rels": office + 'officeDocument" Target="xl/workbook.bin"/></Relationships>',
            "xl/workbook.bin": b"".join(
                record(number, body)
                for number, body in (
                    (131, b""),
                    (153, bytes(12)),
                    (143, b""),
                    (156, struct.pack("<II", 0, 1) + wide("r") + wide("Liste")),
                    (144, b""),
                    (132, b""),
                )
            ),
            "xl/_rels/workbook.bin.rels": office + 'worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/worksheets/sheet1.bin": record(129) + record(148, struct.pack("<4I", 0, 9, 0, 9)) + sheet + record(130),
            "xl/worksheets/_rels/sheet1.bin.rels": office + 'comments" Target="../comments1.bin"/></Relationships>',
            "xl/comments1.bin": comments,
            "xl/styles.bin": binary_styles(),
            "xl/theme/theme1.xml": THEME,
        }
    )
