"""Mails and folders of mails on the command line: the same proposals, exit codes and JSON as for files."""

from __future__ import annotations

import datetime as dt
import json

from tests.commands.running import Command
from tests.commands.test_command import command  # noqa: F401
from tests.pipeline.mails import PDF, eml
from tests.pipeline.test_folder import OTHER, PARTNERS
from tests.pipeline.workbooks import SPRACHCAFE, WOHNLOTSEN, measures
from tests.stages.readers.outlook import msg

SENT = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)


def test_a_folder_of_mails_is_imported_by_their_senders_and_days(command: Command) -> None:  # noqa: F811
    assert command("import", command.file("Netzwerk.csv", PARTNERS.encode()), "--partner", "Netzwerk").code == 0
    post = command.folder / "post"
    post.mkdir()
    ole = msg([("Mappe1.xlsx", OTHER)], sender="Ole Brandt <brandt@freunde.example.org>", date=SENT)
    (post / "1.msg").write_bytes(ole)
    mail = eml([("Diakonie.xlsx", measures(WOHNLOTSEN))], signature=True, date=SENT)
    (post / "2.eml").write_bytes(mail)
    (post / "3.eml").write_bytes(mail.replace(b"Subject: ", b"Subject: WG "))

    ran = command("import", str(post), "--json")
    assert ran.code == 0, ran.out
    told = [(d["file"], d["partner"], d["outcome"], d["delivery"]) for d in ran.deliveries]
    assert told == [("Mappe1.xlsx", "Freundeskreis", "accepted", 2), ("Diakonie.xlsx", "Diakonie", "accepted", 3)]
    aside = json.loads(ran.out)["set_aside"]
    assert [(one["file"], one["mail"], one["code"]) for one in aside] == [
        ("image001.png", "2.eml", "attachment_picture"),
        ("image001.png", "3.eml", "attachment_picture"),
        ("Diakonie.xlsx", "3.eml", "file_repeated"),
    ]
    exported = json.loads(command.exported("--day", "2026-03-20"))
    assert {measure["title"] for measure in exported["measure"]} >= {"Wohnlotsen", "Chor"}
    assert not json.loads(command.exported("--day", "2026-03-19"))["measure"]

    again = command("import", str(post / "1.msg"), "--json")
    assert (again.code, again.deliveries[0]["outcome"]) == (0, "unchanged")


def test_what_is_not_certain_or_no_list_is_refused_with_a_sentence(command: Command) -> None:  # noqa: F811
    assert command("import", command.file("Netzwerk.csv", PARTNERS.encode()), "--partner", "Netzwerk").code == 0
    unsure = command.file("1.eml", eml([("Mappe1.xlsx", OTHER)], sender="neu@diakonie.example.org"))
    empty = command.file("2.eml", eml(subject="Liste folgt"))
    flyer = command.file("3.eml", eml([("Flyer.pdf", PDF), ("Liste.xlsx", measures(SPRACHCAFE))]))
    ran = command("import", unsure, empty, flyer, "--json")
    assert ran.code == 1
    first, second, third, fourth = ran.deliveries
    assert (first["outcome"], first["issues"][0]["code"]) == ("refused", "sender_unknown")
    assert first["issues"][0]["proposal"] == "Diakonie"
    assert (second["file"], second["issues"][0]["code"]) == ("Liste folgt", "mail_without_attachment")
    assert third["issues"][0]["code"] == "file_not_a_spreadsheet"
    assert fourth["issues"][0]["code"] == "sender_unknown"
    named = command("import", flyer, "--partner", "VHS")
    assert named.code == 1
    assert "Flyer.pdf" in named.err
    assert "Liste.xlsx: angenommen" in named.out
