"""`ita-check report`: the report of all measures as a Word document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from ita_check.cli.arguments import NOT_GIVEN, read_as_of, read_language
from ita_check.cli.documents import judge, read_font, read_size, refuse_taken, write_documents
from ita_check.cli.extras import need_extra
from ita_check.cli.judging import today
from ita_check.cli.options import described, shared_options
from ita_check.cli.output import need_place, say_on_stderr
from ita_check.cli.usage import WrongUsage
from ita_check.loading.named import STANDARD_INPUT, read_file
from ita_check.office.package import MAX_BYTES
from ita_check.texts import Language, phrase

SUFFIX = ".docx"


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def report(
        evidence: str = typer.Argument(
            ..., metavar="EVIDENCE", help=described("one_evidence", language)
        ),
        output: str = typer.Option(
            ..., "--output", "-o", help=described("document", language), metavar="FILE.docx"
        ),
        template: str = typer.Option(
            NOT_GIVEN,
            "--template",
            show_default=False,
            help=described("template", language),
            metavar="OWN.docx",
        ),
        font: str = shared.font,
        size: str = shared.size,
        thai_digits: bool = shared.thai_digits,
        lang: str = shared.lang,
        as_of: str = shared.as_of,
        rules: list[Path] = shared.rules,
        force: bool = shared.force,
        debug: bool = shared.debug,
    ) -> int:
        need_extra("office")
        spoken = read_language(lang)
        day = read_as_of(as_of) or today()
        if not output.lower().endswith(SUFFIX):
            raise WrongUsage(phrase("word.not_docx_name", option="-o", text=output))
        own = None if template == NOT_GIVEN else template
        if own == STANDARD_INPUT:
            raise WrongUsage(phrase("word.template_stdin"))
        # Installed with the extra only.
        from ita_check.office.word.annex import rows_with_open_cells
        from ita_check.office.word.document import Template
        from ita_check.office.word.report import report_document
        from ita_check.office.word.styles import Font
        from ita_check.office.word.voice import Voice

        letters = Font(read_font(font, Font().name), read_size(size, Font().size))
        refuse_taken([output], [evidence, *([own] if own else [])], force=force)
        need_place(output)
        start = Template(own, read_file(own, own, MAX_BYTES)) if own else None
        judged = judge(evidence, rules, day)
        data = report_document(*judged, template=start, voice=Voice(thai_digits), font=letters)
        write_documents({output: data}, judged.evidence)
        told = phrase(
            "word.written",
            file=output,
            count=len(judged.report.requirements),
            gaps=judged.report.summary.gaps,
            cells=rows_with_open_cells(judged.evidence, judged.report),
        )
        say_on_stderr(told.say(spoken) + "\n")
        return 0

    return report
