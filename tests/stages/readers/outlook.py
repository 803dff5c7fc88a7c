"""Outlook mails (msg) for tests: a small writer of compound files. Source of the layout: Microsoft's MS-CFB."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Mapping, Sequence

Tree = Mapping[str, "bytes | Tree"]
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def msg(
    files: Sequence[tuple[str, bytes]] = (),
    *,
    sender: str = "Irgendwer <irgendwer@anderswo.example>",
    subject: str = "Rückmeldung",
    date: dt.datetime | None = None,
    forwarded: Sequence[Tree] = (),
) -> bytes:
    """A mail as Outlook saves it; ``forwarded`` are mails (``mail_tree``) attached to it."""
    return compound(mail_tree(files, sender=sender, subject=subject, date=date, forwarded=forwarded, top=True))


def mail_tree(
    files: Sequence[tuple[str, bytes]] = (),
    *,
    sender: str = "Irgendwer <irgendwer@anderswo.example>",
    subject: str = "Rückmeldung",
    date: dt.datetime | None = None,
    forwarded: Sequence[Tree] = (),
    top: bool = False,
) -> Tree:
    name, _, address = sender.rstrip(">").partition(" <")
    tree: dict[str, bytes | Tree] = {
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_0C1A001F": name.encode("utf-16-le"),
        "__substg1.0_5D01001F": address.encode("utf-16-le"),
    }
    fixed = b""
    if date is not None:
        ticks = int((date - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)) / dt.timedelta(microseconds=1)) * 10
        fixed = struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks)
    tree["__properties_version1.0"] = bytes(32 if top else 24) + fixed
    for number, (file, content) in enumerate(files):
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3707001F": file.encode("utf-16-le"),
            "__substg1.0_37010102": content,
        }
    for number, mail in enumerate(forwarded, len(files)):
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3701000D": mail,
        }
    return tree


def compound(tree: Tree) -> bytes:
    """A compound file with these storages and streams."""
    entries: list[tuple[str, int, bytes, list[int]]] = [("Root Entry", 5, b"", [])]

    def add(parent: int, held: Tree) -> None:
        for name, content in sorted(held.items(), key=lambda item: (len(item[0]), item[0].upper())):
            number = len(entries)
            entries[parent][3].append(number)
            entries.append((name, 2 if isinstance(content, bytes) else 1, b"", []))
            if isinstance(content, bytes):
                entries[number] = (name, 2, content, [])
            else:
                add(number, content)

    add(0, tree)
    return _written(entries)


def _written(entries: list[tuple[str, int, bytes, list[int]]]) -> bytes:
    mini, minifat, starts = b"", [], {}
    for number, (_, kind, content, _) in enumerate(entries):
        if kind == 2 and 0 < len(content) < _CUTOFF:
            starts[number] = len(minifat)
            count = -(-len(content) // _MINI)
            minifat += [*range(len(minifat) + 1, len(minifat) + count), _END]
            mini += content.ljust(count * _MINI, b"\0")
    sectors, fat = [], []

    def put(content: bytes) -> int:
        if not content:
            return _END
        start, count = len(fat), -(-len(content) // _SECTOR)
        padded = content.ljust(count * _SECTOR, b"\0")
        sectors.extend(padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR))
        fat.extend([*range(start + 1, start + count), _END])
        return start

    for number, (_, kind, content, _) in enumerate(entries):
        if kind == 2 and len(content) >= _CUTOFF:
            starts[number] = put(content)
    starts[0] = put(mini)
    minifat_start = put(struct.pack(f"<{len(minifat)}I", *minifat).ljust(-(-len(minifat) // 128) * 512, b"\xff"))
    directory = put(b"".join(_entry(n, entries, starts, len(mini)) for n in range(len(entries))))
    tables = 1
    while (len(fat) + tables) * 4 > tables * _SECTOR:
        tables += 1
    first = len(fat)
    fat += [_FAT] * tables
    sectors += [
        part.ljust(_SECTOR, b"\xff")
        for at in range(tables)
        for part in [struct.pack(f"<{len(fat[at * 128 : at * 128 + 128])}I", *fat[at * 128 : at * 128 + 128])]
    ]
    minis = -(-len(minifat) // 128)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, directory, 0, _CUTOFF, minifat_start, minis, _END, 0)
    head += struct.pack("<109I", *([*range(first, first + tables)] + [_FREE] * (109 - tables)))
    return head + b"".join(sectors)


def _entry(number: int, entries: list[tuple[str, int, bytes, list[int]]], starts: dict[int, int], mini: int) -> bytes:
    name, kind, content, children = entries[number]
    right = _NONE  # children hang in a chain to the right, which readers take as a tree
    for _, _, _, siblings in entries:
        if number in siblings and siblings.index(number) + 1 < len(siblings):
            right = siblings[siblings.index(number) + 1]
    encoded = name.encode("utf-16-le") + b"\0\0"
    size = mini if kind == 5 else len(content)
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, _NONE, right, children[0] if children else _NONE)
        + bytes(36)
        + struct.pack("<IQ", starts.get(number, _END if size == 0 else 0), size)
    )
