"""À quels serveurs la plateforme parle, d'après ses réglages, et ce qui y part.

Rien d'autre ne sort (REQ-134).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings

from beffroi.garde.conformite.rules.localisation import Attestation, Serveur, attestation, serveurs


class Sorte(NamedTuple):
    """Une sorte de serveur : ce qui y part, les variables qui le règlent, les adresses réglées."""

    titre: str
    ce_qui_part: str
    variables: tuple[str, ...]
    adresses: Callable[[], Sequence[str]]


@dataclass(frozen=True)
class Destination:
    """Une sorte réglée ici, et où sont ses serveurs."""

    titre: str
    ce_qui_part: str
    serveurs: list[Serveur]

    @property
    def lieux(self) -> list[str]:
        return sorted({serveur.lieu for serveur in self.serveurs if serveur.pays})

    @property
    def est_attestee(self) -> bool:
        return all(serveur.pays for serveur in self.serveurs)

    @property
    def est_dans_l_union(self) -> bool:
        return all(serveur.est_dans_l_union for serveur in self.serveurs)


def _stockage() -> list[str]:
    """Sans adresse, la bibliothèque S3 va chez Amazon : mieux vaut le lire ici."""
    reglage = settings.STOCKAGE
    if reglage["sorte"] != "s3":
        return []
    adresse = reglage["adresse"] or f"https://s3.{reglage['region']}.amazonaws.com"
    return [adresse, reglage.get("adresse_publique", "")]


def _courriel() -> list[str]:
    envoi: Any = settings.MAILERS["default"].get("OPTIONS", {})
    return [str(envoi.get("host", ""))]


def _temoins() -> list[str]:
    return [temoin.split()[-1] for temoin in settings.JOURNAL["temoins"] if temoin.split()]


SORTES = (
    Sorte(
        "Serveurs du service",
        "Tout ce qui est reçu ; une réponse y reste scellée jusqu'à l'ouverture",
        (
            "BEFFROI_ADRESSE",
            "BEFFROI_ADRESSE_D_ESSAI",
            "BEFFROI_ADRESSE_DE_L_ECOLE",
            "BEFFROI_ADRESSE_PRINCIPALE",
            "BEFFROI_SONDE_ADRESSE",
        ),
        lambda: [
            settings.ADRESSE_PUBLIQUE,
            settings.ADRESSE_D_ESSAI,
            settings.ADRESSE_DE_L_ECOLE,
            settings.SONDE["adresse"],
        ],
    ),
    Sorte(
        "Base de données",
        "Tout ce qui s'enregistre, sauf les fichiers",
        ("BEFFROI_BASE_DE_DONNEES",),
        lambda: [str(settings.DATABASES["default"].get("HOST", ""))],
    ),
    Sorte(
        "Coffres des autres nœuds",
        "Pendant une séance, ses clés, scellées pour celui qui les tient",
        ("BEFFROI_COFFRE_ECOUTE", "BEFFROI_COFFRES_DES_NOEUDS"),
        lambda: [noeud.hote for noeud in settings.COFFRE["autres"]],
    ),
    Sorte(
        "Stockage des fichiers",
        "Les fichiers gardés : réponses scellées, pièces, dossiers",
        ("BEFFROI_S3_ADRESSE", "BEFFROI_S3_ADRESSE_PUBLIQUE"),
        _stockage,
    ),
    Sorte(
        "Relais de courriel",
        "Les courriels du service et leurs destinataires",
        ("BEFFROI_SMTP_HOTE",),
        _courriel,
    ),
    Sorte(
        "Horodatage qualifié",
        "Des empreintes, aucune donnée",
        ("BEFFROI_TSA",),
        lambda: settings.HORODATAGE["adresses"],
    ),
    Sorte(
        "Témoins du journal",
        "L'empreinte du journal, aucune donnée",
        ("BEFFROI_TEMOINS",),
        _temoins,
    ),
    Sorte(
        "Antivirus",
        "Les fichiers ouverts, pour être analysés",
        ("BEFFROI_ANTIVIRUS",),
        lambda: [settings.ANTIVIRUS["adresse"]],
    ),
    Sorte(
        "Transmission des avis",
        "Les avis que l'acheteur publie",
        ("BEFFROI_AVIS_ADRESSE",),
        lambda: [settings.PUBLICATION["adresse"]],
    ),
    Sorte(
        "Portail national des données",
        "Les données essentielles, déjà publiques",
        ("BEFFROI_PORTAIL_ADRESSE",),
        lambda: [settings.PORTAIL_NATIONAL["adresse"]],
    ),
    Sorte(
        "Annuaire des entreprises (Sirene)",
        "Des SIRET et des SIREN, publics",
        ("BEFFROI_SIRENE_ADRESSE",),
        lambda: [settings.SIRENE],
    ),
    Sorte(
        "Service d'archives",
        "Les dossiers de consultation versés",
        ("BEFFROI_ARCHIVAGE_ADRESSE",),
        lambda: [settings.SERVICE_D_ARCHIVAGE["adresse"]],
    ),
    Sorte(
        "Horloges",
        "Une demande d'heure, aucune donnée",
        ("BEFFROI_HORLOGES",),
        lambda: settings.SONDE["horloges"],
    ),
    Sorte(
        "Collecteur de traces",
        "De chaque demande, sa route, son statut, sa durée et son identifiant ; ni qui, ni quoi",
        ("BEFFROI_TRACES",),
        lambda: [settings.TRACES["adresse"]],
    ),
    Sorte(
        "Relais du partage d'écran",
        "L'image chiffrée d'un écran partagé, que rien ne garde",
        ("BEFFROI_TELEASSISTANCE_RELAIS",),
        lambda: settings.TELEASSISTANCE["relais"],
    ),
)


def attestee() -> Attestation | None:
    return attestation(settings.LOCALISATION)


def destinations() -> list[Destination]:
    """Ce qui est réglé ici, hors de cette machine."""
    signee = attestee()
    lues = [
        Destination(une.titre, une.ce_qui_part, serveurs(une.adresses(), signee)) for une in SORTES
    ]
    return [une for une in lues if une.serveurs]
