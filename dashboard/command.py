"""The command ``rundertisch``. Loads Streamlit only for ``serve`` and ``demo``."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from etl.settings import database_url, language
from etl.wording import LANGUAGES, say

BERLIN = ZoneInfo("Europe/Berlin")
LANGUAGE = language()


def _help(key: str) -> str:
    return say(LANGUAGE, f"command.{key}")


app = typer.Typer(
    name="rundertisch", help=_help("about"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
user_app = typer.Typer(help=_help("user"), no_args_is_help=True)
app.add_typer(user_app, name="user")
mapping_app = typer.Typer(help=_help("mapping"), no_args_is_help=True)
app.add_typer(mapping_app, name="mapping")

report_app = typer.Typer(help=_help("report"), no_args_is_help=True)
app.add_typer(report_app, name="report")

Database = Annotated[str | None, typer.Option("--database", metavar="URL", help=_help("database"))]
_named_first: ContextVar[str | None] = ContextVar("database", default=None)
Day = Annotated[str | None, typer.Option("--day", metavar="YYYY-MM-DD", help=_help("day"))]


@app.callback()
def common(database: Database = None) -> None:
    """``--database`` may stand before the subcommand too; one behind it wins."""
    _named_first.set(database)


def main() -> None:
    """Entry point: UTF-8 on every terminal, warnings to stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    app()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _parsed_day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_day", found=text)) from error


def _parsed_instant(text: str | None) -> dt.datetime | None:
    """A date means the end of that day in Berlin; anything longer is an instant (in Berlin where it names no zone)."""
    if text is None:
        return None
    try:
        if len(text) == 10:
            return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(23, 59, 59, 999999), BERLIN)
        instant = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_day", found=text)) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=BERLIN)


def _store(database: str | None) -> Any:
    from sqlalchemy.exc import SQLAlchemyError

    from etl.model.store import open_store

    try:
        return open_store(database_url(database or _named_first.get()))
    except SQLAlchemyError as error:
        logging.getLogger("rundertisch").debug("open_store failed", exc_info=error)
        _tell(say(LANGUAGE, "command.no_store"))
        raise typer.Exit(2) from None


def _tell(text: str) -> None:
    typer.echo(text, err=True)


@app.command(help=_help("import"))
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=_help("paths"))],
    partner: Annotated[str | None, typer.Option("--partner", metavar="NAME", help=_help("partner"))] = None,
    day: Day = None,
    preview: Annotated[bool, typer.Option("--preview", help=_help("preview"))] = False,
    json: Annotated[bool, typer.Option("--json", help=_help("json"))] = False,
    withhold: Annotated[
        list[str] | None, typer.Option("--withhold", metavar="SHEET!A:C", help=_help("withhold"))
    ] = None,
    database: Database = None,
) -> None:
    from dashboard.commands.deliveries import import_files, told

    if withhold and (len(paths) != 1 or paths[0].is_dir()):
        raise typer.BadParameter(say(LANGUAGE, "command.withhold_one_file"))
    store = _store(database)
    imported = import_files(
        store,
        paths,
        partner=partner,
        day=_parsed_day(day),
        preview_only=preview,
        clock=_now,
        language=LANGUAGE,
        withhold=withhold or (),
    )
    if json:
        import simplejson

        typer.echo(simplejson.dumps(imported.as_json(), ensure_ascii=False, indent=1))
    else:
        for entry in imported.deliveries:
            for line, to_stderr in told(entry, LANGUAGE):
                typer.echo(line, err=to_stderr)
        for beside in imported.set_aside:
            _tell(beside["message"])
    if imported.bad:
        raise typer.Exit(1)


@app.command(help=_help("undo"))
def undo(
    delivery: Annotated[int, typer.Argument(metavar="DELIVERY", help=_help("delivery"))], database: Database = None
) -> None:
    from etl.pipeline.undo import NothingToUndo, undo_delivery

    try:
        undo_delivery(_store(database), delivery, now=_now())
    except NothingToUndo as nothing:
        _tell(say(LANGUAGE, f"command.undo_{nothing.reason}", number=delivery))
        raise typer.Exit(1) from None
    typer.echo(say(LANGUAGE, "command.undone", number=delivery))


@app.command(help=_help("export"))
def export(
    format: Annotated[str, typer.Option("--format", metavar="json|xlsx|csv", help=_help("format"))],
    output: Annotated[Path, typer.Option("--output", metavar="PATH", help=_help("output"))],
    day: Day = None,
    known_on: Annotated[str | None, typer.Option("--known-on", metavar="DATE", help=_help("known_on"))] = None,
    database: Database = None,
) -> None:
    from dashboard.commands.exports import write_export

    if format not in {"json", "xlsx", "csv"}:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_format", found=format))
    today = _now().astimezone(BERLIN).date()
    write_export(_store(database), format, output, _parsed_day(day), _parsed_instant(known_on), today)
    _tell(say(LANGUAGE, "command.exported", path=str(output)))


@app.command(help=_help("template"))
def template(
    partner: Annotated[str, typer.Option("--partner", metavar="NAME", help=_help("template_partner"))],
    output: Annotated[Path, typer.Option("--output", metavar="FILE.xlsx", help=_help("output"))],
    lang: Annotated[str, typer.Option("--language", metavar="de|en", help=_help("template_language"))] = "de",
    database: Database = None,
) -> None:
    from dashboard.commands.exports import write_template

    if lang not in LANGUAGES:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_language", found=lang))
    if output.suffix.lower() != ".xlsx" or not partner.strip():
        raise typer.BadParameter(say(LANGUAGE, "command.bad_template"))
    write_template(_store(database), partner.strip(), output, lang, _now())
    _tell(say(LANGUAGE, "command.template_written", path=str(output), partner=partner.strip()))


@app.command("return", help=_help("return"))
def return_(
    delivery: Annotated[int, typer.Argument(metavar="DELIVERY", help=_help("delivery"))],
    output: Annotated[Path, typer.Option("--output", metavar="FILE.xlsx", help=_help("output"))],
    lang: Annotated[str, typer.Option("--language", metavar="de|en", help=_help("return_language"))] = "de",
    database: Database = None,
) -> None:
    from dashboard.commands.exports import write_marked

    _check_workbook(lang, output)
    _done(write_marked(_store(database), delivery, output, lang))


@app.command(help=_help("prefill"))
def prefill(
    partner: Annotated[str, typer.Option("--partner", metavar="NAME", help=_help("prefill_partner"))],
    output: Annotated[Path, typer.Option("--output", metavar="FILE.xlsx", help=_help("output"))],
    number: Annotated[int | None, typer.Option("--delivery", metavar="NUMBER", help=_help("prefill_delivery"))] = None,
    lang: Annotated[str, typer.Option("--language", metavar="de|en", help=_help("return_language"))] = "de",
    database: Database = None,
) -> None:
    from dashboard.commands.exports import write_prefilled

    _check_workbook(lang, output)
    result, notice = write_prefilled(_store(database), partner.strip(), number, output, lang, _now())
    if notice:
        _tell(say(LANGUAGE, notice[0], **notice[1]))
    _done(result)


def _check_workbook(lang: str, output: Path) -> None:
    if lang not in LANGUAGES:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_language", found=lang))
    if output.suffix.lower() != ".xlsx":
        raise typer.BadParameter(say(LANGUAGE, "command.bad_workbook"))


@report_app.command("minutes", help=_help("report_minutes"))
def report_minutes(
    output: Annotated[Path, typer.Option("--output", metavar="FILE.docx|.pdf", help=_help("output"))],
    day: Annotated[str | None, typer.Option("--day", metavar="YYYY-MM-DD", help=_help("minutes_day"))] = None,
    body: Annotated[str | None, typer.Option("--body", metavar="NAME", help=_help("minutes_body"))] = None,
    lang: Annotated[str, typer.Option("--language", metavar="de|en", help=_help("report_language"))] = "de",
    database: Database = None,
) -> None:
    from dashboard.commands.reports import MINUTES_AS, write_minutes

    if lang not in LANGUAGES:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_language", found=lang))
    if output.suffix.lower() not in MINUTES_AS:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_minutes"))
    today = _now().astimezone(BERLIN).date()
    _done(write_minutes(_store(database), output, _parsed_day(day), body, today, lang))


@report_app.command("interfaces", help=_help("report_interfaces"))
def report_interfaces(
    output: Annotated[Path, typer.Option("--output", metavar="FILE.docx|.pdf|.xlsx", help=_help("output"))],
    day: Annotated[str | None, typer.Option("--day", metavar="YYYY-MM-DD", help=_help("interfaces_day"))] = None,
    contacts: Annotated[bool, typer.Option("--contacts", help=_help("interfaces_contacts"))] = False,
    lang: Annotated[str, typer.Option("--language", metavar="de|en", help=_help("report_language"))] = "de",
    database: Database = None,
) -> None:
    from dashboard.commands.reports import INTERFACES_AS, write_interfaces

    if lang not in LANGUAGES:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_language", found=lang))
    if output.suffix.lower() not in INTERFACES_AS:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_interfaces"))
    today = _now().astimezone(BERLIN).date()
    _done(write_interfaces(_store(database), output, _parsed_day(day), today, lang, contacts=contacts))


@app.command(help=_help("erase"))
def erase(
    whom: Annotated[str, typer.Argument(metavar="NAME", help=_help("erase_whom"))],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_help("erase_reason"))],
    yes: Annotated[bool, typer.Option("--yes", help=_help("erase_yes"))] = False,
    database: Database = None,
) -> None:
    from dashboard.commands.erasing import erase_named

    store = _store(database)
    if not yes:
        typer.confirm(say(LANGUAGE, "command.erase_sure", whom=whom), abort=True, err=True)
    told, done = erase_named(store, whom, reason, _now())
    for key, values in told:
        (typer.echo if done else _tell)(say(LANGUAGE, key, **values))
    if not done:
        raise typer.Exit(1)


@app.command(help=_help("check"))
def check(database: Database = None) -> None:
    from dashboard.commands.reports import check_kept

    sentences, whole = check_kept(_store(database), LANGUAGE)
    for sentence in sentences:
        (typer.echo if whole else _tell)(sentence)
    if not whole:
        raise typer.Exit(1)


@app.command(help=_help("serve"))
def serve(
    host: Annotated[str, typer.Option("--host", help=_help("host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help=_help("port"))] = 8501,
    database: Database = None,
) -> None:
    from dashboard.commands.serving import serve_dashboard

    store = _store(database)
    _tell(say(LANGUAGE, "command.serving", address=f"http://{host}:{port}"))
    serve_dashboard(store.url, host, port)


@app.command(help=_help("demo"))
def demo(
    host: Annotated[str, typer.Option("--host", help=_help("host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help=_help("port"))] = 8501,
) -> None:
    if _named_first.get():
        raise typer.BadParameter(say(LANGUAGE, "command.demo_database"))
    from dashboard.commands.demo import demo_sign_ins, demo_store
    from dashboard.commands.serving import serve_dashboard

    store = demo_store(_now(), lambda file, n, of: _tell(say(LANGUAGE, "command.demo_file", n=n, of=of, file=file)))
    typer.echo(say(LANGUAGE, "command.demo_ready", address=f"http://{host}:{port}"))
    for name, password, role in demo_sign_ins():
        typer.echo(f"  {name:<16} {password:<20} {say(LANGUAGE, f'role.{role}')}")
    sys.stdout.flush()
    serve_dashboard(store.url, host, port)


@user_app.command("add", help=_help("user_add"))
def user_add(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help=_help("user_role"))],
    display: Annotated[str | None, typer.Option("--display-name", help=_help("user_display"))] = None,
    partner: Annotated[str | None, typer.Option("--partner", metavar="NAME", help=_help("user_partner"))] = None,
    lang: Annotated[str, typer.Option("--language", metavar="de|en", help=_help("user_language"))] = "de",
    password: Annotated[
        str, typer.Option("--password", prompt=_help("user_password"), hide_input=True, confirmation_prompt=True)
    ] = "",
    database: Database = None,
) -> None:
    from dashboard.commands.users import add

    _done(add(_store(database), name, display or name, password, role, partner, lang, _now()))


@user_app.command("list", help=_help("user_list"))
def user_list(database: Database = None) -> None:
    from dashboard.commands.users import listed

    for line in listed(_store(database), LANGUAGE):
        typer.echo(line)


@user_app.command("disable", help=_help("user_disable"))
def user_disable(name: Annotated[str, typer.Argument(metavar="NAME")], database: Database = None) -> None:
    from dashboard.commands.users import disable

    _done(disable(_store(database), name, _now()))


@user_app.command("password", help=_help("user_change"))
def user_password(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    password: Annotated[
        str, typer.Option("--password", prompt=_help("user_password"), hide_input=True, confirmation_prompt=True)
    ] = "",
    database: Database = None,
) -> None:
    from dashboard.commands.users import change_password

    _done(change_password(_store(database), name, password, _now()))


@mapping_app.command("list", help=_help("mapping_list"))
def mapping_list(
    partner: Annotated[str | None, typer.Option("--partner", metavar="NAME", help=_help("mapping_partner"))] = None,
    known_on: Annotated[str | None, typer.Option("--known-on", metavar="DATE", help=_help("known_on"))] = None,
    database: Database = None,
) -> None:
    from dashboard.commands.mappings import listed

    lines, refused = listed(_store(database), partner, _parsed_instant(known_on), LANGUAGE)
    for line in lines:
        typer.echo(line)
    if refused:
        _done(refused)


@mapping_app.command("set", help=_help("mapping_set"))
def mapping_set(
    partner: Annotated[str, typer.Option("--partner", metavar="NAME", help=_help("mapping_partner"))],
    heading: Annotated[str, typer.Option("--heading", metavar="TEXT", help=_help("mapping_heading"))],
    field: Annotated[str, typer.Option("--field", metavar="FIELD|keep", help=_help("mapping_field"))],
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help=_help("mapping_kind"))] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=_help("mapping_by"))] = None,
    database: Database = None,
) -> None:
    from dashboard.commands.mappings import confirm

    _done(confirm(_store(database), partner, heading, field, kind, by, _now(), LANGUAGE))


@mapping_app.command("forget", help=_help("mapping_forget"))
def mapping_forget(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help=_help("mapping_number"))], database: Database = None
) -> None:
    from dashboard.commands.mappings import forget

    _done(forget(_store(database), number, _now()))


def _done(result: tuple[str, dict[str, Any], bool]) -> None:
    key, values, good = result
    (typer.echo if good else _tell)(say(LANGUAGE, key, **values))
    if not good:
        raise typer.Exit(1)


app.registered_commands[0].name = "import"
