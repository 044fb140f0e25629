"""Relire les tirages du registre : la base, le journal et les octets gardés disent-ils la même chose ?"""

from collections.abc import Iterator

from beffroi.journal.verification import Constat, relire_les_tirages
from beffroi.registre_des_depots.cloture import fautes_des_clotures
from beffroi.registre_des_depots.models import RegistreScelle
from formats.pluriels import compter


def relire_les_registres() -> Iterator[Constat]:
    fautes = [
        *relire_les_tirages(RegistreScelle, acte="registre.scelle", compte="depots"),
        *fautes_des_clotures(),
    ]
    yield from fautes
    if not fautes:
        yield Constat(
            f"registre des dépôts, {compter(RegistreScelle.objects.count(), 'tirage')} : conforme au journal", bon=True
        )
