"""``make bench``: prints the ratios that README and issues speak of."""

from __future__ import annotations

import sys

from bench import folders, importing, network, overlaps, phone, previewing, provenance, room, since, viewers


def main() -> None:
    wanted = sys.argv[1:] or [
        "import",
        "folders",
        "viewers",
        "provenance",
        "previewing",
        "phone",
        "room",
        "since",
        "network",
        "overlaps",
    ]
    if "import" in wanted:
        for line in importing.run():
            print(line, flush=True)
    if "folders" in wanted:
        print(folders.run(), flush=True)
    if "viewers" in wanted:
        print(viewers.run(), flush=True)
    if "provenance" in wanted:
        print(provenance.run(), flush=True)
    if "previewing" in wanted:
        print(previewing.run(), flush=True)
    if "phone" in wanted:
        print(phone.run(), flush=True)
    if "room" in wanted:
        print(room.run(), flush=True)
    if "since" in wanted:
        for line in since.run():
            print(line, flush=True)
    if "overlaps" in wanted:
        print(overlaps.run(), flush=True)
    if "network" in wanted:
        for line in network.run():
            print(line, flush=True)


if __name__ == "__main__":
    main()
