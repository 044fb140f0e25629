"""Relire ce que les séances ont laissé : procès-verbaux, registres scellés, fichiers ouverts."""

import hashlib
import json
from collections.abc import Iterator
from itertools import chain

from beffroi.journal.models import Ecriture
from beffroi.journal.verification import Constat
from beffroi.ouverture.models import FichierOuvert, ProcesVerbal, RegistreScelle
from beffroi.socle.stockage import stockage


def relire_les_seances() -> Iterator[Constat]:
    fautes = 0
    for faute in chain(fautes_des_proces_verbaux(), fautes_des_registres(), fautes_des_fichiers_ouverts()):
        fautes += 1
        yield faute
    if not fautes:
        nombre = ProcesVerbal.objects.count()
        yield Constat(f"{nombre} procès-verbaux, registres et fichiers ouverts : conformes au journal", bon=True)


def fautes_des_proces_verbaux() -> Iterator[Constat]:
    for pv in ProcesVerbal.objects.select_related("seance").iterator(chunk_size=100):
        inscrit = donnees_de(pv.ecriture, sujet=pv.seance.reference).get("sha256")
        if inscrit != pv.sha256 or empreinte(pv.cle_de_stockage) != pv.sha256:
            yield Constat("le procès-verbal a changé", bon=False, ou=f"ouverture_procesverbal, {pv.seance.reference}")


def fautes_des_registres() -> Iterator[Constat]:
    for registre in RegistreScelle.objects.select_related("consultation").iterator(chunk_size=100):
        reference = registre.consultation.reference
        if donnees_de(registre.ecriture, sujet=reference).get("sha256_du_csv") != registre.sha256:
            yield Constat("le registre scellé a changé", bon=False, ou=f"ouverture_registrescelle, {reference}")


def fautes_des_fichiers_ouverts() -> Iterator[Constat]:
    for fichier in FichierOuvert.objects.select_related("ouverture__pli").iterator(chunk_size=200):
        if empreinte(fichier.cle_de_stockage) != fichier.sha256:
            yield Constat("un fichier ouvert a changé", bon=False, ou=f"{fichier.ouverture.pli}, « {fichier.nom} »")


def donnees_de(numero: int, *, sujet: str) -> dict[str, object]:
    contenu = Ecriture.objects.filter(numero=numero, sujet=sujet).values_list("contenu", flat=True).first()
    donnees: dict[str, object] = json.loads(contenu)["donnees"] if contenu else {}
    return donnees


def empreinte(cle: str) -> str:
    """L'empreinte des octets gardés ; vide s'ils ne se lisent plus."""
    condense = hashlib.sha256()
    try:
        with stockage().lire(cle) as flux:
            while bloc := flux.read(1 << 20):
                condense.update(bloc)
    except (OSError, LookupError):
        return ""
    return condense.hexdigest()
