"""`ita-check verify`: judge an evidence file, and look whether what it declares is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import typer

from ita_check.characters import normalised
from ita_check.cli import EXIT_INTERRUPTED
from ita_check.cli.arguments import NOT_GIVEN, read_seconds
from ita_check.cli.declared import load_declared
from ita_check.cli.extras import Looking, need_extra
from ita_check.cli.judging import refuse_declared
from ita_check.cli.options import described, format_option, shared_options
from ita_check.cli.output import need_place, say_on_stderr
from ita_check.cli.reporting import Asked, read_options, write_report
from ita_check.cli.usage import WrongUsage
from ita_check.errors import CannotJudge
from ita_check.evaluation.evaluate import evaluate
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.named import STANDARD_INPUT, read_file
from ita_check.loading.snapshot import MAX_SNAPSHOT_BYTES, read_snapshot
from ita_check.model.catalogue import Catalogue
from ita_check.model.evidence import Evidence
from ita_check.model.report import Outcome, Report, Unjudged
from ita_check.model.snapshot import Snapshot
from ita_check.reporting.formats import FORMATS
from ita_check.texts import Language, phrase


class Others(NamedTuple):
    """The files that evidence is held against, by name."""

    previous: str | None
    against: str | None


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def file_option(name: str, metavar: str) -> str:
        option: str = typer.Option(
            NOT_GIVEN,
            f"--{name}",
            show_default=False,
            help=described(name, language),
            metavar=metavar,
        )
        return option

    def verify(
        evidence: str = typer.Argument(
            ..., metavar="EVIDENCE", help=described("one_evidence", language)
        ),
        format_: str = format_option(tuple(FORMATS), language),
        output: list[str] = shared.output,
        previous: str = file_option("previous", "LAST.yaml"),
        against: str = file_option("against", "SNAPSHOT.json"),
        strict_online: bool = typer.Option(
            False, "--strict-online", help=described("strict_online", language)
        ),
        allow_private: bool = shared.allow_private,
        no_cache: bool = shared.no_cache,
        timeout: str = shared.timeout,
        lang: str = shared.lang,
        as_of: str = shared.as_of,
        issue: list[str] = shared.issue,
        fail_on: str = shared.fail_on,
        group_by: str = shared.group_by,
        rules: list[Path] = shared.rules,
        verbose: bool = shared.verbose,
        quiet: bool = shared.quiet,
        no_color: bool = shared.no_color,
        width: str = shared.width,
        debug: bool = shared.debug,
    ) -> int:
        need_extra("verify")
        given = [name for name in (previous, against) if name != NOT_GIVEN]
        asked = read_options(
            [evidence],
            format_=format_,
            output=output,
            lang=lang,
            as_of=as_of,
            issue=issue,
            fail_on=fail_on,
            group_by=group_by,
            verbose=verbose,
            quiet=quiet,
            plain=no_color,
            width=width,
            also_read=given,
        )
        if STANDARD_INPUT in given:
            raise WrongUsage(phrase("commands.file_not_stdin"))
        how = Looking(
            strict=strict_online,
            allow_private=allow_private,
            keep=not no_cache,
            seconds=read_seconds(timeout),
        )
        held_against = Others(
            None if previous == NOT_GIVEN else previous,
            None if against == NOT_GIVEN else against,
        )
        for one in asked.outputs:
            need_place(one.file)
        outcome, unknown = _judge(asked, tuple(rules), how, held_against)
        code = write_report([outcome], unknown, asked)
        interrupted = isinstance(outcome, Report) and outcome.looked and outcome.looked.interrupted
        return EXIT_INTERRUPTED if interrupted else code

    return verify


def _judge(
    asked: Asked, rules: tuple[Path, ...], how: Looking, others: Others
) -> tuple[Outcome, list[int]]:
    """What the file came to, and the issues asked for that the catalogue does not have.

    What is wrong with last year's file or with the snapshot is told before anything is opened.
    """
    (name,) = asked.evidence
    try:
        catalogue = load_catalogue(rules)
        evidence = load_declared(name, catalogue)
    except CannotJudge as error:
        return Unjudged(name, error.sha256, error.problems), []
    refuse_declared(evidence, [output.file for output in asked.outputs])
    last = _last_year(others.previous, catalogue, evidence) if others.previous else None
    snapshot = _snapshot(others.against) if others.against else None
    theirs = (last and last.agency.name, snapshot and snapshot.agency)
    for file, agency in zip(others, theirs, strict=True):
        if file and agency and normalised(agency) != normalised(evidence.agency.name):
            # A municipality may have been renamed, so that is told and not refused.
            names = {"file": file, "theirs": agency, "ours": evidence.agency.name}
            told = phrase("commands.other_agency", **names).say(asked.view.language)
            say_on_stderr(told + "\n")
    unknown = (asked.issues or frozenset()) - {issue.number for issue in catalogue.issues}
    from ita_check.cli.looking import look, progress_of  # installed with the extra only

    with progress_of(asked.view.language) as progress:
        looked = look(catalogue, evidence, asked.issues, how, progress, last, snapshot)
    return evaluate(catalogue, evidence, asked.day, asked.issues, looked), sorted(unknown)


def _last_year(name: str, catalogue: Catalogue, evidence: Evidence) -> Evidence:
    last = load_declared(name, catalogue)
    if last.fiscal_year >= evidence.fiscal_year:
        years = {"year": evidence.fiscal_year, "previous": last.fiscal_year, "file": name}
        raise WrongUsage(phrase("commands.previous_not_earlier", **years))
    return last


def _snapshot(name: str) -> Snapshot:
    return read_snapshot(name, read_file(name, name, MAX_SNAPSHOT_BYTES))
