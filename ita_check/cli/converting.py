"""An evidence file of either sort as lines."""

from __future__ import annotations

from ita_check.loading.encoding import is_office
from ita_check.loading.form import lines_of_file
from ita_check.model.catalogue import Catalogue
from ita_check.model.form import Line


def lines_in(name: str, data: bytes, catalogue: Catalogue) -> tuple[Line, ...]:
    """The values of a file that can be judged, in its order; blank places are left out."""
    if not is_office(data):
        return lines_of_file(name, data, catalogue)
    from ita_check.office.form.read import read_form  # installed with the extra only

    return tuple(line for line in read_form(name, data, catalogue).lines if line.text)
