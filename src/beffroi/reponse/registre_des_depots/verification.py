"""Relire les tirages du registre :
la base, le journal et les octets gardés disent-ils la même chose ?
"""

from collections.abc import Iterator

from beffroi.reponse.registre_des_depots.models import RegistreScelle
from beffroi.reponse.registre_des_depots.relecture_des_clotures import (
    fautes_des_clotures,
    inscrites_apres_la_cloture,
)
from beffroi.socle.journal.verification import Constat, relire_les_tirages
from formats.pluriels import compter


def relire_les_registres() -> Iterator[Constat]:
    fautes = [
        *relire_les_tirages(RegistreScelle, acte="registre.scelle", compte="depots"),
        *fautes_des_clotures(),
    ]
    yield from fautes
    yield from inscrites_apres_la_cloture()
    if not fautes:
        yield Constat(
            (
                f"registre des dépôts, {compter(RegistreScelle.objects.count(), 'tirage')} : "
                "conforme au journal"
            ),
            bon=True,
        )
