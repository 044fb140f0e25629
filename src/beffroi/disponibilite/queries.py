"""Ce que la page montre."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from beffroi.comptes.models import Utilisateur
from beffroi.consultations.models import Consultation
from beffroi.consultations.queries import NON_PUBLIEES, ouvertes
from beffroi.disponibilite import rules
from beffroi.disponibilite.models import Evenement, Releve
from beffroi.disponibilite.permissions import ACTES
from beffroi.organismes.permissions import exiger_role
from beffroi.organismes.queries import habilitation_d_exploitant
from beffroi.socle.erreurs import Introuvable
from beffroi.tours.models import Tour
from formats.dates import PARIS


def releve_du_stockage() -> datetime | None:
    return Releve.objects.filter(composant="stockage").values_list("le", flat=True).first()


def evenements() -> QuerySet[Evenement]:
    """Avec le numéro que le contexte `incidents` a donné à certains."""
    return Evenement.objects.select_related("incident").prefetch_related("points")


def en_cours(le: datetime) -> QuerySet[Evenement]:
    return evenements().filter(fini_le=None, commence_le__lte=le)


def prevus(le: datetime) -> QuerySet[Evenement]:
    """Le plus proche d'abord."""
    return evenements().filter(fini_le=None, commence_le__gt=le).order_by("commence_le")


def passes(le: datetime) -> QuerySet[Evenement]:
    """Ceux de l'année, le dernier d'abord."""
    return evenements().filter(fini_le__gt=le - rules.VIE_D_UN_EVENEMENT_MONTRE)


def annonces() -> QuerySet[Evenement]:
    return evenements().order_by("-annonce_le", "-pk")


def heures_limites(depuis: datetime) -> list[datetime]:
    """Toutes les heures limites à venir, celles des consultations et celles des tours d'offres, la plus proche d'abord."""
    publiees = Consultation.toutes.exclude(etat__in=NON_PUBLIEES).filter(date_limite_remise__gte=depuis)
    tours = Tour.objects.filter(date_limite__gte=depuis)
    limites = [*publiees.values_list("date_limite_remise", flat=True), *tours.values_list("date_limite", flat=True)]
    return sorted(limite for limite in limites if limite is not None)


@dataclass(frozen=True)
class Jour:
    """Un jour à venir : combien d'heures limites, et la plus chargée."""

    jour: date
    limites: int
    pointe: datetime | None
    a_la_pointe: int


def previsions(le: datetime) -> list[Jour]:
    """Les quinze jours qui viennent, aujourd'hui compris : quand le monde viendra déposer."""
    aujourd_hui = le.astimezone(PARIS).date()
    jours = [aujourd_hui + timedelta(days=rang) for rang in range(rules.JOURS_PREVUS)]
    par_jour: dict[date, list[datetime]] = {jour: [] for jour in jours}
    for limite in heures_limites(le):
        par_jour.get(limite.astimezone(PARIS).date(), []).append(limite)
    return [_jour(jour, limites) for jour, limites in par_jour.items()]


def _jour(jour: date, limites: list[datetime]) -> Jour:
    if not limites:
        return Jour(jour, 0, None, 0)
    pointe, combien = Counter(limites).most_common(1)[0]
    return Jour(jour, len(limites), pointe, combien)


def fermetures_prochaines(le: datetime) -> int:
    """Combien de consultations ferment dans les vingt-quatre heures : c'est public."""
    return ouvertes(le).filter(date_limite_remise__lte=le + timedelta(hours=24)).count()


def exiger_de_tenir_l_etat(personne: Utilisateur, le: datetime) -> None:
    exiger_role(habilitation_d_exploitant(personne, le), "tenir_l_etat", ACTES)


def evenement_a_suivre(personne: Utilisateur, reference: str, le: datetime) -> Evenement:
    exiger_de_tenir_l_etat(personne, le)
    evenement = evenements().filter(Q(reference=reference), fini_le=None).first()
    if evenement is None:
        raise Introuvable
    return evenement
