"""Les mesures du service, telles que Prometheus les lit.

Deux sortes : ce que chaque processus web compte en répondant, tenu par `prometheus_client` dans un
fichier par processus ; ce que la base et la supervision disent, lu quand on le demande. Rien ne dit
d'une consultation qu'elle reçoit des réponses : les dépôts n'y sont qu'un total, arrêté à l'heure.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from beffroi.reponse.depots.models import FichierScelle, Pli
from beffroi.service.disponibilite import certificats, points, queries
from beffroi.service.disponibilite.rules import Gravite
from beffroi.socle.fondations import ecritures
from beffroi.socle.fondations.minutes import derniere_finie
from beffroi.socle.fondations.place import place_libre
from beffroi.socle.fondations.processus import vit
from beffroi.socle.journal.queries import derniere_tete
from beffroi.socle.noeuds.queries import horloges

SECONDES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
VALEURS = {
    Gravite.BON: 0,
    Gravite.A_SURVEILLER: 1,
    Gravite.EN_DEFAUT: 2,
    Gravite.INCONNU: 3,
}

demandes = Counter(
    "beffroi_demandes", "Demandes servies, par page et par statut.", ["page", "statut"]
)
durees = Histogram(
    "beffroi_duree_secondes", "Temps de réponse, par page.", ["page"], buckets=SECONDES
)
en_vol = Gauge(
    "beffroi_demandes_en_cours", "Demandes qu'on sert à l'instant.", multiprocess_mode="livesum"
)


def texte(le: datetime) -> bytes:
    """Tout, au format d'exposition de Prometheus."""
    dossier: Path = settings.METRIQUES["dossier"]
    oublier_les_morts(dossier)
    registre = CollectorRegistry()
    MultiProcessCollector(registre, path=str(dossier))  # type: ignore[no-untyped-call]
    registre.register(Etat(le))
    return generate_latest(registre)


def oublier_les_morts(dossier: Path) -> None:
    """Un processus tué laisse ce qu'il servait : personne ne le sert plus."""
    for fichier in dossier.glob("gauge_live*.db"):
        processus = fichier.stem.rpartition("_")[2]
        if processus.isdecimal() and not vit(int(processus)):
            mark_process_dead(processus, path=str(dossier))  # type: ignore[no-untyped-call]


class Etat:
    """Ce que la base et la supervision disent à l'instant."""

    def __init__(self, le: datetime) -> None:
        self.le = le

    def collect(self) -> Iterator[Metric]:
        """Nommé par `prometheus_client`."""
        yield self.des_points()
        yield self.des_horloges()
        yield self.des_certificats()
        for nom, aide, lire in JAUGES:
            lue = lire(self.le)
            if lue is not None:
                yield GaugeMetricFamily(f"beffroi_{nom}", aide, value=lue)

    def des_points(self) -> Metric:
        jauge = GaugeMetricFamily(
            "beffroi_point",
            "Un point de la supervision : 0 bon, 1 à surveiller, 2 en défaut, 3 inconnu.",
            labels=["point"],
        )
        for point in points.points(self.le):
            jauge.add_metric([point.code], VALEURS[Gravite(point.constat.ton)])
        return jauge

    def des_horloges(self) -> Metric:
        jauge = GaugeMetricFamily(
            "beffroi_horloge_ecart_secondes",
            "De combien l'horloge d'un nœud avance sur celle de la base.",
            labels=["noeud"],
        )
        for noeud, ecart in horloges().items():
            jauge.add_metric([noeud], ecart.ecart_ms / 1000)
        return jauge

    def des_certificats(self) -> Metric:
        jauge = GaugeMetricFamily(
            "beffroi_certificat_fin_secondes",
            "La fin d'un certificat que ce nœud lit, en secondes depuis 1970 ; 0 : illisible.",
            labels=["certificat"],
        )
        for certificat in certificats.d_ici(self.le):
            fin = certificat.fin.timestamp() if certificat.fin else 0
            jauge.add_metric([certificat.usage], fin)
        return jauge


def _age_de_la_tete(le: datetime) -> float | None:
    tete = derniere_tete()
    return (le - tete.signe_le).total_seconds() if tete else None


def _age_de_la_file(le: datetime) -> float:
    plus_ancienne = queries.file_des_travaux(le).plus_ancienne
    return (le - plus_ancienne).total_seconds() if plus_ancienne else 0


def _place(_: datetime) -> float | None:
    lue = place_libre()
    return lue.libre if lue else None


def _ecriture_prise(le: datetime) -> float | None:
    minute = _minute_d_ecritures(le)
    return minute.tenue_s if minute else None


def _attente_d_ecrire(le: datetime) -> float | None:
    minute = _minute_d_ecritures(le)
    return minute.attente_s if minute else None


def _minute_d_ecritures(le: datetime) -> ecritures.MinuteDEcritures | None:
    """La dernière finie ; rien sur PostgreSQL, où elles ne se comptent pas."""
    return next(iter(ecritures.depuis(derniere_finie(le), le)), None)


def _depots(le: datetime) -> float:
    """Arrêté à l'heure : deux lectures rapprochées ne disent pas qu'un dépôt vient d'arriver."""
    heure = le.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    return Pli.objects.filter(recu_le__lt=heure).count()


JAUGES: tuple[tuple[str, str, Callable[[datetime], float | None]], ...] = (
    (
        "taches_en_attente",
        "Tâches dues qu'aucun ouvrier n'a prises.",
        lambda le: queries.file_des_travaux(le).attendent,
    ),
    ("taches_age_secondes", "Depuis quand la plus ancienne attend.", _age_de_la_file),
    (
        "taches_abandonnees",
        "Tâches abandonnées depuis peu.",
        lambda le: queries.file_des_travaux(le).abandonnees,
    ),
    (
        "courriels_en_attente",
        "Courriels écrits, pas encore partis.",
        lambda _: queries.courriels_en_attente().count(),
    ),
    ("tete_du_registre_age_secondes", "Âge de la dernière tête publique.", _age_de_la_tete),
    ("place_libre_octets", "Place libre du disque de ce nœud.", _place),
    (
        "ecriture_prise_secondes",
        "Secondes de la dernière minute finie où l'écriture de la base SQLite était prise.",
        _ecriture_prise,
    ),
    (
        "ecriture_attente_secondes",
        "La plus longue attente de cette minute pour écrire dans la base SQLite.",
        _attente_d_ecrire,
    ),
    (
        "envois_en_cours",
        "Fichiers scellés dont l'envoi n'est pas fini.",
        lambda _: FichierScelle.objects.filter(etat=FichierScelle.Etat.EN_COURS).count(),
    ),
    ("depots", "Réponses déposées depuis toujours, arrêté à l'heure d'avant.", _depots),
)
