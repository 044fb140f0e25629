"""Le dossier d'homologation, rempli de ce que le service sait de lui ;
le reste est à compléter, et se voit.
"""

import platform
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import django
from django.conf import settings
from django.db import connection

from beffroi.garde.conformite.queries.accessibilite import grille
from beffroi.garde.conformite.queries.traitements import TABLES, mesures, traitements
from beffroi.personnes.organismes.queries import exploitant
from beffroi.socle.fondations.version import version_du_logiciel
from formats.document import (
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Liste,
    Paragraphe,
    Tableau,
    a_completer,
    phrase,
)

MOTEURS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
PIECES = (
    "la décision d'homologation, signée de l'autorité du centre",
    "l'avis de la commission d'homologation",
    "l'analyse de risques (méthode EBIOS Risk Manager), menée sur l'installation",
    "le compte rendu d'un audit ou d'un test d'intrusion",
    "la politique de sécurité du centre",
    "le plan de reprise, et le compte rendu de la dernière restauration",
    "le plan d'action, et le risque que l'autorité accepte",
)
ARCHITECTURE = (
    "Un navigateur scelle chaque fichier avant de l'envoyer ; le serveur ne reçoit que du chiffré.",
    (
        "Un processus sert les pages et reçoit les dépôts ; un ouvrier fait le reste ; "
        "un coffre à part tient la clé d'une séance."
    ),
    (
        "Une base garde les actes, un stockage garde les fichiers. "
        "Rien n'est acquitté qui n'y soit durable."
    ),
    "Les pages n'appellent aucun autre site, et n'exécutent que le code du service.",
)


@dataclass(frozen=True)
class Risque:
    titre: str
    effet: str
    gravite: int
    mesures: tuple[str, ...]


@cache
def risques() -> tuple[Risque, ...]:
    lus = tomllib.loads((TABLES / "risques.toml").read_text("utf-8"))["risques"]
    return tuple(Risque(**{**lu, "mesures": tuple(lu["mesures"])}) for lu in lus)


def dossier(*, le: datetime) -> Document:
    """Le modèle du jour (ordonnance n° 2005-1516, art. 9 ; RGS 2.0)."""
    centre = exploitant()
    return Document(
        titre="Dossier d'homologation de sécurité",
        objet=settings.SERVICE["nom"],
        reference=version_du_logiciel(),
        nature="Version",
        emetteur=Emetteur(centre.nom, centre.adresse),
        etabli_le=le,
        chapitres=(
            _perimetre(),
            Chapitre("Architecture", (Liste(tuple(phrase(ligne) for ligne in ARCHITECTURE)),)),
            _donnees(),
            _risques(),
            Chapitre(
                "Mesures en place dans le logiciel",
                (Liste(tuple(phrase(dite) for dite in mesures().values())),),
            ),
            Chapitre("Pièces à joindre", (Liste(tuple(phrase(piece) for piece in PIECES)),)),
            _decision(),
        ),
    )


def _perimetre() -> Chapitre:
    versions = (
        ("Logiciel", phrase(version_du_logiciel())),
        ("Python", phrase(platform.python_version())),
        ("Django", phrase(django.get_version())),
        ("Base", phrase(MOTEURS.get(connection.vendor, connection.vendor))),
        ("Adresse publique", phrase(settings.ADRESSE_PUBLIQUE)),
        (
            "Hébergeur",
            phrase(a_completer("homologation", "l'hébergeur, son lieu, sa qualification")),
        ),
        ("Autorité d'homologation", phrase(a_completer("homologation", "nom et qualité"))),
    )
    usage = (
        "Profil d'acheteur de plusieurs organismes : publier, recevoir les réponses, ouvrir, "
        "attribuer, prouver."
    )
    return Chapitre("Périmètre", (Paragraphe(phrase(usage)), Fiche(versions)))


def _donnees() -> Chapitre:
    m = grille().mesure
    dit = (
        f"Le service tient {len(traitements())} traitements de données personnelles, "
        "au registre public."
    )
    acces = f"Accessibilité : {m.mention}, {m.conformes} critères prouvés sur {m.applicables}."
    lignes = tuple(
        (phrase(t.titre), phrase(t.role_en_clair), phrase(t.duree)) for t in traitements()
    )
    tableau = Tableau(
        legende="Traitements",
        entetes=("Traitement", "Le centre est", "Durée"),
        lignes=lignes,
        largeurs=(3, 3, 5),
    )
    return Chapitre(
        "Données et obligations", (Paragraphe(phrase(dit)), Paragraphe(phrase(acces)), tableau)
    )


def _risques() -> Chapitre:
    lignes = tuple(
        (
            phrase(f"{risque.titre}. {risque.effet}."),
            phrase(str(risque.gravite)),
            phrase(" ; ".join(mesures()[cle] for cle in risque.mesures)),
            phrase(a_completer("homologation", "risque qui reste")),
        )
        for risque in risques()
    )
    entetes = ("Ce que l'on redoute", "Gravité", "Ce que le logiciel y fait", "À apprécier")
    tableau = Tableau(legende="Risques", entetes=entetes, lignes=lignes, largeurs=(4, 1, 5, 2))
    dit = (
        "La gravité, de 1 à 4, est proposée. La vraisemblance dépend de l'installation : "
        "la commission l'apprécie."
    )
    return Chapitre("Risques", (Paragraphe(phrase(dit)), tableau))


def _decision() -> Chapitre:
    champs = (
        (
            "Décision",
            phrase(a_completer("homologation", "homologué, homologué sous réserve, refusé")),
        ),
        ("Durée", phrase(a_completer("homologation", "trois ans au plus est l'usage"))),
        ("Signature", phrase(a_completer("homologation", "autorité, date"))),
    )
    return Chapitre("Décision de l'autorité", (Fiche(champs),))
