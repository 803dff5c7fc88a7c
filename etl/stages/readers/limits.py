"""How much one file may cost."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for reading one file.

    ``file_bytes`` as received; ``unpacked_bytes`` for all parts of a zip package together; above ``packing_ratio``
    a part of more than ``ratio_counts_from`` bytes is taken for a zip bomb; ``cells`` is the sum of the used ranges;
    ``seconds`` bounds both the processor time and the wall clock; ``memory_bytes`` is what the child may take beyond
    what it needs idle; ``answer_bytes`` is what it may hand over (100,000 × 20 cells take a quarter of it).
    """

    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 400 * MEGABYTE
    packing_ratio: int = 250
    ratio_counts_from: int = 20 * MEGABYTE
    cells: int = 2_500_000
    seconds: int = 60
    memory_bytes: int = 512 * MEGABYTE
    answer_bytes: int = 128 * MEGABYTE


DEFAULT = Limits()
