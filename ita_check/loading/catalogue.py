"""The catalogue: from its compiled form where that is fresh, else from its rule files."""

from __future__ import annotations

from pathlib import Path

from ita_check.errors import CannotJudge, Problem
from ita_check.loading import compiled
from ita_check.loading.rule_files import digest, read_rule_files, rules_folder
from ita_check.model.catalogue import Catalogue
from ita_check.texts import phrase


def load_catalogue(added: tuple[Path, ...] = ()) -> Catalogue:
    """The catalogue that comes with the program, with the rules of further folders added to it.

    Raises `CannotJudge` with every error of every rule file.
    """
    folders = tuple(read_rule_files(folder) for folder in (rules_folder(), *added))
    for folder, files in zip(added, folders[1:], strict=True):
        if not files:
            raise CannotJudge((Problem(phrase("problems.no_rules"), str(folder)),))
    sha256 = digest(folders)
    key = None if added else compiled.key_for(sha256)
    kept = compiled.load(key) if key else None
    if kept is not None:
        return kept
    # Validation loads pydantic's dataclass support and YAML for every rule; most starts need none.
    from ita_check.loading.rules import build_catalogue

    catalogue = build_catalogue(folders, sha256)
    if key:
        compiled.keep(key, catalogue)
    return catalogue
