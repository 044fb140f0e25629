"""Ce que les écrans et les contextes au-dessus lisent des conventions."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import a_leur_cours
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.conventions.models import (
    AttestationDAssurance,
    AvenantConvention,
    Convention,
    DemandeDAdhesion,
    Denonciation,
    Litige,
    ParametreDate,
    PieceDeConvention,
)
from beffroi.centre.conventions.parametres import PARAMETRES
from beffroi.centre.conventions.permissions import ACTES
from beffroi.centre.conventions.states import Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import (
    est_agent,
    exiger_au_centre,
    exiger_chez,
)
from beffroi.socle.fondations import liens_signes
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_une_fois

CONFIRMATION = "adhesion:confirmer:"
SEL = "beffroi.conventions.demande"


@dataclass(frozen=True)
class ConventionDeLExercice:
    """Ce que la contribution d'une année a besoin de savoir d'une convention. Bornes comprises."""

    reference: str
    adherent: Adherent
    debut: date
    fin: date | None
    fin_pour_impaye: bool
    volume_estime: int | None


@lu_une_fois
def conventions_de_l_exercice(annee: int) -> list[ConventionDeLExercice]:
    """Celles qui couvrent un jour de cette année au moins, par nom d'adhérent."""
    premier, dernier = date(annee, 1, 1), date(annee, 12, 31)
    return [
        ConventionDeLExercice(
            reference=convention.reference,
            adherent=convention.adherent,
            debut=convention.prise_d_effet,
            fin=convention.fin,
            fin_pour_impaye=convention.fin_pour_impaye,
            volume_estime=convention.volume_estime,
        )
        for convention in _activees()
        if convention.prise_d_effet is not None
        and convention.prise_d_effet <= dernier
        and (convention.fin is None or convention.fin >= premier)
    ]


@lu_une_fois
def _activees() -> list[Convention]:
    """Une seule lecture, pour les années qu'une page regarde ensemble."""
    return list(_qui_ont_pris_effet())


@prete
def _qui_ont_pris_effet() -> QuerySet[Convention]:
    activees = conventions().filter(activee_le__isnull=False, prise_d_effet__isnull=False)
    return activees.order_by("adherent__nom", "prise_d_effet", "pk")


def parametres_en_vigueur(le: date) -> dict[str, str]:
    """Chaque paramètre tel qu'il vaut ce jour-là ;
    vide si rien n'est décidé et que rien ne vaut d'office.
    """
    valeurs = {nom: parametre.d_office for nom, parametre in PARAMETRES.items()}
    for decide in ParametreDate.objects.filter(effet_le__lte=le).order_by(
        "effet_le", "decide_le", "pk"
    ):
        valeurs[decide.nom] = decide.valeur
    return valeurs


def decisions(nom: str) -> QuerySet[ParametreDate]:
    """Toutes les valeurs décidées de ce paramètre, la plus récente d'abord."""
    return ParametreDate.objects.filter(nom=nom).select_related("decide_par")


def exiger_de_lire(utilisateur: Utilisateur, le: datetime) -> Habilitation:
    return _exiger(utilisateur, "lire_les_conventions", le)


def exiger_de_tenir(utilisateur: Utilisateur, le: datetime) -> Habilitation:
    return _exiger(utilisateur, "tenir_les_conventions", le)


def _exiger(utilisateur: Utilisateur, acte: str, le: datetime) -> Habilitation:
    return exiger_au_centre(utilisateur, acte, ACTES, le)


def peut_tenir(habilitation: Habilitation) -> bool:
    return permet(habilitation, "tenir_les_conventions", ACTES)


@prete
def en_vie() -> QuerySet[Convention]:
    """Celles que rien n'a closes."""
    return conventions().exclude(etat=Convention.Etat.CLOSE)


def conventions() -> QuerySet[Convention]:
    return Convention.objects.select_related("adherent")


def convention_par_reference(reference: str) -> Convention:
    convention = (
        conventions().select_related("adherent__organisme").filter(reference=reference).first()
    )
    if convention is None:
        raise Introuvable()
    return convention


def convention_a_lire(utilisateur: Utilisateur, reference: str, le: datetime) -> Convention:
    exiger_de_lire(utilisateur, le)
    return convention_par_reference(reference)


def convention_pour(
    utilisateur: Utilisateur, acte: str, reference: str, le: datetime
) -> tuple[Habilitation, Convention]:
    habilitation = _exiger(utilisateur, acte, le)
    return habilitation, convention_par_reference(reference)


def convention_a_tenir(utilisateur: Utilisateur, reference: str, le: datetime) -> Convention:
    exiger_de_tenir(utilisateur, le)
    return convention_par_reference(reference)


@dataclass(frozen=True)
class Colonne:
    """Une colonne du tableau : son état, et ses conventions."""

    etat: str
    libelle: str
    conventions: Sequence[Convention]


CLOSES_MONTREES = 20


def tableau(retenues: Sequence[Convention]) -> list[Colonne]:
    """Une colonne par état, dans l'ordre du cycle ; des closes, les dernières seulement."""
    colonnes = []
    for etat in Etat:
        siennes = [convention for convention in retenues if convention.etat == etat]
        if etat == Etat.CLOSE:
            siennes = sorted(siennes, key=lambda c: c.close_le or c.demandee_le, reverse=True)[
                :CLOSES_MONTREES
            ]
        colonnes.append(Colonne(etat.value, str(etat.label), siennes))
    return colonnes


def comptes_par_etat(retenues: Sequence[Convention]) -> list[tuple[str, str, int]]:
    """Combien de conventions dans chaque état."""
    comptes = Counter(convention.etat for convention in retenues)
    return [(etat.value, str(etat.label), comptes[etat.value]) for etat in Etat]


def piece_pour(convention: Convention, reference: str) -> PieceDeConvention:
    piece = convention.pieces.filter(reference=reference).first()
    if piece is None:
        raise Introuvable()
    return piece


def avenant_pour(convention: Convention, reference: str) -> AvenantConvention:
    avenant = convention.avenants.filter(reference=reference).first()
    if avenant is None:
        raise Introuvable()
    return avenant


def litige_pour(convention: Convention, reference: str) -> Litige:
    litige = (
        convention.litiges.filter(reference=reference)
        .select_related("convention__adherent__organisme")
        .first()
    )
    if litige is None:
        raise Introuvable()
    return litige


def consultations_en_cours(convention: Convention) -> list[Consultation]:
    """Les consultations publiées de l'adhérent qui ne sont pas à leur
    terme ; leur fiche est publique.
    """
    organisme = convention.adherent.organisme_id
    if organisme is None:
        return []
    return list(a_leur_cours().filter(organisme_id=organisme).order_by("date_limite_remise", "pk"))


def empreintes_produites(empreintes: Collection[str]) -> set[str]:
    """Parmi ces empreintes, celles d'un fichier que le centre a lui-même écrit pour être signé."""
    produites = PieceDeConvention.objects.filter(sha256__in=empreintes).exclude(modele="")
    return set(produites.values_list("sha256", flat=True))


def empreintes_au_dossier(empreintes: Collection[str]) -> set[str]:
    """Parmi elles, celles qu'un dossier garde déjà."""
    gardees = PieceDeConvention.objects.filter(sha256__in=empreintes)
    return set(gardees.values_list("sha256", flat=True))


def une_autre_en_vie(convention: Convention) -> bool:
    """Cet adhérent a une autre convention que rien n'a close."""
    siennes = Convention.objects.filter(adherent=convention.adherent_id)
    return siennes.exclude(pk=convention.pk).exclude(etat=Etat.CLOSE).exists()


def denonciation_en_cours(convention: Convention) -> Denonciation | None:
    """Celle que rien n'a annulée, avec ce qui a été remis, accusé, effacé."""
    return convention.denonciations.filter(annulee_le=None).first()


@prete
def _attestations() -> QuerySet[AttestationDAssurance]:
    return AttestationDAssurance.objects.order_by("au", "pk")


def attestations() -> list[AttestationDAssurance]:
    """La dernière attestation de chaque sorte : celle qui court le plus loin."""
    dernieres: dict[str, AttestationDAssurance] = {}
    for attestation in _attestations():
        dernieres[attestation.sorte] = attestation
    return [dernieres[sorte] for sorte in AttestationDAssurance.Sorte.values if sorte in dernieres]


# Ce qu'un adhérent lit de sa convention ; les lettres et les litiges restent au centre.
# Le plus important d'abord : ce que les deux ont signé.
MONTREES = (
    "signee_par_le_centre",
    "signee_par_l_adherent",
    "copie_signee",
    "avenant",
    "deliberation",
    "exemplaire",
    "annexe",
)
# Puis, au centre seul, ce qui l'a préparé et ce qui l'a suivi.
AU_DOSSIER = (*MONTREES, "preuve_postale", "copie_aux_archives", "remise", "lettre", "litige")


def par_importance(pieces: Iterable[PieceDeConvention]) -> list[PieceDeConvention]:
    """Les pièces d'un dossier, sorte par sorte, la plus récente d'abord ; le projet, en dernier."""
    rangs = {sorte: rang for rang, sorte in enumerate(AU_DOSSIER)}
    recentes = sorted(pieces, key=lambda piece: (piece.ajoutee_le, piece.pk), reverse=True)
    return sorted(recentes, key=lambda piece: rangs.get(piece.sorte, len(rangs)))


def pieces_montrees(convention: Convention) -> list[PieceDeConvention]:
    """Ce que l'adhérent lit : la dernière de chaque nom ; l'exemplaire, tant qu'il n'est pas signé.

    Les annexes du projet et celles de l'exemplaire ont les mêmes noms : les dernières valent.
    """
    siennes = convention.pieces.filter(sorte__in=MONTREES).order_by("ajoutee_le", "pk")
    dernieres = {(piece.sorte, piece.nom): piece for piece in siennes}.values()
    signee = any(piece.sorte == "signee_par_le_centre" for piece in dernieres)
    return par_importance(
        piece for piece in dernieres if not (signee and piece.sorte == "exemplaire")
    )


def notre_convention(
    utilisateur: Utilisateur, siret: str, le: datetime
) -> tuple[Habilitation, Convention | None]:
    """La dernière convention de l'organisme, pour ses propres agents."""
    habilitation = exiger_chez(utilisateur, siret, "lire_notre_convention", ACTES, le)
    convention = (
        conventions()
        .filter(adherent__organisme=habilitation.organisme)
        .order_by("-demandee_le")
        .first()
    )
    return habilitation, convention


def notre_piece(
    utilisateur: Utilisateur, siret: str, reference: str, le: datetime
) -> PieceDeConvention:
    """Une pièce de notre convention, de celles qui se montrent à l'adhérent."""
    _, convention = notre_convention(utilisateur, siret, le)
    piece = (
        convention.pieces.filter(reference=reference, sorte__in=MONTREES).first()
        if convention
        else None
    )
    if piece is None:
        raise Introuvable()
    return piece


def attestation_pour(
    utilisateur: Utilisateur, reference: str, le: datetime
) -> AttestationDAssurance:
    """Une attestation, pour un agent ; les autres n'ont rien à y voir."""
    attestation = AttestationDAssurance.objects.filter(reference=reference).first()
    if attestation is None or not est_agent(utilisateur, le):
        raise Introuvable()
    return attestation


# ---------------------------------------------------------------- demander à adhérer


def ou_en_est(siren: str) -> str:
    """Où en est la convention en vie de cette personne morale ; vide si elle n'en a pas."""
    en_vie = Convention.objects.filter(adherent__siren=siren).exclude(etat=Etat.CLOSE).first()
    return str(Etat(en_vie.etat).label).lower() if en_vie else ""


def demandes_en_attente(*, sauf: str) -> int:
    return DemandeDAdhesion.objects.filter(confirmee_le=None).exclude(siren=sauf).count()


def courriels_de_confirmation(courriel: str) -> list[datetime]:
    ecrits = Courriel.objects.filter(destinataire=courriel, cle__startswith=CONFIRMATION)
    return list(ecrits.values_list("ecrit_le", flat=True))


def jeton(demande: DemandeDAdhesion) -> str:
    return liens_signes.jeton_de(demande.reference, usage=SEL)


def demande_du_lien(jeton: str) -> DemandeDAdhesion:
    """La demande que ce lien confirme ; un lien altéré, ou trop vieux, est introuvable."""
    reference = liens_signes.reference_de(jeton, usage=SEL)
    demande = (
        DemandeDAdhesion.objects.filter(reference=reference).select_related("convention").first()
    )
    if demande is None:
        raise Introuvable("Cette demande n'attend plus : une semaine a passé. Refaites-la.")
    return demande
