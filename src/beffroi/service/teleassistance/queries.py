"""Les partages d'une personne, ceux du centre, et les signaux qui attendent d'être lus."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.service.teleassistance import codes
from beffroi.service.teleassistance.models import AccordEnAttente, CodeFaux, Partage, Signal
from beffroi.service.teleassistance.rules import DUREE_AU_PLUS, ESSAIS_COMPTES_PENDANT
from beffroi.service.teleassistance.states import VIFS, Etat
from beffroi.socle.fondations.erreurs import Introuvable

DE_L_ACCORD = ("personne", "demande", "demande__organisme")
LIENS = (*DE_L_ACCORD, "rejoint_par")


def en_attente(le: datetime) -> QuerySet[AccordEnAttente]:
    """Ceux dont le code vaut encore."""
    return AccordEnAttente.objects.filter(etat=Etat.CONSENTI, code_jusqu_au__gt=le)


def codes_en_attente(le: datetime) -> dict[str, str]:
    return {
        reference: codes.code_de(reference)
        for reference in en_attente(le).values_list("reference", flat=True)
    }


def codes_faux(agent: Utilisateur, le: datetime) -> int:
    return CodeFaux.objects.filter(agent=agent, le__gt=le - ESSAIS_COMPTES_PENDANT).count()


def a_expirer(le: datetime) -> QuerySet[Partage]:
    """Un partage oublié ouvert ; un code d'avant, que personne n'a tapé."""
    sans_personne = Q(etat=Etat.CONSENTI, code_jusqu_au__lte=le)
    return Partage.objects.filter(
        sans_personne | Q(etat__in=VIFS, consenti_le__lte=le - DUREE_AU_PLUS)
    )


def codes_passes(le: datetime) -> QuerySet[AccordEnAttente]:
    """Un code que personne n'a tapé."""
    return AccordEnAttente.objects.filter(etat=Etat.CONSENTI, code_jusqu_au__lte=le)


def mes_partages(personne: Utilisateur) -> QuerySet[Partage]:
    return Partage.objects.filter(personne=personne).select_related(*LIENS)


def au_centre() -> QuerySet[Partage]:
    """Ceux qu'un agent a rejoints : avant, personne n'a à savoir que quelqu'un attend."""
    return Partage.objects.filter(rejoint_par__isnull=False).select_related(*LIENS)


def de_l_agent(agent: Utilisateur, reference: str) -> Partage:
    """Le partage que cet agent a rejoint ; celui d'un collègue n'est pas le sien."""
    partage = au_centre().filter(rejoint_par=agent, reference=reference).first()
    if partage is None:
        raise Introuvable()
    return partage


def de_la_fenetre(jeton: str, visiteur: Any) -> Partage | AccordEnAttente:
    """Le partage de ce lien, ou l'accord qui l'attend encore.

    Accepté depuis un compte, il faut aussi ce compte : un lien copié ne suffit pas.
    """
    reference = codes.reference_de(jeton)
    partage = (
        AccordEnAttente.objects.filter(reference=reference).select_related(*DE_L_ACCORD).first()
        or Partage.objects.filter(reference=reference).select_related(*LIENS).first()
    )
    if partage is None or (
        partage.personne_id and partage.personne_id != getattr(visiteur, "pk", None)
    ):
        raise Introuvable()
    return partage


def signaux_de(partage: Partage, cote: str, *, depuis: int) -> list[dict[str, Any]]:
    """Ce que ce côté a dit depuis le dernier lu."""
    lus = Signal.objects.filter(partage=partage, cote=cote, pk__gt=depuis)
    return [{"rang": signal.pk, "genre": signal.genre, "corps": signal.corps} for signal in lus]
