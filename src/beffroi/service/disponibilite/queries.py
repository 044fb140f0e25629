"""Ce que la page montre."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db.models import Count, Min, Q, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES, ouvertes
from beffroi.achat.tours.models import Tour
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.service.disponibilite import rules
from beffroi.service.disponibilite.models import EtatTenu, Evenement, Releve
from beffroi.service.disponibilite.permissions import ACTES
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.models import Courriel, Tache
from beffroi.socle.guichet.lecture import lu_une_fois
from formats import maildir
from formats.dates import PARIS


def releve_de(composant: str) -> datetime | None:
    return Releve.objects.filter(composant=composant).values_list("le", flat=True).first()


def etats_tenus() -> dict[str, EtatTenu]:
    return {tenu.point: tenu for tenu in EtatTenu.objects.all()}


@dataclass(frozen=True)
class File:
    """Ce qui attend un ouvrier, et ce qu'il a renoncé à faire."""

    attendent: int
    plus_ancienne: datetime | None
    abandonnees: int


def file_des_travaux(le: datetime) -> File:
    """Les tâches dues ; celles que l'on retentera plus tard n'attendent personne."""
    due = Q(etat=Tache.Etat.PRETE, pas_avant__lte=le)
    abandonnee = Q(etat=Tache.Etat.ABANDONNEE, finie_le__gt=le - rules.ABANDONS_REGARDES)
    compte = Tache.objects.filter(due | abandonnee).aggregate(
        combien=Count("pk", filter=due),
        plus_ancienne=Min("pas_avant", filter=due),
        abandonnees=Count("pk", filter=abandonnee),
    )
    return File(compte["combien"], compte["plus_ancienne"], compte["abandonnees"])


def courriels_en_attente() -> QuerySet[Courriel]:
    return Courriel.objects.filter(envoye_le=None, refuse_le=None, confie_le=None)


@dataclass(frozen=True)
class BoiteDesCourriels:
    """Ce qui attend d'être lu, et ce qu'un regard doit reprendre."""

    attendent: int
    plus_ancien: datetime | None
    illisibles: int
    de_trop: int


def boite_des_courriels(dossier: Path) -> BoiteDesCourriels | None:
    """Rien si le dossier ne se lit pas, ou n'est pas une boîte Maildir."""
    try:
        arrives = [fichier.stat().st_mtime for fichier in (dossier / maildir.ARRIVES).iterdir()]
        illisibles, de_trop = (
            _fichiers(dossier / mis_de_cote) for mis_de_cote in maildir.MIS_DE_COTE
        )
    except OSError:
        return None
    plus_ancien = datetime.fromtimestamp(min(arrives), tz=UTC) if arrives else None
    return BoiteDesCourriels(len(arrives), plus_ancien, illisibles, de_trop)


def _fichiers(dossier: Path) -> int:
    return sum(1 for _ in dossier.iterdir()) if dossier.is_dir() else 0


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


@lu_une_fois
def heures_limites(depuis: datetime) -> list[datetime]:
    """Toutes les heures limites à venir,
    celles des consultations et celles des tours d'offres, la plus proche d'abord.
    """
    publiees = Consultation.toutes.exclude(etat__in=NON_PUBLIEES).filter(
        date_limite_remise__gte=depuis
    )
    tours = Tour.objects.filter(date_limite__gte=depuis)
    limites = [
        *publiees.values_list("date_limite_remise", flat=True),
        *tours.values_list("date_limite", flat=True),
    ]
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
    for limite in heures_limites(_minuit(le)):
        if limite >= le:
            par_jour.get(limite.astimezone(PARIS).date(), []).append(limite)
    return [_jour(jour, limites) for jour, limites in par_jour.items()]


def jour_de_pointe(le: datetime) -> Jour | None:
    """Des quinze jours qui viennent, celui où le plus de procédures ferment."""
    charges = [jour for jour in previsions(le) if jour.limites]
    return max(charges, key=lambda jour: jour.limites, default=None)


@dataclass(frozen=True)
class HeureLimite:
    """Une heure limite du jour, et combien de procédures ferment alors."""

    le: datetime
    combien: int
    passee: bool


def _minuit(le: datetime) -> datetime:
    """Le début du jour, à Paris."""
    return le.astimezone(PARIS).replace(hour=0, minute=0, second=0, microsecond=0)


def heures_du_jour(le: datetime) -> list[HeureLimite]:
    """Les heures limites d'aujourd'hui, à Paris, celles qui sont passées comprises."""
    minuit = _minuit(le)
    demain = minuit + timedelta(days=1)
    du_jour = Counter(limite for limite in heures_limites(minuit) if limite < demain)
    return [
        HeureLimite(limite, combien, passee=limite < le)
        for limite, combien in sorted(du_jour.items())
    ]


def _jour(jour: date, limites: list[datetime]) -> Jour:
    if not limites:
        return Jour(jour, 0, None, 0)
    pointe, combien = Counter(limites).most_common(1)[0]
    return Jour(jour, len(limites), pointe, combien)


def fermetures_prochaines(le: datetime) -> int:
    """Combien de consultations ferment dans les vingt-quatre heures : c'est public."""
    return ouvertes(le).filter(date_limite_remise__lte=le + timedelta(hours=24)).count()


def exiger_de_tenir_l_etat(personne: Utilisateur, le: datetime) -> None:
    exiger_au_centre(personne, "tenir_l_etat", ACTES, le)


def evenement_a_suivre(personne: Utilisateur, reference: str, le: datetime) -> Evenement:
    exiger_de_tenir_l_etat(personne, le)
    evenement = evenements().filter(Q(reference=reference), fini_le=None).first()
    if evenement is None:
        raise Introuvable
    return evenement
