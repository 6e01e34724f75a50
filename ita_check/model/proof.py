"""How far a requirement's evidence is proved, and what kept it from being proved further."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ita_check.model.evidence import Located
from ita_check.model.verdicts import State, Verdict

#   none      nothing is declared
#   declared  it is said to be there, and nobody looked
#   seen      the file or the page was there
#   read      its content was read and names the fiscal year that the evidence claims
ProofLevel = Literal["none", "declared", "seen", "read"]
PROOF_LEVELS: tuple[ProofLevel, ...] = ("none", "declared", "seen", "read")

#   nothing_named    the item has neither an address nor a file
#   file_no_proof    the file is not there, or the evidence has to be public and is a file only
#   not_opened       the address was not opened: `check` opens none
#   home_not_opened  the home page could not be opened, so no way from there was looked for
#   no_home          no website is declared, so no way from its home page was looked for
#   not_read         it is there, and what it says was not looked at
#   no_year_claimed  it was read, and the item claims no fiscal year to hold it against
#   no_year_named    it was read, and names no year
#   other_year       it names other years only
#   year_in_passing  it names the year, and only other years as fiscal years
# and every verdict on a page and every state of a document that is no proof.
Reason = (
    Literal[
        "nothing_named",
        "file_no_proof",
        "not_opened",
        "home_not_opened",
        "no_home",
        "not_read",
        "no_year_claimed",
        "no_year_named",
        "other_year",
        "year_in_passing",
    ]
    | Verdict
    | State
)


class Unproved(NamedTuple):
    """What was not proved for one reason: addresses and files, or the item that names none."""

    reason: Reason
    places: tuple[Located, ...]


class Proof(NamedTuple):
    """The level, and by reason what was not proved as far as it might be."""

    level: ProofLevel
    unproved: tuple[Unproved, ...] = ()


NOTHING = Proof("none")
