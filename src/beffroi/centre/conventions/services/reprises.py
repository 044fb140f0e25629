"""Reprendre une convention signée hors de Beffroi, et revenir sur une reprise."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.conventions import queries
from beffroi.centre.conventions.models import Convention, PieceDeConvention
from beffroi.centre.conventions.rules import duree, reprises
from beffroi.centre.conventions.services.cycle import Interlocuteur
from beffroi.centre.conventions.services.pieces import Fichier, empreintes, garder
from beffroi.personnes.organismes.services import suspendre_les_nouvelles_consultations
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.franchissement import franchir
from formats.dates import PARIS

SUSPENDU = "La reprise de la convention a été annulée par le centre de gestion."


@dataclass(frozen=True)
class SigneeAilleurs:
    """Ce que la convention signée dit d'elle-même. Sans `terme`, celui de l'article 5."""

    signee_le: date
    prise_d_effet: date
    interlocuteur: Interlocuteur
    terme: date | None = None
    deliberation_le: date | None = None
    copie: Fichier | None = None


@transaction.atomic
def reprendre(
    *, adherent: Adherent, signee: SigneeAilleurs, par: Acteur, maintenant: datetime
) -> Convention:
    """La convention entre telle qu'elle a été signée ailleurs ; elle ne s'active pas encore."""
    adherent = verrouiller(adherent, avec=("organisme",))
    _exiger_ses_dates(signee, maintenant)
    try:
        with transaction.atomic():
            convention = Convention.objects.create(
                adherent=adherent,
                origine=Convention.Origine.REPRISE,
                demandee_le=maintenant,
                interlocuteur=signee.interlocuteur.interlocuteur,
                qualite=signee.interlocuteur.qualite,
                courriel=signee.interlocuteur.courriel,
            )
    except IntegrityError as doublon:
        raise RegleEnfreinte(
            f"{adherent} a déjà une convention en vie. Ouvrez-la depuis la liste."
        ) from doublon
    copie = _garder_la_copie(convention, signee.copie, par=par, maintenant=maintenant)
    return _tenir_pour_signee(convention, signee, copie, par=par, maintenant=maintenant)


def _exiger_ses_dates(signee: SigneeAilleurs, maintenant: datetime) -> None:
    aujourd_hui = maintenant.astimezone(PARIS).date()
    exiger(reprises.signature_d_ailleurs(le=signee.signee_le, aujourd_hui=aujourd_hui))
    exiger(reprises.effet_d_ailleurs(effet=signee.prise_d_effet, signee_le=signee.signee_le))
    if signee.deliberation_le:
        exiger(
            reprises.deliberation_d_ailleurs(
                prise_le=signee.deliberation_le, signee_le=signee.signee_le
            )
        )
    if signee.terme:
        exiger(reprises.terme_d_ailleurs(effet=signee.prise_d_effet, terme=signee.terme))


def _garder_la_copie(
    convention: Convention, copie: Fichier | None, *, par: Acteur, maintenant: datetime
) -> list[PieceDeConvention]:
    if copie is None:
        return []
    constat = f"{par.libelle} : copie d'une convention signée hors de Beffroi"
    sorte = PieceDeConvention.Sorte.COPIE_SIGNEE
    return [garder(convention, sorte, copie, maintenant=maintenant, constat=constat)]


def _tenir_pour_signee(
    convention: Convention,
    signee: SigneeAilleurs,
    copie: list[PieceDeConvention],
    *,
    par: Acteur,
    maintenant: datetime,
) -> Convention:
    decides = queries.parametres_en_vigueur(maintenant.astimezone(PARIS).date())
    terme = signee.terme or duree.terme(signee.prise_d_effet)
    return franchir(
        convention,
        "reprendre_une_signee",
        par=par,
        le=maintenant,
        donnees={
            "adherent": convention.adherent.siren,
            "signee_ailleurs_le": signee.signee_le.isoformat(),
            "prise_d_effet": signee.prise_d_effet.isoformat(),
            "terme": terme.isoformat(),
            "pieces": empreintes(*copie),
        },
        signee_ailleurs_le=signee.signee_le,
        reprise_le=maintenant,
        deliberation_date=signee.deliberation_le,
        prise_d_effet=signee.prise_d_effet,
        terme=terme,
        tribunal=decides["tribunal"],
        comptable=decides["comptable"],
    )


@transaction.atomic
def annuler_la_reprise(
    *, convention: Convention, motif: str, par: Acteur, maintenant: datetime
) -> Convention:
    """Elle sort comme elle est entrée : close, sans date d'effet, et elle dit pourquoi.

    L'appelant a vérifié que rien ne s'appuie sur elle.
    """
    convention = verrouiller(convention, avec=("adherent__organisme",))
    if convention.reprise_le is None:
        raise ConflitEtat(
            "Cette convention a été signée ici : elle ne s'annule pas, elle se finit."
        )
    organisme = convention.adherent.organisme
    if organisme is not None:
        suspendre_les_nouvelles_consultations(
            organisme=organisme, motif=SUSPENDU, par=par, maintenant=maintenant
        )
    return franchir(
        convention,
        "annuler_la_reprise",
        par=par,
        le=maintenant,
        donnees={"motif": motif},
        motif_d_ecart=motif,
        prise_d_effet=None,
        terme=None,
        close_le=maintenant,
    )
