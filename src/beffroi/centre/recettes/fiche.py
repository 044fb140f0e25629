"""Le bloc « Contribution » de la fiche d'un adhérent : le port `adherents.SaContribution`."""

from datetime import datetime

from django.urls import reverse

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.ports import Bloc, Fait
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.recettes import lecture
from beffroi.centre.recettes.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from formats.dates import PARIS
from formats.sommes import en_euros

APPELS_MONTRES = 3


def sa_contribution(adherent: Adherent, *, pour: Habilitation, le: datetime) -> Bloc | None:
    """Les derniers appels et ce qu'il en reste dû : à qui lit les recettes."""
    if not permet(pour, "voir_les_recettes", ACTES):
        return None
    siennes = Contribution.objects.filter(adherent=adherent, emise_le__isnull=False)
    dernieres = lecture.avec_recettes(siennes).order_by("-exercice__annee", "-exercice__rang")
    return Bloc(
        faits=[_appel(contribution, le) for contribution in dernieres[:APPELS_MONTRES]],
        sinon="Aucun appel encore.",
    )


def _appel(contribution: Contribution, le: datetime) -> Fait:
    reste = lecture.reste_du(contribution, le=le.astimezone(PARIS).date())
    exercice = contribution.exercice
    ton, mot = ("attention", f"Reste {en_euros(reste)}") if reste else ("ok", "Rien à payer")
    return Fait(
        quoi=exercice.titre,
        dit=f"{en_euros(contribution.montant)} appelés" if contribution.montant else "gratuite",
        ton=ton,
        mot=mot,
        url=reverse("contributions:ligne", args=(exercice.annee, contribution.reference)),
    )
