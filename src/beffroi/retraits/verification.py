"""Relire les tirages du registre des retraits contre le journal et les octets gardés."""

from collections.abc import Iterator

from beffroi.journal.verification import Constat, relire_les_tirages
from beffroi.retraits.models import TirageDesRetraits


def relire_les_registres() -> Iterator[Constat]:
    fautes = list(relire_les_tirages(TirageDesRetraits, acte="registre_des_retraits.scelle", compte="retraits"))
    yield from fautes
    if not fautes:
        yield Constat(
            f"{TirageDesRetraits.objects.count()} tirages du registre des retraits : conformes au journal", bon=True
        )
