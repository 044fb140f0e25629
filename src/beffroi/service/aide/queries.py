"""La file des rappels."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.service.aide import rules
from beffroi.service.aide.models import DemandeDeRappel
from beffroi.service.aide.permissions import ACTES
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete


@dataclass(frozen=True)
class Rappel:
    """Une demande dans la file ;
    `limite` si l'heure limite de sa consultation la fait passer en premier.
    """

    demande: DemandeDeRappel
    limite: datetime | None

    @property
    def passe_en_premier(self) -> bool:
        return self.limite is not None


@prete
def en_attente() -> QuerySet[DemandeDeRappel]:
    return DemandeDeRappel.objects.filter(rappelee_le=None)


def rappels_a_faire(*, le: datetime) -> list[Rappel]:
    """Qui dépose avant une heure limite proche d'abord, la plus proche en tête ;
    puis la plus ancienne demande.
    """
    demandes = list(en_attente())
    limites = limites_pressantes({demande.consultation for demande in demandes}, le=le)
    rappels = [Rappel(demande, limites.get(demande.consultation)) for demande in demandes]
    return sorted(rappels, key=lambda rappel: (not rappel.passe_en_premier, rappel.limite or le))


def limites_pressantes(dites: Collection[str], *, le: datetime) -> dict[str, datetime]:
    """Parmi ces références, telles que dites, celles dont l'heure limite presse."""
    references = {dite: rules.reference_dite(dite) for dite in dites}
    publiees = Consultation.toutes.exclude(etat__in=NON_PUBLIEES).filter(
        reference__in=references.values()
    )
    limites = dict(publiees.values_list("reference", "date_limite_remise"))
    trouvees = ((dite, limites.get(reference)) for dite, reference in references.items())
    return {
        dite: limite
        for dite, limite in trouvees
        if limite and rules.passe_en_premier(limite=limite, maintenant=le)
    }


def reponse_en_question(dite: str, compte: Utilisateur | None) -> BrouillonDeReponse | None:
    """La réponse que ce compte a commencée pour la consultation nommée,
    la dernière s'il en a plusieurs.
    """
    reference = rules.reference_dite(dite)
    if compte is None or not reference:
        return None
    siennes = BrouillonDeReponse.objects.filter(
        consultation__reference=reference, commence_par=compte
    )
    return siennes.order_by("-commence_le", "-pk").first()


def rappels_faits() -> QuerySet[DemandeDeRappel]:
    return DemandeDeRappel.objects.exclude(rappelee_le=None).order_by("-rappelee_le")


def rappels_a_effacer(le: datetime) -> QuerySet[DemandeDeRappel]:
    return DemandeDeRappel.objects.filter(
        Q(rappelee_le__lte=le - rules.VIE_APRES_L_APPEL)
        | Q(demandee_le__lte=le - rules.VIE_SANS_APPEL)
    )


def exiger_l_assistance(personne: Utilisateur, le: datetime) -> None:
    """Un agent du centre qui rappelle ; pour les autres, ces pages n'existent pas."""
    exiger_au_centre(personne, "rappeler", ACTES, le)


def rappel_pour(personne: Utilisateur, reference: str, le: datetime) -> DemandeDeRappel:
    exiger_l_assistance(personne, le)
    demande = DemandeDeRappel.objects.filter(reference=reference).first()
    if demande is None:
        raise Introuvable
    return demande
