"""Mails and archives are taken apart in the reading process: what is attached, from whom, when, and what is no list."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest

from etl.issues import DeliveryRefused
from etl.stages.open_mail import is_wrapping, open_mail
from etl.stages.read_workbook import read_workbook
from etl.stages.readers.limits import DEFAULT
from tests.pipeline.mails import PNG, eml, message
from tests.pipeline.workbooks import SPRACHCAFE, measures
from tests.stages.readers.outlook import mail_tree, msg

SENT = dt.datetime(2026, 10, 21, 8, 4, tzinfo=dt.UTC)
LIST = measures(SPRACHCAFE)
DIAKONIE = "Mara Sandvoß <sandvoss@diakonie.example.org>"


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def told(content: bytes, name: str = "Mail.eml") -> list[tuple[str, str]]:
    return [(one.name, one.why) for one in open_mail(content, name)]


@pytest.mark.parametrize("write", [eml, msg], ids=["eml", "msg"])
def test_what_is_attached_comes_out_with_the_mails_own_headers(write: object) -> None:
    content = write([("Liste Überblick.xlsx", LIST)], sender=DIAKONIE, subject="AW: Rückmeldung", date=SENT)  # type: ignore[operator]
    assert is_wrapping(content, "egal")
    [found] = open_mail(content, "egal")
    assert (found.name, found.why, found.content) == ("Liste Überblick.xlsx", "", LIST)
    assert found.mail is not None
    assert (found.mail.from_name, found.mail.from_address) == ("Mara Sandvoß", "sandvoss@diakonie.example.org")
    assert (found.mail.subject, found.mail.date) == ("AW: Rückmeldung", SENT)


def test_a_mail_in_an_outlook_mail_says_who_wrote_it_first() -> None:
    inner = mail_tree([("Liste.xlsx", LIST)], sender=DIAKONIE, subject="Unsere Liste", date=SENT)
    outer = msg(sender="Amt <amt@lindenmark.example.org>", subject="WG: Unsere Liste", forwarded=[inner])
    [found] = open_mail(outer, "WG.msg")
    assert found.content == LIST
    assert found.mail is not None
    assert (found.mail.from_address, found.mail.date) == ("sandvoss@diakonie.example.org", SENT)


def test_a_mail_in_a_mail_in_an_archive_is_found() -> None:
    outer = message([], sender="Amt <amt@lindenmark.example.org>", subject="WG")
    outer.add_attachment(message([("Liste.xlsx", LIST)], sender=DIAKONIE))
    [found] = open_mail(zipped({"Post/WG.eml": outer.as_bytes(), "__MACOSX/._WG.eml": b"x"}), "Post.zip")
    assert found.content == LIST
    assert found.mail is not None
    assert found.mail.from_address == "sandvoss@diakonie.example.org"


def test_pictures_signatures_and_wrappings_are_told_apart() -> None:
    mail = message([("Liste.xlsx", LIST)], signature=True)
    mail.add_attachment(b"x", "application", "pkcs7-signature", filename="smime.p7s")
    mail.add_attachment(b"BEGIN:VCARD", "text", "vcard", filename="Karte.vcf")
    mail.add_attachment(b"x\x9f\x3e\x22", "application", "ms-tnef", filename="winmail.dat")
    mail.add_attachment(b"x", "application", "pkcs7-mime", filename="smime.p7m")
    mail.add_attachment(PNG, "image", "png", filename="IMG_4711.png")
    assert told(mail.as_bytes()) == [
        ("image001.png", "inline"),
        ("Liste.xlsx", ""),
        ("smime.p7s", "signature"),
        ("Karte.vcf", "signature"),
        ("winmail.dat", "winmail"),
        ("smime.p7m", "encrypted"),
        ("IMG_4711.png", ""),
    ]


@pytest.mark.parametrize("write", [eml, msg], ids=["eml", "msg"])
def test_a_mail_without_attachment_is_told_by_its_subject(write: object) -> None:
    assert told(write(subject="Liste kommt noch")) == [("Liste kommt noch", "no_attachment")]  # type: ignore[operator]


def test_a_mail_with_only_a_logo_has_no_attachment() -> None:
    assert told(eml(subject="Hallo", signature=True)) == [("image001.png", "inline"), ("Hallo", "no_attachment")]


def test_mails_in_mails_end_somewhere() -> None:
    mail = message([("Liste.xlsx", LIST)])
    for _ in range(9):
        outer = message([])
        outer.add_attachment(mail)
        mail = outer
    assert [why for _, why in told(mail.as_bytes())] == ["too_deep"]


def test_an_archive_of_very_many_files_is_not_read_to_its_end() -> None:
    found = told(zipped({f"{number}.csv": b"a;b" for number in range(400)}), "Viele.zip")
    assert len(found) == 301
    assert found[-1][1] == "too_many"


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("null.csv", bytes(30_000_000))
    with pytest.raises(DeliveryRefused) as refused:
        open_mail(out.getvalue(), "Bombe.zip")
    assert refused.value.issue.code == "file_too_large"


def test_an_attachment_beyond_the_limit_is_told_and_the_others_come_out() -> None:
    content = eml([("Groß.xlsx", bytes(90_000)), ("Liste.xlsx", LIST)])
    found = open_mail(content, "Mail.eml", replace(DEFAULT, file_bytes=len(content), answer_bytes=100_000))
    assert [(one.name, one.why) for one in found] == [("Groß.xlsx", "too_large"), ("Liste.xlsx", "")]


def read_all(content: bytes) -> None:
    """As the pipeline does: what can't be told for a mail any more is tried as a list."""
    for one in open_mail(content, "Mail.msg"):
        assert not one.why
        read_workbook(one.content, one.name)


@pytest.mark.parametrize("cut", [600, 1500, -1500, -700, -100])
def test_a_torn_outlook_mail_ends_in_a_sentence(cut: int) -> None:
    with pytest.raises(DeliveryRefused) as refused:
        read_all(msg([("Liste.xlsx", LIST)], sender=DIAKONIE)[:cut])
    assert refused.value.issue.code in ("file_damaged", "file_not_a_spreadsheet")


def test_a_broken_header_does_not_hide_the_list() -> None:
    content = b"From: =?utf-8?q?\xff?= <<>@@ ;\r\nDate: gestern\r\n" + eml([("Liste.xlsx", LIST)]).replace(
        b"From:", b"X-From:"
    )
    [found] = open_mail(content, "Mail.eml")
    assert found.content == LIST
    assert found.mail is not None
    assert found.mail.date is None


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (LIST, "Liste.xlsx"),
        (LIST, "Liste.xls"),
        (b"Massnahme;Status\nChor;laufend\n", "Mail.csv"),
        (b"Von: VHS\nAn: Amt\nBetreff: Kurse\n", "Text.txt"),
    ],
)
def test_lists_are_no_wrappings(content: bytes, name: str) -> None:
    assert not is_wrapping(content, name)


def test_a_workbook_called_zip_comes_back_as_itself() -> None:
    [found] = open_mail(LIST, "Liste.zip")
    assert (found.name, found.content, found.mail) == ("Liste.zip", LIST, None)
