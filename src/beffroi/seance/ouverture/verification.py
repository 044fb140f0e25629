"""Relire ce que les séances ont laissé : les fichiers ouverts."""

from collections.abc import Iterator

from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.socle.fondations.stockage import empreinte_gardee
from beffroi.socle.journal.queries import objets_detruits
from beffroi.socle.journal.verification import Constat


def relire_les_seances() -> Iterator[Constat]:
    nombre, fautes, detruits = 0, 0, objets_detruits()
    for fichier in FichierOuvert.objects.select_related("ouverture__pli").iterator(chunk_size=200):
        nombre += 1
        if fichier.cle_de_stockage in detruits:
            continue
        if empreinte_gardee(fichier.cle_de_stockage) != fichier.sha256:
            fautes += 1
            yield Constat(
                "un fichier ouvert a changé",
                bon=False,
                ou=f"{fichier.ouverture.pli}, « {fichier.nom} »",
            )
    if not fautes:
        yield Constat(
            f"fichiers ouverts, tels qu'ils sont sortis des enveloppes : {nombre}", bon=True
        )
