"""« À faire » et les consultations :
essayer sa clé, voir venir l'ouverture, finir, valider, publier.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ouvreurs import Ouvreur, elle_parmi_les_ouvreurs
from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.achat.consultations.rules.rappels import RAPPELS_D_ESSAI
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.a_faire import SANS_ECHEANCE, AFaire
from beffroi.socle.fondations.requetes import prete
from formats import dates


def essais_de_cle(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """L'essai sans lequel une consultation ne se publie pas ;
    une fois publiée, il est dans « L'ouverture approche ».
    """
    attendus = {part.paire_id for part in cles.essais_en_attente(personne, le)}
    preparees = Consultation.toutes.filter(etat__in=NON_PUBLIEES)
    if preparees.filter(Q(cle_candidature__in=attendus) | Q(cle_offre__in=attendus)).exists():
        yield AFaire(
            titre="Essayer votre clé",
            detail="Une consultation attend cet essai pour être publiée.",
            url="/cles/",
            geste="Essayer",
            quand="Dès que possible",
            presse=True,
            echeance=le,
        )


def essais_dus(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [cles.essais_dus(personne, le)]


def ouvertures_prochaines(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """À J−7 puis J−2, chaque personne désignée sait que l'ouverture
    approche, et si sa clé est prête.
    """
    consultations = {consultation.pk: consultation for consultation in _proches(personne, le=le)}
    for pk, moi in elle_parmi_les_ouvreurs(personne, consultations.values(), le).items():
        yield _ouverture_prochaine(consultations[pk], moi, le=le)


def ouvertures_dans_la_semaine(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [_proches(personne, le=le)]


@prete
def _proches(personne: Utilisateur, *, le: datetime) -> QuerySet[Consultation]:
    miennes = Consultation.toutes.filter(
        etat=Consultation.Etat.PUBLIEE, membres_qui_ouvrent__utilisateur=personne
    )
    return miennes.filter(
        date_limite_remise__gt=le, date_limite_remise__lte=le + max(RAPPELS_D_ESSAI)
    )


def _ouverture_prochaine(consultation: Consultation, moi: Ouvreur, *, le: datetime) -> AFaire:
    limite = consultation.limite
    essai = f"/cles/canari/{moi.part}/" if moi.part else "/cles/"
    return AFaire(
        titre="L'ouverture approche : essayez votre clé"
        if moi.a_essayer
        else "L'ouverture approche",
        detail=(
            f"{consultation.titre}. "
            f"{'Votre clé est prête.' if moi.prete else "Votre clé n'est pas prête."}"
        ),
        url=essai if moi.a_essayer else f"/consultations/{consultation.reference}/suivre/",
        geste="Essayer" if moi.a_essayer else "Voir qui ouvre",
        quand=f"Heure limite le {dates.jour_et_heure_limite(limite)}",
        presse=moi.a_essayer,
        echeance=limite,
    )


def publication_empechee(
    consultation: Consultation, *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """L'heure dite est passée et rien n'a été publié : la personne sait pourquoi, et corrige."""
    if consultation.publication_empechee_le is not None:
        yield AFaire(
            titre="La publication prévue n'a pas eu lieu",
            detail=f"{consultation.titre}. {consultation.motif_d_empechement}",
            url=f"/consultations/{consultation.reference}/preparer/verifier/",
            geste="Corriger",
            quand=f"Prévue, puis empêchée le {dates.jour(consultation.publication_empechee_le)}",
            presse=True,
            echeance=consultation.publication_empechee_le,
        )


def validation_demandee(
    consultation: Consultation, *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Quand l'organisme publie à deux :
    la personne qui n'a pas rédigé relit, puis publie ou rend.
    """
    if (
        consultation.etat == Consultation.Etat.EN_RELECTURE
        and consultation.redigee_par_id != personne.pk
    ):
        limite = consultation.date_limite_remise
        yield AFaire(
            titre="Valider une consultation",
            detail=(
                f"{consultation.titre}. On vous demande de la relire, "
                "puis de la publier ou de la rendre."
            ),
            url=f"/consultations/{consultation.reference}/preparer/verifier/",
            geste="Relire",
            quand=f"Réponses attendues le {dates.jour(limite)}" if limite else "Sans date",
            presse=True,
            echeance=limite or le,
        )


def brouillon_a_finir(
    consultation: Consultation, *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Un brouillon rendu se corrige ; tout autre se finit."""
    if consultation.etat != Consultation.Etat.BROUILLON:
        return
    if consultation.rendue_le:
        yield _brouillon_rendu(consultation, rendue_le=consultation.rendue_le)
        return
    limite = consultation.date_limite_remise
    yield AFaire(
        titre="Finir de préparer une consultation",
        detail=consultation.titre,
        url=f"/consultations/{consultation.reference}/preparer/",
        geste="Continuer",
        quand=f"Réponses attendues le {dates.jour(limite)}" if limite else "Sans date",
        presse=False,
        echeance=limite or SANS_ECHEANCE,
    )


def _brouillon_rendu(consultation: Consultation, *, rendue_le: datetime) -> AFaire:
    return AFaire(
        titre="Reprendre une consultation rendue",
        detail=f"{consultation.titre}. {consultation.motif_du_renvoi}",
        url=f"/consultations/{consultation.reference}/preparer/",
        geste="Corriger",
        quand=f"Rendue le {dates.jour(rendue_le)}",
        presse=True,
        echeance=rendue_le,
    )
