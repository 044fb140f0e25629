"""Relire les tirages du registre des retraits contre le journal et les octets gardés."""

from collections.abc import Iterator

from beffroi.publicite.retraits.models import TirageDesRetraits
from beffroi.socle.journal.verification import Constat, relire_les_tirages
from formats.pluriels import compter


def relire_les_registres() -> Iterator[Constat]:
    fautes = list(
        relire_les_tirages(
            TirageDesRetraits, acte="registre_des_retraits.scelle", compte="retraits"
        )
    )
    yield from fautes
    if not fautes:
        yield Constat(
            (
                f"registre des retraits, {compter(TirageDesRetraits.objects.count(), 'tirage')} : "
                "conforme au journal"
            ),
            bon=True,
        )
