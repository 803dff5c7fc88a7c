"""Workbooks built for the readers' tests, down to the XML where the usual writers would not write it."""

from __future__ import annotations

import io
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


def ods(body: str, automatic: str = "") -> bytes:
    """An OpenDocument spreadsheet with the given tables and automatic styles."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    names = ("office", "table", "text", "style")
    spaces = "".join(f' xmlns:{name}="{office}{name}:1.0"' for name in names)
    spaces += f' xmlns:fo="{office}xsl-fo-compatible:1.0" xmlns:calcext="urn:org:documentfoundation:names:calc:1.0"'
    content = (
        f"<office:document-content{spaces}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})
