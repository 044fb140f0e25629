"""Toutes les factures d'un exercice dans une archive écrite au fil de l'eau :
une facture en mémoire à la fois.
"""

import zipfile
from collections.abc import Iterator
from datetime import datetime

from beffroi.centre.contributions.models import Exercice
from beffroi.centre.facturation import remise
from beffroi.centre.facturation.creancier import Creancier
from beffroi.centre.facturation.lecture import AFacturer, a_facturer
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from formats.dates import PARIS
from formats.facture import officiel

A_CORRIGER = "a-corriger.txt"
LISEZ_MOI = "lisez-moi.txt"


class Tampon:
    """Ce qu'une archive écrit, rendu à mesure ; rien n'y revient en arrière."""

    def __init__(self) -> None:
        self._morceaux: list[bytes] = []

    def write(self, octets: bytes) -> int:
        self._morceaux.append(bytes(octets))
        return len(octets)

    def flush(self) -> None:
        """Rien à pousser : `vider` rend tout."""

    def close(self) -> None:
        """Rien à fermer."""

    def vider(self) -> bytes:
        octets, self._morceaux = b"".join(self._morceaux), []
        return octets


def au_fil_de_l_eau(
    exercice: Exercice, forme: remise.Forme, *, centre: Creancier, le: datetime
) -> Iterator[bytes]:
    """L'archive. Une facture refusée n'y est pas : `a-corriger.txt` la nomme et dit pourquoi."""
    tampon, remises, refusees = Tampon(), 0, list[str]()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        for une in a_facturer(exercice):
            octets, raison = _remise(une, forme, centre)
            if octets is None:
                refusees.append(raison)
            else:
                _ecrire(archive, remise.nom_de_fichier(une, forme), octets, le)
                remises += 1
            yield tampon.vider()
        if refusees:
            _ecrire(archive, A_CORRIGER, "\n".join([*refusees, ""]).encode(), le)
        _ecrire(archive, LISEZ_MOI, _lisez_moi(exercice, forme, remises, len(refusees)), le)
    yield tampon.vider()


def _remise(une: AFacturer, forme: remise.Forme, centre: Creancier) -> tuple[bytes | None, str]:
    try:
        return remise.remettre(une, forme, centre=centre), ""
    except RegleEnfreinte as refus:
        return None, f"{une.contribution.nom} : {refus.message}"


def _ecrire(archive: zipfile.ZipFile, nom: str, octets: bytes, le: datetime) -> None:
    """Datée du moment de la demande ; pas de l'heure de la machine."""
    entree = zipfile.ZipInfo(nom, date_time=le.astimezone(PARIS).timetuple()[:6])
    entree.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entree, octets)


def _lisez_moi(exercice: Exercice, forme: remise.Forme, remises: int, refusees: int) -> bytes:
    lignes = [
        f"{exercice.titre}, forme {forme.nom}.",
        f"{remises} remises, {refusees} refusées{f' : voir {A_CORRIGER}' if refusees else ''}.",
        (
            "Chaque facture remise a passé le schéma et toutes les règles officielles de "
            f"{officiel.edition()}."
        ),
        "Ce qui n'est pas prouvé :",
        *(f"- {dit}" for dit in remise.JAMAIS_PROUVE),
        "",
    ]
    return "\n".join(lignes).encode()
