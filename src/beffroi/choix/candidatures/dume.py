"""Un DUME trouvé dans une candidature ouverte : lu borné, dit en français, jugé.

Un fichier mauvais donne une phrase.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from beffroi.achat.consultations.models import Consultation, PieceAttendue
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.rules import chiffres
from beffroi.seance.ouverture import ports
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.ouverture.queries import fichier_ouvert_pour
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.stockage import stockage
from formats.dume import DumeIllisible
from formats.dume.lecture import TAILLE_MAXIMALE
from formats.dume.rapport import Rapport, verifier
from formats.dume.resume import Resume, resume


@dataclass(frozen=True)
class DumeLu:
    """`illisible` : pourquoi il ne se lit pas ; `alertes` :
    ce qui ne va pas avec la réponse qui l'apporte.
    """

    fichier: FichierOuvert
    illisible: str = ""
    rapport: Rapport | None = None
    dit: Resume | None = None
    alertes: tuple[str, ...] = ()


def fichier_de(
    consultation: Consultation, reference: str, *, pour: Utilisateur, le: datetime
) -> FichierOuvert:
    """Un fichier d'une candidature ouverte de cette consultation."""
    fichier = fichier_ouvert_pour(pour, reference, le=le)
    ouverture = fichier.ouverture
    candidature = ouverture.enveloppe.sorte == PieceAttendue.Enveloppe.CANDIDATURE
    if ouverture.seance.consultation_id != consultation.pk or not candidature:
        raise Introuvable()
    return fichier


def lu(fichier: FichierOuvert, *, le: datetime, regles: bool) -> DumeLu:
    retenu = ports.surveillance_des_fichiers([fichier], le=le)[fichier.pk].retenu
    if retenu:
        return DumeLu(fichier, illisible=f"Ce fichier est retenu : {retenu}")
    if fichier.taille > TAILLE_MAXIMALE:
        return DumeLu(fichier, illisible="Ce fichier dépasse 5 Mo : ce n'est pas un DUME.")
    with stockage().lire(fichier.cle_de_stockage) as flux:
        contenu = flux.read(TAILLE_MAXIMALE + 1)
    normes = Path(settings.NORMES) if settings.NORMES else None
    try:
        rapport = verifier(contenu, normes=normes, cache=cache(), schematron=regles)
    except DumeIllisible as illisible:
        return DumeLu(fichier, illisible=str(illisible))
    return DumeLu(
        fichier,
        rapport=rapport,
        dit=resume(rapport.dume),
        alertes=tuple(_alertes(fichier, rapport)),
    )


def _alertes(fichier: FichierOuvert, rapport: Rapport) -> list[str]:
    """Un DUME d'une autre consultation, ou d'une entreprise que la réponse ne nomme pas."""
    pli, dume = fichier.ouverture.pli, rapport.dume
    dites = []
    if not dume.est_une_reponse:
        dites.append("C'est la demande d'un acheteur, pas la réponse d'une entreprise.")
    if dume.consultation and dume.consultation != pli.consultation.reference:
        dites.append(f"Il vise la consultation « {dume.consultation[:40]} », pas celle-ci.")
    nommees = {pli.equipe.numero_d_entreprise, pli.equipe.identifiant}
    nommees |= {membre["identifiant"] for membre in pli.groupement.get("membres", [])}
    identifiant = chiffres(dume.operateur.partie.identifiant) if dume.operateur else ""
    if identifiant and not any(
        identifiant.startswith(n) or n.startswith(identifiant) for n in nommees
    ):
        dites.append(f"Il est au nom de « {identifiant[:40]} », que la réponse ne nomme pas.")
    return dites


def cache() -> Path:
    """Les feuilles tirées des règles, celles des avis au même endroit :
    refaites si elles manquent.
    """
    return Path(settings.DONNEES) / "cache" / "schematron"
