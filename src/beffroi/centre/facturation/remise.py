"""Remettre une facture : composée, vérifiée, et seulement alors donnée.

Une facture refusée dit ce qu'il faut corriger.
"""

from dataclasses import dataclass
from functools import cache

from beffroi.centre.facturation.composition import acheteur, facture
from beffroi.centre.facturation.creancier import Creancier
from beffroi.centre.facturation.lecture import AFacturer
from beffroi.centre.facturation.rules import peut_facturer
from beffroi.centre.facturation.visible import document
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from droit.decision import Decision
from formats.facture import Facture, Rapport, en_facturx, en_ubl, verifier
from formats.schematron import Ouvrier

# Ce qu'aucun contrôle d'ici ne prouve : l'écran et l'archive le disent.
JAMAIS_PROUVE = (
    "Le PDF n'a pas été soumis à un validateur PDF/A tiers.",
    "La facture n'a pas été déposée sur Chorus Pro : son accord ne se constate que là.",
)


@dataclass(frozen=True)
class Forme:
    """Une façon d'écrire une facture."""

    nom: str
    extension: str
    sorte: str


FACTURX = Forme("Factur-X", "pdf", "application/pdf")
UBL = Forme("UBL", "xml", "application/xml")
FORMES = {"pdf": FACTURX, "xml": UBL}


def recevable(une: AFacturer, *, centre: Creancier) -> Decision:
    return peut_facturer(vendeur=centre.partie, acheteur=acheteur(une.contribution))


def examiner(une: AFacturer, forme: Forme, *, centre: Creancier) -> tuple[bytes, Rapport]:
    """La facture dans cette forme, et ce que les contrôles officiels en disent."""
    composee = facture(une, centre=centre)
    octets = _octets(une, composee, forme, centre)
    return octets, verifier(octets, ouvrier=_ouvrier())


def remettre(une: AFacturer, forme: Forme, *, centre: Creancier) -> bytes:
    """Les octets, si rien ne s'y oppose ; sinon `RegleEnfreinte`, avec ce qu'il faut corriger."""
    raisons = refus(une, centre=centre)
    if not raisons:
        octets, rapport = examiner(une, forme, centre=centre)
        if rapport.est_bon:
            return octets
        raisons = du_rapport(rapport)
    raise RegleEnfreinte(f"La facture {une.numero} n'est pas remise. {' '.join(raisons)}")


def refus(une: AFacturer, *, centre: Creancier) -> list[str]:
    return [str(motif) for motif in recevable(une, centre=centre).motifs]


def du_rapport(rapport: Rapport) -> list[str]:
    return [
        *(f"{defaut}." for defaut in rapport.defauts),
        *(f"Pas vérifié : {dit}." for dit in rapport.non_faits),
    ]


def nom_de_fichier(une: AFacturer, forme: Forme) -> str:
    return f"{'avoir' if une.avoir else 'facture'}-{une.numero}.{forme.extension}"


def _octets(une: AFacturer, composee: Facture, forme: Forme, centre: Creancier) -> bytes:
    if forme is UBL:
        return en_ubl(composee)
    return en_facturx(composee, visible=document(une, composee, centre=centre))


@cache
def _ouvrier() -> Ouvrier:
    """Un moteur pour ce processus : il garde les règles compilées d'une facture à l'autre."""
    return Ouvrier()
