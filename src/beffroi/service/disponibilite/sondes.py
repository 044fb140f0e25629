"""Une sonde par composant : un constat, jamais une mesure longue.

Ce qui n'a pas pu être vérifié le dit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection

from beffroi.service.disponibilite import queries, rules
from beffroi.service.disponibilite.models import Releve
from beffroi.service.sonde import queries as sonde
from beffroi.service.sonde.rules import ECHECS_AVANT_L_ALERTE
from beffroi.service.sonde.rules import SILENCE as SILENCE_DE_LA_SONDE
from beffroi.socle.guichet.lecture import lu_une_fois
from beffroi.socle.journal.models import JetonQualifie
from formats import dates, tailles

MARCHE, EN_RETARD, EN_PANNE, INCONNU = "ok", "attention", "danger", "gris"
MOTS = {MARCHE: "Marche", EN_RETARD: "En retard", EN_PANNE: "En panne", INCONNU: "Non vérifié"}
SANS_LA_BASE = "La base ne répond pas : cette vérification n'a pas pu être faite."
UN_JOUR = timedelta(hours=24)
LES_PAGES = "Les pages"
SANS_NOUVELLE = "Aucun constat récent : cette vérification n'a pas pu être faite."


@dataclass(frozen=True)
class Constat:
    ton: str
    phrase: str


@dataclass(frozen=True)
class Sonde:
    """Un composant, et ce que la page en dit."""

    nom: str
    constat: Constat

    @property
    def ton(self) -> str:
        return self.constat.ton

    @property
    def mot(self) -> str:
        return MOTS[self.constat.ton]


def sonder(le: datetime) -> list[Sonde]:
    """Tous les composants, dans l'ordre où une entreprise les rencontre."""
    return [Sonde(nom, constater(sonde, le)) for nom, sonde in SONDES]


def constater(sonde: Callable[[datetime], Constat], le: datetime) -> Constat:
    try:
        return sonde(le)
    except DatabaseError:
        return Constat(INCONNU, SANS_LA_BASE)


def pages(_: datetime) -> Constat:
    return Constat(MARCHE, "Vous lisez cette page.")


def depot(le: datetime) -> Constat:
    """Ce que la sonde a mesuré : un dépôt d'essai par minute, par le chemin des entreprises."""
    derniere, suite = sonde.derniere(), sonde.derniers_resultats(le)
    if derniere is None or not rules.est_frais(
        derniere.commencee_le, maintenant=le, silence=SILENCE_DE_LA_SONDE
    ):
        return Constat(INCONNU, SANS_NOUVELLE)
    part = sonde.part(le - UN_JOUR, le)
    if not part.mesures:
        return Constat(INCONNU, SANS_NOUVELLE)
    mesure = (
        f"{tailles.nombre(part.reussies)} dépôts d'essai réussis sur "
        f"{tailles.nombre(part.mesures)} en 24 heures"
    )
    phrase = f"{mesure}, soit {part.en_clair}. Le dernier : {a_l_heure(derniere.commencee_le)}."
    if derniere.reussie:
        return Constat(MARCHE, phrase)
    en_panne = suite[-ECHECS_AVANT_L_ALERTE:].count(False) == ECHECS_AVANT_L_ALERTE
    return Constat(
        EN_PANNE if en_panne else EN_RETARD, f"Le dernier dépôt d'essai a échoué. {phrase}"
    )


def base(_: datetime) -> Constat:
    try:
        with connection.cursor() as curseur:
            curseur.execute("SELECT 1")
    except DatabaseError:
        return Constat(
            EN_PANNE,
            "Ni connexion ni dépôt ne sont possibles. Appelez-nous si l'heure limite approche.",
        )
    return Constat(MARCHE, "Comptes, consultations et réponses se lisent et s'écrivent.")


@lu_une_fois
def _releves() -> dict[str, Releve]:
    """Le dernier relevé de chaque composant."""
    return {releve.composant: releve for releve in Releve.objects.all()}


def stockage(le: datetime) -> Constat:
    releve = _releves().get("stockage")
    if releve is None or not rules.est_frais(
        releve.le, maintenant=le, silence=rules.SILENCE_DU_STOCKAGE
    ):
        return Constat(INCONNU, SANS_NOUVELLE)
    if not releve.bon:
        return Constat(
            EN_PANNE, "Les fichiers ne s'écrivent plus. Un envoi commencé reprendra où il en était."
        )
    return Constat(MARCHE, f"Un fichier d'essai a été écrit puis relu, {a_l_heure(releve.le)}.")


def dit_du_stockage() -> str:
    """Le geste que le dernier essai a vu refusé, s'il y en a un."""
    releve = _releves().get("stockage")
    return releve.dit if releve else ""


def ouvrier(le: datetime) -> Constat:
    releve = _releves().get("ouvrier")
    if releve is None:
        return Constat(INCONNU, SANS_NOUVELLE)
    if not rules.est_frais(releve.le, maintenant=le, silence=rules.SILENCE_DE_L_OUVRIER):
        return Constat(
            EN_RETARD, f"Sans nouvelle depuis {a_l_heure(releve.le)}. Déposer reste possible."
        )
    return Constat(MARCHE, "Courriels, rappels et publications à heure dite sont traités.")


def courriels(le: datetime) -> Constat:
    if queries.courriels_en_attente().filter(ecrit_le__lt=le - rules.COURRIEL_EN_RETARD).exists():
        return Constat(
            EN_RETARD,
            "Des courriels attendent plus d'un quart d'heure. Le récépissé en ligne fait foi.",
        )
    return Constat(MARCHE, "Aucun courriel n'attend plus d'un quart d'heure.")


def horodatage(le: datetime) -> Constat:
    if not settings.HORODATAGE["adresses"]:
        return Constat(
            INCONNU,
            "Aucun service qualifié n'est réglé : seule l'horloge du service date les dépôts.",
        )
    du_jour = (
        JetonQualifie.objects.filter(objet=JetonQualifie.Objet.POINT_DE_CONTROLE)
        .order_by("-recu_le")
        .first()
    )
    if du_jour is None:
        return Constat(INCONNU, SANS_NOUVELLE)
    if not rules.est_frais(du_jour.recu_le, maintenant=le, silence=rules.JETON_DU_JOUR):
        return Constat(
            EN_RETARD, "Le jeton du jour tarde. Un dépôt garde son heure, et recevra le sien."
        )
    return Constat(
        MARCHE, f"Le dernier jeton qualifié du registre est du {dates.jour(du_jour.recu_le)}."
    )


def a_l_heure(instant: datetime) -> str:
    return f"le {dates.jour(instant)} à {dates.a_la_minute(instant)}"


SONDES: tuple[tuple[str, Callable[[datetime], Constat]], ...] = (
    (LES_PAGES, pages),
    ("Le dépôt d'une réponse", depot),
    ("La base de données", base),
    ("Les fichiers", stockage),
    ("Les travaux de fond", ouvrier),
    ("Les courriels", courriels),
    ("L'horodatage qualifié", horodatage),
)
