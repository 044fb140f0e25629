"""Les pièces d'une équipe, lues par elle seule.

Aucun rôle d'acheteur n'y mène.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe, Membre
from beffroi.personnes.entreprises.queries import (
    collegues_a_prevenir,
    equipes_de,
    personnes_de,
)
from beffroi.personnes.pieces import rules
from beffroi.personnes.pieces.models import PieceDEntreprise, VersionDePiece
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from droit.dates import en_toutes_lettres
from droit.en_vigueur import Droit, Valeur
from droit.pieces_de_candidature import Sorte
from formats.dates import PARIS


def versions_en_cours(equipe: Equipe) -> QuerySet[VersionDePiece]:
    """Ce que l'équipe garde, le plus pressé d'abord ;
    ce qui n'a pas de fin vient ensuite.
    """
    versions = _versions_de(equipe).filter(remplacee_le=None)
    pressees = versions.order_by(
        F("valable_jusqu_au").asc(nulls_last=True), "piece__intitule", "pk"
    )
    return pressees.select_related("piece", "ajoutee_par")


def _versions_de(equipe: Equipe) -> QuerySet[VersionDePiece]:
    """Les siennes, et celles qu'une personne y a apportées en la rejoignant."""
    apportees = Q(piece__equipe__reunie_a=equipe)
    return VersionDePiece.objects.filter(Q(piece__equipe=equipe) | apportees)


def piece_pour(utilisateur: Utilisateur, reference: str) -> PieceDEntreprise:
    """Une pièce d'une équipe dont on est ; toute autre est introuvable."""
    piece = PieceDEntreprise.objects.filter(reference=reference, equipe__in=equipes_de(utilisateur))
    trouvee = piece.select_related("equipe").first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def version_pour(utilisateur: Utilisateur, reference: str) -> VersionDePiece:
    version = VersionDePiece.objects.filter(
        reference=reference, piece__equipe__in=equipes_de(utilisateur)
    )
    trouvee = version.select_related("piece__equipe").first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def version_en_cours(piece: PieceDEntreprise) -> VersionDePiece:
    return piece.versions.select_related("ajoutee_par").get(remplacee_le=None)


def anciennes_versions(piece: PieceDEntreprise) -> QuerySet[VersionDePiece]:
    return piece.versions.exclude(remplacee_le=None).select_related("ajoutee_par")


def octets_gardes(equipe: Equipe) -> int:
    versions = _versions_de(equipe)
    return versions.aggregate(somme=Sum("taille"))["somme"] or 0


def fichiers_gardes(equipe: Equipe) -> int:
    return _versions_de(equipe).count()


def deja_gardee(equipe: Equipe, *, sha256: str) -> VersionDePiece | None:
    """Le même fichier, déjà là : un second clic n'en fait pas deux."""
    return versions_en_cours(equipe).filter(sha256=sha256).first()


def sorte_pour(code: str) -> Sorte:
    try:
        return Sorte(code)
    except ValueError:
        raise Introuvable() from None


def age_admis(sorte: str, *, droit: Droit) -> Valeur | None:
    """L'âge au-delà duquel la loi ne laisse plus l'acheteur accepter la
    pièce, quand elle en fixe un.
    """
    cle = Sorte(sorte).fiche.age
    return droit.valeur(cle) if cle else None


@dataclass(frozen=True)
class Ligne:
    """Une pièce dans la liste."""

    version: VersionDePiece
    ton: str
    mot: str

    @property
    def piece(self) -> Any:
        return self.version.piece


def jour_de(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()


def etat_de(fin: date | None, *, le: date) -> tuple[str, str]:
    """Le ton et les mots de la validité. Une pièce expirée se montre telle, et n'empêche rien."""
    if fin is None:
        return "gris", "Sans fin de validité"
    if rules.est_expiree(fin, le=le):
        return "danger", f"Expirée depuis le {en_toutes_lettres(fin + timedelta(days=1))}"
    ton = "attention" if rules.expire_bientot(fin, le=le) else "ok"
    return ton, f"Valable jusqu'au {en_toutes_lettres(fin)}"


def lignes(equipe: Equipe, *, le: datetime) -> list[Ligne]:
    jour = jour_de(le)
    return [
        Ligne(version, *etat_de(version.valable_jusqu_au, le=jour))
        for version in versions_en_cours(equipe)
    ]


# ---------------------------------------------------------------- rappels et départs


@prete
def a_renouveler(utilisateur: Utilisateur, *, le: date) -> QuerySet[VersionDePiece]:
    """Ce qui est expiré, ou va l'être, dans les établissements où la personne est confirmée."""
    versions = VersionDePiece.objects.filter(
        piece__equipe__in=equipes_de(utilisateur), remplacee_le=None
    )
    proches = versions.filter(valable_jusqu_au__lte=le + rules.BIENTOT)
    return proches.select_related("piece").order_by("valable_jusqu_au", "pk")


def equipes_a_prevenir(*, le: date) -> Iterable[Equipe]:
    """Ceux dont une pièce arrive à sa fin et n'a pas eu son dernier rappel."""
    fenetre = (le, le + rules.BIENTOT)
    versions = VersionDePiece.objects.filter(remplacee_le=None, valable_jusqu_au__range=fenetre)
    restent = versions.filter(Q(rappel=None) | Q(rappel__gt=min(rules.RAPPELS).days))
    return Equipe.objects.filter(pk__in=restent.values("piece__equipe")).order_by("pk")


def versions_a_rappeler(equipe: Equipe, *, le: date) -> list[VersionDePiece]:
    """Chaque version due porte déjà le rappel à noter."""
    dues = []
    for version in versions_en_cours(equipe).filter(
        valable_jusqu_au__range=(le, le + rules.BIENTOT)
    ):
        version.rappel, dernier = _rappel(version, le=le), version.rappel
        if version.rappel is not None and version.rappel != dernier:
            dues.append(version)
    return dues


def _rappel(version: VersionDePiece, *, le: date) -> int | None:
    fin = version.valable_jusqu_au
    if fin is None:
        return None
    ajoutee_le = version.ajoutee_le.astimezone(PARIS).date()
    return rules.rappel_du(fin=fin, ajoutee_le=ajoutee_le, le=le, dernier=version.rappel)


def destinataires(version: VersionDePiece) -> list[Utilisateur]:
    """Qui l'a ajoutée, si elle est toujours de l'équipe ; sinon ses collègues."""
    equipe = version.piece.equipe
    if personnes_de(equipe).filter(utilisateur=version.ajoutee_par).exists():
        return [version.ajoutee_par]
    return collegues_a_prevenir(equipe)


def equipes_quittees(utilisateur: Utilisateur, *, le: datetime) -> list[Equipe]:
    quittes = Membre.objects.filter(utilisateur=utilisateur, jusqu_au=le)
    return [membre.equipe for membre in quittes.select_related("equipe")]
