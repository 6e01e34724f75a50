"""What became of pages and files since a snapshot of them was taken."""

from __future__ import annotations

from collections.abc import Iterator

from ita_check.model.address import address_of, without_secret
from ita_check.model.evidence import Evidence, Located
from ita_check.model.looked import File, Looked, Since
from ita_check.model.snapshot import Frozen, Snapshot, change_of, frozen_file, frozen_page
from ita_check.model.verdicts import Change

# Then and now; None where the snapshot does not have it.
_Pair = tuple[Located, Frozen | None, Frozen]


def since(snapshot: Snapshot, evidence: Evidence, looked: Looked) -> Since:
    """Every address and file of the evidence, and every address of the snapshot, then and now.

    An address that was frozen counts although the evidence file names it no longer: appeals are
    judged on the address first given.
    """
    changes: list[tuple[Located, Change]] = []
    unknown: list[Located] = []
    same = 0
    for located, then, now in _pairs(snapshot, evidence, looked):
        change = change_of(then, now) if then else "unknown"
        if change == "same":
            same += 1
        elif change == "unknown":
            unknown.append(located)
        else:
            changes.append((located, change))
    return Since(snapshot.name, snapshot.taken_at, tuple(changes), same, tuple(unknown))


def _pairs(snapshot: Snapshot, evidence: Evidence, looked: Looked) -> Iterator[_Pair]:
    seen = set()
    website = evidence.agency.website
    home = looked.pages.get(address_of(website) or "") if website else None
    if home is not None:
        seen.add(home.asked)
        yield (
            Located(home.asked, "agency.website"),
            snapshot.pages.get(home.asked),
            frozen_page(home),
        )
    for items in evidence.items.values():
        for item in items:
            for url in item.urls:
                address = address_of(url.text) or ""
                page = looked.pages.get(address)
                if page is not None and address not in seen:
                    seen.add(address)
                    shown = url._replace(text=without_secret(url.text))
                    yield shown, snapshot.pages.get(address), frozen_page(page)
            for located in item.files:
                file = looked.files.get(located.path)
                then = snapshot.files.get(located.text)
                if file is None and located.path in evidence.missing_files:
                    file = File(located.text, located.path, None, None, None)
                if file is not None:
                    yield located, then, frozen_file(file)
    for address, then in snapshot.pages.items():
        page = looked.pages.get(address)
        if page is not None and address not in seen and address not in looked.declared:
            yield Located(address, "evidence"), then, frozen_page(page)
