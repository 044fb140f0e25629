"""Les courriels que cette entreprise a reçus pour cette réponse :
accusé, rappel, report de l'heure limite, dossier changé.
"""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from beffroi.achat.consultations.models import ChangementPublie
from beffroi.personnes.abonnements.models import Suivi
from beffroi.personnes.abonnements.services import CLES
from beffroi.personnes.entreprises.models import Membre
from beffroi.publicite.retraits.queries import sujet_de
from beffroi.reponse.depots.models import BrouillonDeReponse, Pli
from beffroi.socle.fondations.models import Courriel

CHANGEMENTS = (ChangementPublie.Sorte.DELAI, ChangementPublie.Sorte.DOCUMENT)


def courriels_de(brouillon: BrouillonDeReponse, plis: Sequence[Pli]) -> QuerySet[Courriel]:
    """Ceux de la réponse,
    et ceux qui ont dit à l'entreprise ce qui changeait dans la consultation (CCP, art. R. 2151-4).
    """
    siens = Q(cle__in=[f"accuse:{pli.reference}" for pli in plis]) | Q(
        cle__startswith=f"rappel:{brouillon.reference}:"
    )
    if brouillon.invitation:
        siens |= Q(cle__startswith=f"prolongation:{brouillon.invitation.reference}:")
    return Courriel.objects.filter(siens | _des_changements(brouillon))


def _des_changements(brouillon: BrouillonDeReponse) -> Q:
    """Écrits du même acte que le changement, donc à son heure :
    à qui suit la consultation, ou y est seul invité.
    """
    consultation = brouillon.consultation
    heures = list(
        consultation.changements.filter(sorte__in=CHANGEMENTS).values_list("le", flat=True)
    )
    if not heures:
        return Q(pk__in=())
    suivis = Suivi.objects.filter(
        sujet=sujet_de(consultation).cle, adresse__courriel__in=_adresses(brouillon)
    )
    ecrits = Q(cle__startswith="remise:", cle__contains=f":{brouillon.equipe.identifiant}:")
    ecrits &= Q(texte__contains=consultation.reference)
    for reference in suivis.values_list("reference", flat=True):
        ecrits |= Q(cle__startswith=f"{CLES}{reference}:")
    return ecrits & Q(ecrit_le__in=heures)


def _adresses(brouillon: BrouillonDeReponse) -> set[str]:
    """Celles des comptes de l'équipe, partis ou non, telles qu'un abonnement les garde."""
    membres = Membre.objects.filter(equipe=brouillon.equipe_id)
    comptes = membres.values_list("utilisateur__courriel", flat=True)
    return {adresse.lower() for adresse in (brouillon.commence_par.courriel, *comptes)}
