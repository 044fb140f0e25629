"""Ce que la répétition lit : qui répète, avec quelle clé jetable, et si c'est déjà fait."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import publiee
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.models import IdentiteDeMembre
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role, permet
from beffroi.personnes.organismes.queries import habilitation_dans, habilitations_en_cours
from beffroi.seance.coffre.coffre import coffre
from beffroi.seance.repetition.models import PartDeRepetition, PlaceDeRepetition, Repetition
from beffroi.seance.repetition.permissions import ACTES
from beffroi.seance.repetition.states import EN_COURS, EtatDeRepetition
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete

SORTE = "canari"


def consultation_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Consultation:
    """La consultation publiée à répéter : 404 si elle est étrangère, 403 sans le rôle."""
    consultation = publiee(reference)
    exiger_role(habilitation_dans(utilisateur, consultation.organisme, le), acte, ACTES)
    return consultation


def repetition_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Repetition:
    repetition = (
        Repetition.objects.select_related("consultation__organisme", "presidee_par")
        .filter(reference=reference)
        .first()
    )
    if repetition is None:
        raise Introuvable
    exiger_role(habilitation_dans(utilisateur, repetition.consultation.organisme, le), acte, ACTES)
    return repetition


def identites_qui_ouvrent(consultation: Consultation) -> list[IdentiteDeMembre]:
    """Les identités qui tiennent une part de la vraie clé :
    ce sont elles que la répétition éprouve.
    """
    return [part.identite for part in cles.parts_des_membres(consultation.paires_de_cles["offre"])]


def en_cours(consultation: Consultation) -> Repetition | None:
    return consultation.repetitions.filter(etat__in=EN_COURS).first()


def derniere_reussie(consultation: Consultation) -> Repetition | None:
    return (
        consultation.repetitions.filter(etat=EtatDeRepetition.REUSSIE).order_by("-finie_le").first()
    )


def a_repeter_par(utilisateur: Utilisateur, *, le: datetime) -> QuerySet[Consultation]:
    """Les consultations que cette personne ouvrira,
    publiées, encore à temps, et que personne n'a répétées.
    """
    siens = [
        h.organisme_id
        for h in habilitations_en_cours(utilisateur, le)
        if permet(h, "repeter", ACTES)
    ]
    return _a_repeter(utilisateur, siens, le)


@prete
def _a_repeter(
    utilisateur: Utilisateur, organismes: list[int], le: datetime
) -> QuerySet[Consultation]:
    publiees = Consultation.toutes.filter(
        etat=Consultation.Etat.PUBLIEE,
        date_limite_remise__gte=le,
        membres_qui_ouvrent__utilisateur=utilisateur,
        organisme__in=organismes,
    )
    return publiees.exclude(repetitions__etat=EtatDeRepetition.REUSSIE).order_by(
        "date_limite_remise"
    )


def parts_de(repetition: Repetition, utilisateur: Utilisateur) -> dict[str, PartDeRepetition]:
    part = (
        repetition.parts.filter(identite__utilisateur=utilisateur)
        .select_related("identite")
        .first()
    )
    return {SORTE: part} if part else {}


def cle_en_memoire(repetition: Repetition) -> bool:
    return coffre().contient(repetition.reference, SORTE)


def qui_a_repete(repetition: Repetition) -> list[str]:
    """Les personnes qui ont confirmé le code, ou tourné leur clé."""
    presents: Iterable[PlaceDeRepetition] = repetition.participants.exclude(confirme_le=None)
    return [place.nom for place in presents]
