"""Lire les consultations :
publiques, de mon organisme, et les faits qui décident de leur publication.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    Exists,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Lower

from beffroi.achat.consultations.models import (
    ChangementPublie,
    Consultation,
    EntrepriseInvitee,
    Lot,
    MembreQuiOuvre,
    PieceAttendue,
    PieceDce,
)
from beffroi.achat.consultations.permissions import ACTES
from beffroi.achat.consultations.ports import avis_dus, controles_de_l_achat
from beffroi.achat.consultations.rules.procedures import RESERVEES
from beffroi.achat.consultations.rules.publication import FaitsDePublication
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.rules import Disposition
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.queries import equipes_de
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import Permissions, exiger_role, permet
from beffroi.personnes.organismes.queries import (
    habilitation_dans,
    habilitations_en_cours,
    ou_joindre,
    publieurs,
)
from beffroi.socle.fondations.erreurs import ErreurMetier, Introuvable
from beffroi.socle.fondations.requetes import la_premiere, prete
from beffroi.socle.guichet.lecture import lu_ensemble, lu_une_fois
from beffroi.socle.journal.queries import histoire

Etat = Consultation.Etat
NON_PUBLIEES = (Etat.BROUILLON, Etat.EN_RELECTURE, Etat.PROGRAMMEE)
# Ce qui court encore, convention finie ou non : publié, et pas à son terme.
COURENT = (Etat.PUBLIEE, Etat.CLOSE, Etat.EN_OUVERTURE, Etat.DEPOUILLEE)


# ---------------------------------------------------------------- public


class Retiree(ErreurMetier):
    """Elle a existé, on l'a citée, et elle n'est plus ici : on dit où la demander."""

    statut = 410
    titre = "Cette page a été retirée"


def publiques(le: datetime) -> QuerySet[Consultation]:
    """Toutes celles qui ont été publiées : l'adresse d'une consultation ne meurt pas."""
    visibles = Consultation.toutes.exclude(etat__in=NON_PUBLIEES).filter(
        publiee_le__lte=le, effacee_le=None
    )
    visibles = visibles.exclude(type_de_procedure__in=RESERVEES)
    return visibles.select_related("organisme")


def a_leur_cours() -> QuerySet[Consultation]:
    """Celles que rien n'a encore menées à leur terme, l'heure limite passée ou non."""
    return Consultation.toutes.filter(etat__in=COURENT)


def ouvertes(le: datetime) -> QuerySet[Consultation]:
    """Celles auxquelles on peut encore répondre dans le délai, la plus proche d'abord."""
    consultations = publiques(le).filter(etat=Etat.PUBLIEE, date_limite_remise__gte=le)
    return consultations.order_by("date_limite_remise", "pk")


def publique(reference: str) -> Consultation:
    """Une consultation que tous lisent ;
    un brouillon, une consultation réservée sont introuvables, comme une inventée.
    """
    consultation = publiee(reference)
    if consultation.est_reservee:
        raise Introuvable()
    exiger_ici(consultation)
    return consultation


def exiger_ici(consultation: Consultation) -> None:
    """Un avis cite son adresse pour des années :
    rendue à l'acheteur, puis effacée d'ici, elle dit où demander.
    """
    if consultation.effacee_le is None:
        return
    acheteur, joindre = consultation.organisme, ou_joindre(consultation.organisme)
    raise Retiree(
        f"{acheteur.nom} a quitté ce service, "
        f"et garde lui-même cette consultation ({consultation.reference}). "
        f"Demandez-la-lui{f' : {joindre}' if joindre else ''}."
    )


def lisible(reference: str, personne: Utilisateur | AnonymousUser) -> Consultation:
    """Une consultation que tous lisent, ou celle où l'entreprise de cette personne est invitée."""
    consultation = publiee(reference, techniques=True)
    if consultation.est_reservee and not (
        isinstance(personne, Utilisateur) and est_invitee(consultation, personne)
    ):
        raise Introuvable()
    exiger_ici(consultation)
    return consultation


def est_invitee(consultation: Consultation, personne: Utilisateur) -> bool:
    return sirets_invites(consultation, personne).exists()


def sirets_invites(
    consultation: Consultation, personne: Utilisateur
) -> QuerySet[EntrepriseInvitee]:
    """Celles des invitées au nom desquelles cette personne répond."""
    return invitations_de([consultation], personne)


def invitations_de(
    consultations: Iterable[Consultation], personne: Utilisateur
) -> QuerySet[EntrepriseInvitee]:
    """Les mêmes, de plusieurs consultations :
    celle à qui l'invitation est écrite, et ses collègues.

    Un SIRET se déclare librement, une adresse aussi : ni l'un ni l'autre ne suffit. Il faut
    avoir prouvé l'adresse invitée, ou être de l'équipe de la personne qui l'a prouvée.
    """
    tenus = Membre.objects.filter(
        jusqu_au=None,
        equipe__identifiant=OuterRef("siret"),
        utilisateur__courriel__iexact=OuterRef("courriel"),
        utilisateur__preuves_d_adresse__courriel=Lower(OuterRef("courriel")),
    )
    return EntrepriseInvitee.objects.filter(
        Exists(tenus.filter(equipe__in=equipes_de(personne))),
        consultation__in=list(consultations),
    )


def publiee(reference: str, *, techniques: bool = False) -> Consultation:
    """Une consultation publiée, réservée ou non :
    pour l'acheteur, dont le rôle se vérifie ensuite.
    """
    consultation = la_premiere(_publiee(reference, techniques=techniques))
    if consultation is None:
        raise Introuvable()
    return consultation


@prete
def _publiee(reference: str, *, techniques: bool) -> QuerySet[Consultation]:
    parmi = Consultation.y_compris_techniques if techniques else Consultation.toutes
    return (
        parmi.exclude(etat__in=NON_PUBLIEES)
        .select_related("organisme", "cle_candidature", "cle_offre")
        .filter(reference=reference)[:1]
    )


def technique() -> Consultation | None:
    """Celle où la sonde dépose, s'il y en a une."""
    return (
        Consultation.y_compris_techniques.filter(technique=True).select_related("organisme").first()
    )


@prete
def pieces_en_vigueur(consultation: Consultation) -> QuerySet[PieceDce]:
    """La dernière version de chaque document, sauf ceux qui ont été retirés."""
    return consultation.pieces.filter(remplacee_par=None, retiree_le=None).order_by("rang", "pk")


@lu_une_fois
def pieces_du_dossier(consultation: Consultation) -> tuple[PieceDce, ...]:
    """Les mêmes, lus : une page en parle à plusieurs endroits."""
    return tuple(pieces_en_vigueur(consultation))


@prete
def pieces_anciennes(consultation: Consultation) -> QuerySet[PieceDce]:
    """Les documents remplacés ou retirés, qui restent lisibles."""
    anciennes = consultation.pieces.filter(
        Q(remplacee_par__isnull=False) | Q(retiree_le__isnull=False)
    )
    return anciennes.order_by("rang", "-version")


def piece_publique(consultation: Consultation, reference: str) -> PieceDce:
    piece = consultation.pieces.filter(reference=reference, publiee_le__isnull=False).first()
    if piece is None:
        raise Introuvable()
    return piece


def gardiens_de(consultation: Consultation) -> list[str]:
    """D'où viennent les gardiens de cette consultation :
    « exploitant » ou « tiers », une fois par gardien.
    """
    if consultation.cle_offre is None:
        return []
    parts = cles.parts_des_gardiens(consultation.cle_offre)
    return [
        "exploitant" if part.gardien and part.gardien.releve_de_l_exploitant else "tiers"
        for part in parts
    ]


# ---------------------------------------------------------------- acheteur


def consultation_pour(
    utilisateur: Utilisateur, reference: str, acte: str, le: datetime, *, table: Permissions = ACTES
) -> Consultation:
    """La consultation, si la personne est de l'organisme (404 sinon) et si son rôle
    permet l'acte (403 sinon).
    """
    consultation = _nommee(reference)
    if consultation is None:
        raise Introuvable()
    exiger_role(habilitation_dans(utilisateur, consultation.organisme, le), acte, table)
    return consultation


@lu_une_fois
def _nommee(reference: str) -> Consultation | None:
    return la_premiere(_de_reference(reference))


@prete
def _de_reference(reference: str) -> QuerySet[Consultation]:
    consultations = Consultation.toutes.filter(reference=reference)
    return consultations.select_related("organisme", "redigee_par", "cle_candidature", "cle_offre")[
        :1
    ]


def organismes_ou_l_on_redige(utilisateur: Utilisateur, le: datetime) -> set[int]:
    """Ceux où elle peut commencer une consultation : rien ne les a arrêtés."""
    return {
        h.organisme_id
        for h in habilitations_en_cours(utilisateur, le)
        if permet(h, "rediger", ACTES) and h.organisme.peut_creer_des_consultations
    }


@prete
def qui_ont_publie(organismes: list[int]) -> QuerySet[Consultation, int]:
    """De ces organismes, ceux qui ont publié une consultation au moins."""
    publiees = Consultation.toutes.filter(organisme__in=organismes, publiee_le__isnull=False)
    return publiees.order_by().values_list("organisme", flat=True).distinct()


def habilitation_pour_rediger(utilisateur: Utilisateur, le: datetime) -> Habilitation:
    """L'habilitation au nom de laquelle une consultation se crée :
    la première qui permet de rédiger, chez un organisme que rien n'a arrêté s'il y en a un.
    """
    habilitations = habilitations_en_cours(utilisateur, le)
    if not habilitations:
        raise Introuvable()
    redactrices = [h for h in habilitations if Habilitation.Role.REDACTEUR in h.roles]
    redactrices.sort(key=lambda h: not h.organisme.peut_creer_des_consultations)
    exiger_role((redactrices or habilitations)[0], "rediger", ACTES)
    return redactrices[0]


def de_mes_organismes(utilisateur: Utilisateur, le: datetime) -> QuerySet[Consultation]:
    """Les consultations des organismes où la personne tient un rôle qui permet de les voir."""
    organismes = [
        habilitation.organisme_id
        for habilitation in habilitations_en_cours(utilisateur, le)
        if ACTES["voir"] & set(habilitation.roles)
    ]
    return des_organismes(organismes)


@prete
def des_organismes(organismes: list[int]) -> QuerySet[Consultation]:
    """Les consultations de ces organismes, la dernière créée d'abord."""
    consultations = Consultation.toutes.filter(organisme__in=organismes).select_related("organisme")
    return consultations.order_by("-creee_le", "-pk")


def ouvreurs_possibles(consultation: Consultation, le: datetime) -> list[Utilisateur]:
    """Les personnes de l'organisme qui ont le rôle « membre qui ouvre »
    et ne sont pas déjà désignées.
    """
    designes = set(consultation.membres_qui_ouvrent.values_list("utilisateur_id", flat=True))
    en_cours = Q(jusqu_au=None) | Q(jusqu_au__gt=le)
    habilitations = consultation.organisme.habilitations.filter(en_cours, depuis_le__lte=le)
    return [
        habilitation.utilisateur
        for habilitation in habilitations.select_related("utilisateur").order_by("utilisateur__nom")
        if Habilitation.Role.OUVREUR in habilitation.roles
        and habilitation.utilisateur_id not in designes
    ]


def autres_publieurs(consultation: Consultation, le: datetime) -> list[Utilisateur]:
    """Les personnes de l'organisme, hors celle qui a rédigé, dont un rôle permet de publier."""
    return [
        personne
        for personne in publieurs(consultation.organisme, le)
        if personne != consultation.redigee_par
    ]


@lu_ensemble
def lots_lus(consultations: Sequence[Consultation]) -> dict[int, list[Lot]]:
    """Ses lots, dans leur ordre ; aucun si elle n'est pas allotie.

    Rien n'en reste sur la consultation : qui les relit après un acte lit ce qui est.
    """
    lots: dict[int, list[Lot]] = {une.pk: [] for une in consultations}
    for lot in _lots(list(lots)):
        lots[lot.consultation_id].append(lot)
    return lots


@prete
def _lots(consultations: list[int]) -> QuerySet[Lot]:
    return Lot.objects.filter(consultation__in=consultations)


@prete
def lots_de(consultation: Consultation) -> QuerySet[Lot]:
    """Ses lots, dans leur ordre, chacun tenant sa consultation."""
    return consultation.lots.all()


@prete
def changements_de(consultation: Consultation) -> QuerySet[ChangementPublie]:
    """Ce qui a changé depuis sa publication, le dernier d'abord."""
    return consultation.changements.all()


@lu_une_fois
def membres_de(consultation: Consultation) -> list[MembreQuiOuvre]:
    return list(_membres(consultation))


@prete
def _membres(consultation: Consultation) -> QuerySet[MembreQuiOuvre]:
    membres = consultation.membres_qui_ouvrent.select_related("utilisateur")
    return membres.order_by("utilisateur__nom", "pk")


def politique_choisie(consultation: Consultation) -> bool:
    """Quelqu'un a dit combien de clés il faudrait : le journal le retient, même quand rien n'a
    changé. Sans cela, le nombre des personnes désignées en décide.
    """
    return (
        histoire(consultation.reference).filter(acte="consultation.choisir_la_politique").exists()
    )


def membre_pour(consultation: Consultation, reference: str) -> MembreQuiOuvre:
    membre = consultation.membres_qui_ouvrent.filter(utilisateur__reference=reference).first()
    if membre is None:
        raise Introuvable()
    return membre


def lot_pour(consultation: Consultation, numero: int) -> Lot:
    lot = consultation.lots.filter(numero=numero).first()
    if lot is None:
        raise Introuvable()
    return lot


@lu_une_fois
def pieces_attendues_de(consultation: Consultation) -> tuple[PieceAttendue, ...]:
    """Ce qu'une réponse doit contenir, enveloppe par enveloppe."""
    return tuple(_pieces_attendues(consultation))


@prete
def _pieces_attendues(consultation: Consultation) -> QuerySet[PieceAttendue]:
    return consultation.pieces_attendues.select_related("lot")


def piece_attendue_pour(consultation: Consultation, reference: str) -> PieceAttendue:
    piece = consultation.pieces_attendues.filter(reference=reference).first()
    if piece is None:
        raise Introuvable()
    return piece


def piece_pour(consultation: Consultation, reference: str) -> PieceDce:
    """Un document en vigueur de cette consultation."""
    piece = pieces_en_vigueur(consultation).filter(reference=reference).first()
    if piece is None:
        raise Introuvable()
    return piece


# ---------------------------------------------------------------- publication


@lu_une_fois
def porteurs_et_prets(
    consultation: Consultation, le: datetime
) -> tuple[frozenset[str], frozenset[str]]:
    """Les personnes qui ont une part des deux paires,
    et celles qui ont réussi l'essai de chacune.
    """
    paires = (consultation.cle_candidature_id, consultation.cle_offre_id)
    if None in paires:
        return frozenset(), frozenset()
    porteurs: dict[int | None, set[str]] = {paire: set() for paire in paires}
    prets: dict[int | None, set[str]] = {paire: set() for paire in paires}
    for part in cles.parts_tenues(paires):
        personne = part.identite.utilisateur.reference
        porteurs[part.paire_id].add(personne)
        if cles.disposition_de(part, le) == Disposition.PRETE:
            prets[part.paire_id].add(personne)
    return (
        frozenset(set.intersection(*porteurs.values())),
        frozenset(set.intersection(*prets.values())),
    )


@prete
def _invitees(consultation: Consultation) -> QuerySet[EntrepriseInvitee, int]:
    return consultation.invitees.values_list("pk", flat=True)


@lu_une_fois
def faits_de_publication(consultation: Consultation, le: datetime) -> FaitsDePublication:
    """L'état du brouillon, en valeurs simples, pour les règles."""
    porteurs, prets = porteurs_et_prets(consultation, le)
    enveloppes = [piece.enveloppe for piece in pieces_attendues_de(consultation)]
    return FaitsDePublication(
        nombre_de_documents=len(pieces_du_dossier(consultation)),
        pieces_de_candidature=enveloppes.count(PieceAttendue.Enveloppe.CANDIDATURE),
        pieces_d_offre=enveloppes.count(PieceAttendue.Enveloppe.OFFRE),
        politique=consultation.politique_de_cles,
        membres_designes=frozenset(
            membre.utilisateur.reference for membre in membres_de(consultation)
        ),
        membres_porteurs=porteurs,
        membres_prets=prets,
        cles_posees=None not in (consultation.cle_candidature_id, consultation.cle_offre_id),
        gardiens_prets=len(cles.gardiens_prets()),
        reservee=consultation.est_reservee,
        invitees=len(_invitees(consultation)),
        organisme_actif=consultation.organisme.peut_creer_des_consultations,
        ecarts=(*controles_de_l_achat(consultation, le=le), *avis_dus(consultation, le=le)),
    )
