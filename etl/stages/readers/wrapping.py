"""Takes mails and archives apart, one in the other, within limits. Runs in the reading process only."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from etl.stages.readers.attached import DEEPEST, MOST, Attached, Mail, is_eml
from etl.stages.readers.detect import OLE
from etl.stages.readers.limits import Limits
from etl.stages.readers.package import BROKEN, ENCRYPTED, check_sizes, open_package
from etl.stages.readers.refusal import Refusal

_MSG = "__properties_version1.0".encode("utf-16-le")
#: Files that archives made on a Mac or by Windows hold beside their own.
_BESIDE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
#: Zip packages that are documents of their own, by a part each of them has.
_DOCUMENTS = ("[Content_Types].xml", "mimetype", "Index.zip")


def take_apart(content: bytes, limits: Limits) -> list[Attached]:
    """Everything in a mail or archive, however deep. Raises ``Refusal`` where the outermost can't be opened."""
    return Opening(limits).all_of(content)


class Opening:
    """One file being taken apart: how much came out so far."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.count = 0
        self.bytes = 0

    def all_of(self, content: bytes) -> list[Attached]:
        found = self.inside(content, "", None, 0)
        return [Attached("", content)] if found is None else list(found)

    def inside(self, content: bytes, name: str, mail: Mail | None, depth: int) -> Iterator[Attached] | None:
        """What ``content`` wraps; None where it is no wrapping."""
        if content.startswith(OLE) and _MSG in content:
            from etl.stages.readers.msg import in_msg

            return in_msg(self, content, depth)
        if content.startswith(b"PK"):
            package = open_package(content)
            names = package.namelist()
            if any(document in names for document in _DOCUMENTS):
                return None
            return self._in_zip(package, mail, depth)
        if is_eml(content):
            from etl.stages.readers.eml import in_eml

            return in_eml(self, content, depth)
        return None

    def give(self, content: bytes, name: str, mail: Mail | None, depth: int) -> Iterator[Attached]:
        """One attachment: what is in it where it is a wrapping itself, else the thing as it is."""
        self.count += 1
        self.bytes += len(content)
        if self.count > MOST:
            if self.count == MOST + 1:
                yield Attached(name, b"", mail, "too_many")
            return
        if len(content) > self.limits.file_bytes or self.bytes > self.limits.answer_bytes * 3 // 4:
            self.bytes -= len(content)
            yield Attached(name, b"", mail, "too_large")
            return
        try:
            found = self.inside(content, name, mail, depth + 1)
            if found is None:
                yield Attached(name, content, mail)
            elif depth + 1 > DEEPEST:
                yield Attached(name, b"", mail, "too_deep")
            else:
                self.bytes -= len(content)
                yield from found
        except (Refusal, *BROKEN):
            yield Attached(name, b"", mail, "damaged")

    def _in_zip(self, package: zipfile.ZipFile, mail: Mail | None, depth: int) -> Iterator[Attached]:
        check_sizes(package, self.limits)
        for part in package.infolist():
            name = PurePosixPath(part.filename.replace("\\", "/")).name
            if part.is_dir() or part.filename.startswith(_BESIDE) or name.startswith(("._", "~$")) or name in _BESIDE:
                continue
            if part.flag_bits & ENCRYPTED:
                yield Attached(name, b"", mail, "locked")
                continue
            try:
                content = package.read(part)
            except BROKEN:
                yield Attached(name, b"", mail, "damaged")
                continue
            yield from self.give(content, name, mail, depth)
