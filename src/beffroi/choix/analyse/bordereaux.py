"""Le bordereau d'une offre, comparé au cadre de l'acheteur :
tout est montré, rien n'est corrigé, une personne décide.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.achat.consultations.queries import pieces_en_vigueur
from beffroi.choix.analyse.models import Offre
from beffroi.seance.ouverture.models import FichierOuvert, OuverturePli
from beffroi.seance.ouverture.ports import surveillance_des_fichiers
from beffroi.seance.ouverture.states import EtatDeSeance
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage
from formats.bordereaux import (
    Bordereau,
    Comparaison,
    Constat,
    DocumentIllisible,
    comparer,
    lire_bordereau,
    verifier,
)
from formats.bordereaux.comparer import total_ecrit
from formats.lecture.lire import mesurer

LISIBLES = (".xlsx", ".xlsm", ".ods", ".csv")
LIGNES_MONTREES = 500


@dataclass(frozen=True)
class PrixLus:
    """Ce qui a été lu : la comparaison s'il y a un cadre,
    les seuls calculs sinon, ou pourquoi rien ne se lit.
    """

    recu: Bordereau | None = None
    comparaison: Comparaison | None = None
    constats: tuple[Constat, ...] = ()
    refus: str = ""

    @property
    def total_ecrit(self) -> object:
        return total_ecrit(self.recu) if self.recu else None


def fichiers_de(offre: Offre) -> list[FichierOuvert]:
    """Les fichiers de cette offre, tels que la séance les a ouverts."""
    ouvertures = OuverturePli.objects.filter(
        pli=offre.pli_id,
        enveloppe__sorte="offre",
        enveloppe__lot=offre.lot,
        etat=OuverturePli.Etat.OUVERTE,
        seance__etat=EtatDeSeance.CLOSE,
    )
    return list(FichierOuvert.objects.filter(ouverture__in=ouvertures).order_by("pk"))


def tableaux(fichiers: Sequence[FichierOuvert]) -> list[FichierOuvert]:
    return [fichier for fichier in fichiers if fichier.nom.lower().endswith(LISIBLES)]


def cadres(consultation: Consultation) -> list[PieceDce]:
    """Les pièces du dossier qui peuvent être un bordereau à compléter,
    les pièces de prix d'abord.
    """
    pieces = [
        piece for piece in pieces_en_vigueur(consultation) if piece.nom.lower().endswith(LISIBLES)
    ]
    return sorted(pieces, key=lambda piece: piece.sorte != PieceDce.Sorte.PRIX)


def lire_les_prix(fichier: FichierOuvert, cadre: PieceDce | None) -> PrixLus:
    """Lit dans un processus borné ; un fichier retenu, trop lourd ou illisible dit pourquoi."""
    retenu = surveillance_des_fichiers([fichier], le=maintenant())[fichier.pk].retenu
    if retenu:
        return PrixLus(refus=retenu)
    try:
        mesurer(fichier.taille)
        recu = lire_bordereau(_octets(fichier.cle_de_stockage), fichier.nom)
    except DocumentIllisible as illisible:
        return PrixLus(refus=f"« {fichier.nom} » ne se lit pas : {illisible}")
    if cadre is None:
        return PrixLus(recu, None, (*recu.constats, *verifier(recu)))
    try:
        mesurer(cadre.taille)
        attendu = lire_bordereau(_octets(cadre.cle_de_stockage), cadre.nom)
    except DocumentIllisible as illisible:
        return PrixLus(
            recu,
            None,
            (*recu.constats, *verifier(recu)),
            f"« {cadre.nom} » ne se lit pas : {illisible}",
        )
    comparaison = comparer(attendu, recu)
    return PrixLus(recu, comparaison, (*recu.constats, *comparaison.constats))


def _octets(cle: str) -> bytes:
    with stockage().lire(cle) as flux:
        return flux.read()
