"""The commands that come in groups: ``user``, ``mapping`` and ``report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboard.commands.command_line import (
    BERLIN,
    LANGUAGE,
    Database,
    done_with,
    help_,
    now,
    opened_store,
    parsed_day,
    parsed_instant,
)
from etl.wording import LANGUAGES, say

user_app = typer.Typer(help=help_("user"), no_args_is_help=True)
mapping_app = typer.Typer(help=help_("mapping"), no_args_is_help=True)

report_app = typer.Typer(help=help_("report"), no_args_is_help=True)


@report_app.command("minutes", help=help_("report_minutes"))
def report_minutes(
    output: Annotated[Path, typer.Option("--output", metavar="FILE.docx|.pdf", help=help_("output"))],
    day: Annotated[str | None, typer.Option("--day", metavar="YYYY-MM-DD", help=help_("minutes_day"))] = None,
    body: Annotated[str | None, typer.Option("--body", metavar="NAME", help=help_("minutes_body"))] = None,
    lang: Annotated[str, typer.Option("--language", metavar="de|en", help=help_("report_language"))] = "de",
    database: Database = None,
) -> None:
    from dashboard.commands.reports import MINUTES_AS, write_minutes

    if lang not in LANGUAGES:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_language", found=lang))
    if output.suffix.lower() not in MINUTES_AS:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_minutes"))
    today = now().astimezone(BERLIN).date()
    done_with(write_minutes(opened_store(database), output, parsed_day(day), body, today, lang))


@report_app.command("interfaces", help=help_("report_interfaces"))
def report_interfaces(
    output: Annotated[Path, typer.Option("--output", metavar="FILE.docx|.pdf|.xlsx", help=help_("output"))],
    day: Annotated[str | None, typer.Option("--day", metavar="YYYY-MM-DD", help=help_("interfaces_day"))] = None,
    contacts: Annotated[bool, typer.Option("--contacts", help=help_("interfaces_contacts"))] = False,
    lang: Annotated[str, typer.Option("--language", metavar="de|en", help=help_("report_language"))] = "de",
    database: Database = None,
) -> None:
    from dashboard.commands.reports import INTERFACES_AS, write_interfaces

    if lang not in LANGUAGES:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_language", found=lang))
    if output.suffix.lower() not in INTERFACES_AS:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_interfaces"))
    today = now().astimezone(BERLIN).date()
    done_with(write_interfaces(opened_store(database), output, parsed_day(day), today, lang, contacts=contacts))


@user_app.command("add", help=help_("user_add"))
def user_add(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help=help_("user_role"))],
    display: Annotated[str | None, typer.Option("--display-name", help=help_("user_display"))] = None,
    partner: Annotated[str | None, typer.Option("--partner", metavar="NAME", help=help_("user_partner"))] = None,
    lang: Annotated[str, typer.Option("--language", metavar="de|en", help=help_("user_language"))] = "de",
    password: Annotated[
        str, typer.Option("--password", prompt=help_("user_password"), hide_input=True, confirmation_prompt=True)
    ] = "",
    database: Database = None,
) -> None:
    from dashboard.commands.users import add

    done_with(add(opened_store(database), name, display or name, password, role, partner, lang, now()))


@user_app.command("list", help=help_("user_list"))
def user_list(database: Database = None) -> None:
    from dashboard.commands.users import listed

    for line in listed(opened_store(database), LANGUAGE):
        typer.echo(line)


@user_app.command("disable", help=help_("user_disable"))
def user_disable(name: Annotated[str, typer.Argument(metavar="NAME")], database: Database = None) -> None:
    from dashboard.commands.users import disable

    done_with(disable(opened_store(database), name, now()))


@user_app.command("password", help=help_("user_change"))
def user_password(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    password: Annotated[
        str, typer.Option("--password", prompt=help_("user_password"), hide_input=True, confirmation_prompt=True)
    ] = "",
    database: Database = None,
) -> None:
    from dashboard.commands.users import change_password

    done_with(change_password(opened_store(database), name, password, now()))


@mapping_app.command("list", help=help_("mapping_list"))
def mapping_list(
    partner: Annotated[str | None, typer.Option("--partner", metavar="NAME", help=help_("mapping_partner"))] = None,
    known_on: Annotated[str | None, typer.Option("--known-on", metavar="DATE", help=help_("known_on"))] = None,
    database: Database = None,
) -> None:
    from dashboard.commands.mappings import listed

    lines, refused = listed(opened_store(database), partner, parsed_instant(known_on), LANGUAGE)
    for line in lines:
        typer.echo(line)
    if refused:
        done_with(refused)


@mapping_app.command("set", help=help_("mapping_set"))
def mapping_set(
    partner: Annotated[str, typer.Option("--partner", metavar="NAME", help=help_("mapping_partner"))],
    heading: Annotated[str, typer.Option("--heading", metavar="TEXT", help=help_("mapping_heading"))],
    field: Annotated[str, typer.Option("--field", metavar="FIELD|keep", help=help_("mapping_field"))],
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help=help_("mapping_kind"))] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=help_("mapping_by"))] = None,
    database: Database = None,
) -> None:
    from dashboard.commands.mappings import confirm

    done_with(confirm(opened_store(database), partner, heading, field, kind, by, now(), LANGUAGE))


@mapping_app.command("forget", help=help_("mapping_forget"))
def mapping_forget(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help=help_("mapping_number"))], database: Database = None
) -> None:
    from dashboard.commands.mappings import forget

    done_with(forget(opened_store(database), number, now()))
