"""Lire les archives d'un organisme :
ce qui est dû, ce qui est gelé, mis en paquet, proposé à l'élimination.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import consultation_pour as consultation_de
from beffroi.garde.archives import copies, ports
from beffroi.garde.archives import elimination as regles
from beffroi.garde.archives.dossier import dossier_de
from beffroi.garde.archives.models import Elimination, Gel, Paquet, PieceAEliminer
from beffroi.garde.archives.permissions import ACTES
from beffroi.garde.archives.rules import FINIES, Dossier, Echeance, Sort, echeance, sort_final
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.permissions import exiger_role, permet
from beffroi.personnes.organismes.queries import acheteurs_de, habilitation_dans
from beffroi.socle.fondations.erreurs import Introuvable
from droit.calendrier.heures import PARIS
from formats.versement import Piece, Sorte


@dataclass(frozen=True)
class ADate:
    """Une consultation, et jusqu'à quand elle se garde :
    ses réponses non retenues, puis son contrat.
    """

    consultation: Consultation
    dossier: Dossier
    reponses: Echeance
    contrat: Echeance | None

    def a_eliminer(self, le: date) -> bool:
        return self.reponses.est_echue(le) and not self.dossier.gels


@dataclass(frozen=True)
class LigneDeDuree:
    """Une sorte de pièce, son échéance, le sort proposé."""

    sorte: Sorte
    echeance: Echeance
    sort: Sort


def organismes_de(personne: Utilisateur, le: datetime) -> list[Organisme]:
    """Les acheteurs dont la personne tient les archives."""
    habilitations = acheteurs_de(personne, le)
    if not habilitations:
        raise Introuvable()
    tenues = [
        habilitation
        for habilitation in habilitations
        if permet(habilitation, "voir_les_archives", ACTES)
    ]
    if not tenues:
        exiger_role(habilitations[0], "voir_les_archives", ACTES)
    return [habilitation.organisme for habilitation in tenues]


def consultation_pour(
    personne: Utilisateur, reference: str, acte: str, le: datetime
) -> Consultation:
    """La consultation finie d'un organisme :
    404 si elle est étrangère ou en cours, 403 sans le rôle.
    """
    consultation = consultation_de(personne, reference, acte, le, table=ACTES)
    if consultation.etat not in FINIES:
        raise Introuvable()
    return consultation


def finies(organismes: list[Organisme]) -> QuerySet[Consultation]:
    consultations = Consultation.toutes.filter(organisme__in=organismes, etat__in=FINIES)
    return consultations.select_related("organisme").order_by("-publiee_le", "-pk")


def a_date(consultation: Consultation, dossier: Dossier) -> ADate:
    contrat = echeance(Sorte.CONTRAT, dossier) if dossier.contrats else None
    return ADate(consultation, dossier, echeance(Sorte.OFFRE, dossier), contrat)


def durees_de(dossier: Dossier) -> list[LigneDeDuree]:
    """Une ligne par sorte de pièce ; sans contrat, il n'y a pas de pièce du contrat."""
    sortes = [sorte for sorte in Sorte if sorte is not Sorte.CONTRAT or dossier.contrats]
    return [
        LigneDeDuree(sorte, echeance(sorte, dossier), sort_final(sorte, dossier))
        for sorte in sortes
    ]


def paquet_pour(personne: Utilisateur, reference: str, le: datetime) -> Paquet:
    paquet = (
        Paquet.objects.filter(reference=reference)
        .select_related("consultation__organisme", "demande_par")
        .first()
    )
    if paquet is None:
        raise Introuvable()
    _exiger(personne, paquet.consultation.organisme, "voir_les_archives", le)
    return paquet


def gel_pour(personne: Utilisateur, reference: str, le: datetime) -> Gel:
    gel = Gel.objects.filter(reference=reference).select_related("consultation__organisme").first()
    if gel is None:
        raise Introuvable()
    _exiger(personne, gel.consultation.organisme, "geler", le)
    return gel


def elimination_pour(personne: Utilisateur, reference: str, le: datetime) -> Elimination:
    trouvee = (
        Elimination.objects.filter(reference=reference)
        .select_related("organisme", "visee_par")
        .first()
    )
    if trouvee is None:
        raise Introuvable()
    _exiger(personne, trouvee.organisme, "eliminer", le)
    return trouvee


def _exiger(personne: Utilisateur, organisme: Organisme, acte: str, le: datetime) -> None:
    exiger_role(habilitation_dans(personne, organisme, le), acte, ACTES)


def eliminations_de(organismes: list[Organisme]) -> QuerySet[Elimination]:
    return Elimination.objects.filter(organisme__in=organismes).select_related("organisme")


def a_eliminer(consultation: Consultation, *, le: datetime) -> list[Piece]:
    """Ce qui peut aller à un bordereau aujourd'hui, et n'est à aucun ;
    avec les paquets et archives qui en portent la copie.
    """
    dossier, jour = dossier_de(consultation), le.astimezone(PARIS).date()
    if dossier.gels:
        return []
    permises = regles.eliminables(ports.pieces_de(consultation, le=le), dossier, le=jour)
    prises = cles_a_un_bordereau(consultation) if permises else set()
    restent = [piece for piece in permises if piece.cle not in prises]
    if not restent:
        return []
    portent = [copie for _, copie in copies.des_paquets([consultation])]
    portent += copies.des_archives(consultation.organisme, {piece.cle for piece in restent})
    return [*restent, *(copie for copie in portent if copie.cle not in prises)]


def cles_a_un_bordereau(consultation: Consultation) -> set[str]:
    return _cles_vivantes(PieceAEliminer.objects.filter(consultation=consultation))


def cles_aux_bordereaux(organisme: Organisme) -> set[str]:
    """De toutes ses consultations, et hors d'elles."""
    return _cles_vivantes(PieceAEliminer.objects.filter(elimination__organisme=organisme))


def _cles_vivantes(lignes: QuerySet[PieceAEliminer]) -> set[str]:
    vivantes = lignes.exclude(elimination__etat=Elimination.Etat.ABANDONNEE)
    return set(vivantes.values_list("cle_de_stockage", flat=True))


def lignes_de(elimination: Elimination) -> list[regles.Ligne]:
    """Le bordereau tel qu'il se lit, se vise et se vérifie."""
    return [
        regles.Ligne(
            rang=ligne.rang,
            consultation=ligne.consultation.reference
            if ligne.consultation
            else regles.HORS_CONSULTATION,
            titre=ligne.titre,
            sorte=ligne.sorte,
            nom=ligne.nom,
            taille=ligne.taille,
            jusqu_au=ligne.jusqu_au,
            source=ligne.source,
            sha256=ligne.sha256,
        )
        for ligne in elimination.lignes.select_related("consultation")
    ]
