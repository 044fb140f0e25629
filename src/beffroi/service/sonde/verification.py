"""Relire les mesures :
chaque ligne dit-elle ce que son écriture a retenu, et en manque-t-il une ?
"""

import json
from collections.abc import Iterator

from beffroi.service.sonde.contenu import FIGEES, Lot
from beffroi.service.sonde.models import Mesure
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.verification import Constat
from formats.pluriels import compter


def relire_les_mesures() -> Iterator[Constat]:
    fautes, inscrites = 0, set()
    for ecriture in (
        Ecriture.objects.filter(acte="sonde.relever").order_by("numero").iterator(chunk_size=200)
    ):
        inscrites.add(ecriture.numero)
        if not est_conforme(ecriture):
            fautes += 1
            yield Constat(
                "les mesures de la sonde ne sont plus celles du journal",
                bon=False,
                ou=f"sonde_mesure, écriture n° {ecriture.numero}",
            )
    for table in FIGEES:
        for numero in (
            table.objects.exclude(ecriture=None)
            .exclude(ecriture__in=inscrites)
            .values_list("pk", flat=True)
        ):
            fautes += 1
            yield Constat(
                "cette mesure n'est pas au journal",
                bon=False,
                ou=f"{table._meta.db_table}, ligne {numero}",
            )
    if not fautes:
        yield Constat(
            f"{compter(Mesure.objects.count(), 'mesure')} de la sonde, conformes au journal",
            bon=True,
        )


def est_conforme(ecriture: Ecriture) -> bool:
    """Le total d'une mesure n'y est pas : c'est la somme de ses étapes, qui y sont."""
    lot = Lot.sous(ecriture.numero)
    totaux = all(mesure.duree_ms == sum(mesure.durees.values()) for mesure in lot.mesures)
    return totaux and bool(json.loads(ecriture.contenu)["donnees"] == lot.en_donnees)
