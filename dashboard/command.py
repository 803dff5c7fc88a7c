"""The command ``rundertisch``. Loads Streamlit only for ``serve`` and ``demo``."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from dashboard.commands.command_line import (
    BERLIN,
    LANGUAGE,
    NAMED_FIRST,
    Database,
    Day,
    done_with,
    help_,
    now,
    opened_store,
    parsed_day,
    parsed_instant,
    tell,
)
from dashboard.commands.groups import mapping_app, report_app, user_app
from etl.wording import LANGUAGES, say

app = typer.Typer(
    name="rundertisch", help=help_("about"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
app.add_typer(user_app, name="user")
app.add_typer(mapping_app, name="mapping")
app.add_typer(report_app, name="report")


@app.callback()
def common(database: Database = None) -> None:
    """``--database`` may stand before the subcommand too; one behind it wins."""
    NAMED_FIRST.set(database)


def main() -> None:
    """Entry point: UTF-8 on every terminal, warnings to stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    app()


@app.command(help=help_("import"))
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=help_("paths"))],
    partner: Annotated[str | None, typer.Option("--partner", metavar="NAME", help=help_("partner"))] = None,
    day: Day = None,
    preview: Annotated[bool, typer.Option("--preview", help=help_("preview"))] = False,
    json: Annotated[bool, typer.Option("--json", help=help_("json"))] = False,
    withhold: Annotated[
        list[str] | None, typer.Option("--withhold", metavar="SHEET!A:C", help=help_("withhold"))
    ] = None,
    database: Database = None,
) -> None:
    from dashboard.commands.deliveries import import_files, told

    if withhold and (len(paths) != 1 or paths[0].is_dir()):
        raise typer.BadParameter(say(LANGUAGE, "command.withhold_one_file"))
    store = opened_store(database)
    imported = import_files(
        store,
        paths,
        partner=partner,
        day=parsed_day(day),
        preview_only=preview,
        clock=now,
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
            tell(beside["message"])
    if imported.bad:
        raise typer.Exit(1)


@app.command(help=help_("undo"))
def undo(
    delivery: Annotated[int, typer.Argument(metavar="DELIVERY", help=help_("delivery"))], database: Database = None
) -> None:
    from etl.pipeline.undo import NothingToUndo, undo_delivery

    try:
        undo_delivery(opened_store(database), delivery, now=now())
    except NothingToUndo as nothing:
        tell(say(LANGUAGE, f"command.undo_{nothing.reason}", number=delivery))
        raise typer.Exit(1) from None
    typer.echo(say(LANGUAGE, "command.undone", number=delivery))


@app.command(help=help_("export"))
def export(
    format: Annotated[str, typer.Option("--format", metavar="json|xlsx|csv", help=help_("format"))],
    output: Annotated[Path, typer.Option("--output", metavar="PATH", help=help_("output"))],
    day: Day = None,
    known_on: Annotated[str | None, typer.Option("--known-on", metavar="DATE", help=help_("known_on"))] = None,
    database: Database = None,
) -> None:
    from dashboard.commands.exports import write_export

    if format not in {"json", "xlsx", "csv"}:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_format", found=format))
    today = now().astimezone(BERLIN).date()
    write_export(opened_store(database), format, output, parsed_day(day), parsed_instant(known_on), today)
    tell(say(LANGUAGE, "command.exported", path=str(output)))


@app.command(help=help_("template"))
def template(
    partner: Annotated[str, typer.Option("--partner", metavar="NAME", help=help_("template_partner"))],
    output: Annotated[Path, typer.Option("--output", metavar="FILE.xlsx", help=help_("output"))],
    lang: Annotated[str, typer.Option("--language", metavar="de|en", help=help_("template_language"))] = "de",
    database: Database = None,
) -> None:
    from dashboard.commands.exports import write_template

    if lang not in LANGUAGES:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_language", found=lang))
    if output.suffix.lower() != ".xlsx" or not partner.strip():
        raise typer.BadParameter(say(LANGUAGE, "command.bad_template"))
    write_template(opened_store(database), partner.strip(), output, lang, now())
    tell(say(LANGUAGE, "command.template_written", path=str(output), partner=partner.strip()))


@app.command("return", help=help_("return"))
def return_(
    delivery: Annotated[int, typer.Argument(metavar="DELIVERY", help=help_("delivery"))],
    output: Annotated[Path, typer.Option("--output", metavar="FILE.xlsx", help=help_("output"))],
    lang: Annotated[str, typer.Option("--language", metavar="de|en", help=help_("return_language"))] = "de",
    database: Database = None,
) -> None:
    from dashboard.commands.exports import write_marked

    _check_workbook(lang, output)
    done_with(write_marked(opened_store(database), delivery, output, lang))


@app.command(help=help_("prefill"))
def prefill(
    partner: Annotated[str, typer.Option("--partner", metavar="NAME", help=help_("prefill_partner"))],
    output: Annotated[Path, typer.Option("--output", metavar="FILE.xlsx", help=help_("output"))],
    number: Annotated[int | None, typer.Option("--delivery", metavar="NUMBER", help=help_("prefill_delivery"))] = None,
    lang: Annotated[str, typer.Option("--language", metavar="de|en", help=help_("return_language"))] = "de",
    database: Database = None,
) -> None:
    from dashboard.commands.exports import write_prefilled

    _check_workbook(lang, output)
    result, notice = write_prefilled(opened_store(database), partner.strip(), number, output, lang, now())
    if notice:
        tell(say(LANGUAGE, notice[0], **notice[1]))
    done_with(result)


def _check_workbook(lang: str, output: Path) -> None:
    if lang not in LANGUAGES:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_language", found=lang))
    if output.suffix.lower() != ".xlsx":
        raise typer.BadParameter(say(LANGUAGE, "command.bad_workbook"))


@app.command(help=help_("erase"))
def erase(
    whom: Annotated[str, typer.Argument(metavar="NAME", help=help_("erase_whom"))],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=help_("erase_reason"))],
    yes: Annotated[bool, typer.Option("--yes", help=help_("erase_yes"))] = False,
    database: Database = None,
) -> None:
    from dashboard.commands.erasing import erase_named

    store = opened_store(database)
    if not yes:
        typer.confirm(say(LANGUAGE, "command.erase_sure", whom=whom), abort=True, err=True)
    told, done = erase_named(store, whom, reason, now())
    for key, values in told:
        (typer.echo if done else tell)(say(LANGUAGE, key, **values))
    if not done:
        raise typer.Exit(1)


@app.command(help=help_("check"))
def check(database: Database = None) -> None:
    from dashboard.commands.reports import check_kept

    sentences, whole = check_kept(opened_store(database), LANGUAGE)
    for sentence in sentences:
        (typer.echo if whole else tell)(sentence)
    if not whole:
        raise typer.Exit(1)


@app.command(help=help_("serve"))
def serve(
    host: Annotated[str, typer.Option("--host", help=help_("host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help=help_("port"))] = 8501,
    database: Database = None,
) -> None:
    from dashboard.commands.serving import serve_dashboard

    store = opened_store(database)
    tell(say(LANGUAGE, "command.serving", address=f"http://{host}:{port}"))
    serve_dashboard(store.url, host, port)


@app.command(help=help_("demo"))
def demo(
    host: Annotated[str, typer.Option("--host", help=help_("host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help=help_("port"))] = 8501,
) -> None:
    if NAMED_FIRST.get():
        raise typer.BadParameter(say(LANGUAGE, "command.demo_database"))
    from dashboard.commands.demo import demo_sign_ins, demo_store
    from dashboard.commands.serving import serve_dashboard

    store = demo_store(now(), lambda file, n, of: tell(say(LANGUAGE, "command.demo_file", n=n, of=of, file=file)))
    typer.echo(say(LANGUAGE, "command.demo_ready", address=f"http://{host}:{port}"))
    for name, password, role in demo_sign_ins():
        typer.echo(f"  {name:<16} {password:<20} {say(LANGUAGE, f'role.{role}')}")
    sys.stdout.flush()
    serve_dashboard(store.url, host, port)


app.registered_commands[0].name = "import"
