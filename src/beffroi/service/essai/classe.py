"""La consultation école :
une procédure entière, jouée à un jour par minute, avec de vraies personnes à l'ouverture.

Le récit est une table. L'heure court jusqu'à l'étape suivante, la ronde la joue, l'heure
reprend. Après la dernière, elle va au pas de tous : les stagiaires ouvrent les réponses, à
deux, sur les vrais écrans.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from beffroi.achat.consultations.models import Consultation
from beffroi.service.essai import allure
from beffroi.service.essai.ports import classe
from beffroi.socle.fondations.erreurs import Introuvable
from formats.dates import PARIS

FICHIER = "classe.json"
JOURS_DE_LA_CLASSE = 8
SEL = "beffroi.ecole"
VALIDITE_DU_JETON = timedelta(minutes=5)


@dataclass(frozen=True)
class Etape:
    """Un moment du récit, compté depuis l'heure limite."""

    code: str
    apres_la_limite: timedelta
    titre: str
    explication: str


RECIT = (
    Etape(
        "retrait",
        timedelta(days=-7),
        "Deux entreprises téléchargent le dossier",
        "Une seule s'est nommée, pour être prévenue. Le registre des retraits garde les deux.",
    ),
    Etape(
        "premier_depot",
        timedelta(days=-6),
        "L'Atelier du Faîtage dépose une réponse",
        "Ses fichiers sont scellés. La commune ne voit ni son nom, ni qu'une réponse existe.",
    ),
    Etape(
        "question",
        timedelta(days=-5),
        "Les Zingueurs de la Lys posent une question",
        "Elle attend dans « À faire » de la commune. Les autres entreprises ne la voient pas.",
    ),
    Etape(
        "reponse",
        timedelta(days=-4),
        "La commune répond à tous",
        "Toutes les entreprises lisent la réponse au même instant, sans savoir qui a demandé.",
    ),
    Etape(
        "deuxieme_depot",
        timedelta(days=-3),
        "Les Zingueurs de la Lys déposent à leur tour",
        "La page de suivi de la commune n'a pas changé : c'est voulu.",
    ),
    Etape(
        "remplacement",
        timedelta(days=-1),
        "L'Atelier du Faîtage remplace sa réponse",
        "Seule la dernière réponse reçue dans le délai sera ouverte.",
    ),
    Etape(
        "retard",
        timedelta(minutes=5),
        "Les Couvertures Belle-Étoile déposent cinq minutes trop tard",
        "Leur réponse est reçue et marquée hors délai. L'acheteur décidera, en séance.",
    ),
)


@dataclass(frozen=True)
class EtapeMontree:
    etape: Etape
    prevue_le: datetime
    faite_le: datetime | None


@dataclass(frozen=True)
class EnCours:
    """Où en est la classe."""

    consultation: Consultation
    etapes: list[EtapeMontree]

    @property
    def suivante(self) -> EtapeMontree | None:
        return next((montree for montree in self.etapes if montree.faite_le is None), None)

    @property
    def est_aux_stagiaires(self) -> bool:
        return self.suivante is None and not self.est_finie

    @property
    def est_finie(self) -> bool:
        etat = Consultation.Etat
        return self.consultation.etat not in (etat.PUBLIEE, etat.CLOSE, etat.EN_OUVERTURE)


def exiger_l_ecole() -> None:
    if settings.ESPACE != allure.ECOLE:
        raise Introuvable


def commencer(*, le: datetime) -> None:
    """Ouvre une classe : la commune publie, et l'heure court jusqu'au premier dépôt.

    L'ancienne classe est oubliée.
    """
    exiger_l_ecole()
    jour = (le.astimezone(PARIS) + timedelta(days=JOURS_DE_LA_CLASSE)).date()
    limite = datetime.combine(jour, datetime.min.time().replace(hour=12), PARIS)
    consultation = classe().publier_pour_la_classe(limite=limite, le=le)
    garder({"consultation": consultation.reference, "faites": {}})
    courir_vers_la_suivante()


def avancer(le: datetime) -> None:
    """Ronde : joue l'étape due, puis fait courir l'heure vers la suivante.

    Sans classe, ou hors de l'école, rien.
    """
    if (
        settings.ESPACE != allure.ECOLE
        or (cours := en_cours()) is None
        or (suivante := cours.suivante) is None
    ):
        return
    if le < suivante.prevue_le:
        return
    classe().jouer(suivante.etape.code, cours.consultation, le=le)
    lue = relire() or {}
    garder({**lue, "faites": {**lue["faites"], suivante.etape.code: le.isoformat()}})
    courir_vers_la_suivante()


def courir_vers_la_suivante() -> None:
    cours = en_cours()
    if cours and cours.suivante:
        allure.accelerer(jusqu_a=cours.suivante.prevue_le)


def en_cours() -> EnCours | None:
    lue = relire()
    if lue is None:
        return None
    consultation = Consultation.toutes.select_related("organisme").get(
        reference=lue["consultation"]
    )
    faites = {code: datetime.fromisoformat(le) for code, le in lue["faites"].items()}
    etapes = [
        EtapeMontree(etape, consultation.limite + etape.apres_la_limite, faites.get(etape.code))
        for etape in RECIT
    ]
    return EnCours(consultation, etapes)


def relire() -> dict[str, Any] | None:
    fichier = Path(settings.DONNEES) / FICHIER
    return json.loads(fichier.read_text("utf-8")) if fichier.exists() else None


def garder(lue: dict[str, Any]) -> None:
    fichier = Path(settings.DONNEES) / FICHIER
    brouillon = fichier.with_suffix(".partiel")
    brouillon.write_text(json.dumps(lue), "utf-8")
    brouillon.replace(fichier)


def cle_partagee() -> str:
    """Ce que la plateforme confie à son école pour reconnaître ses agents."""
    return (
        settings.CLE_DE_L_ECOLE
        or salted_hmac(SEL, "cle", secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
    )


def jeton_pour(nom: str) -> str:
    return signing.dumps(nom, key=cle_partagee(), salt=SEL)


def exiger_le_jeton(jeton: str) -> None:
    """Un agent du centre de gestion, envoyé par la plateforme il y a moins de cinq minutes."""
    try:
        signing.loads(jeton, key=cle_partagee(), salt=SEL, max_age=VALIDITE_DU_JETON)
    except signing.BadSignature:
        raise Introuvable from None
