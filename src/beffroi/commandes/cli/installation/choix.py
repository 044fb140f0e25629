"""Ce que l'installation demande, et comment chaque réponse se lit.

On ne demande que ce que personne ne peut deviner : cinq choses. Le reste a sa valeur d'office.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.personnes.organismes import rules
from beffroi.socle.fondations.checks import HORS_DU_MONDE

AUCUN = "aucun"
ICI, SQLITE = "ici", "sqlite"
AUTOMATIQUE, INTERNE = "automatique", "interne"
PORT_CHIFFRE = 587
NOM_D_HOTE = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+")
NOM_ET_SIRET = re.compile(r"(?P<nom>.*\S)\s*,\s*(?P<siret>[\d\s]+)")


class ChoixIllisible(ErreurDeCommande):
    """Ce que l'on a répondu ne se comprend pas, ou ne marche pas : on peut répondre autrement."""


@dataclass(frozen=True)
class Organisme:
    """Qui tient le service."""

    nom: str
    siret: str


@dataclass(frozen=True)
class Personne:
    """Qui l'administrera la première."""

    nom: str
    courriel: str

    @property
    def domaine(self) -> str:
        return self.courriel.rpartition("@")[2]


@dataclass(frozen=True)
class Smtp:
    """Le serveur à qui l'on remet les courriels."""

    hote: str
    port: int
    compte: str = ""
    mot_de_passe: str = ""

    @property
    def est_chiffre(self) -> bool:
        return self.port == PORT_CHIFFRE or bool(self.compte)


@dataclass(frozen=True)
class Horodatage:
    """Un service qualifié, et les racines à qui ses jetons remontent."""

    adresses: str
    racines: Path


@dataclass(frozen=True)
class Certificat:
    """Le certificat du site, tenu par quelqu'un d'autre."""

    chaine: Path
    cle: Path


@dataclass(frozen=True)
class Choix:
    """Toutes les réponses, lues."""

    site: str
    organisme: Organisme
    administrateur: Personne
    courriel: Smtp | None
    horodatage: Horodatage | None
    base: str
    certificat: Certificat | str


def lire_le_site(texte: str) -> str:
    """Le nom public ; une adresse entière est admise, on n'en garde que le nom."""
    nom = (urlsplit(texte).hostname or "") if "//" in texte else texte.lower().rstrip("./")
    if not NOM_D_HOTE.fullmatch(nom) or nom.rpartition(".")[2].isdigit():
        raise ChoixIllisible(
            f"« {texte} » n'est pas un nom de site. Écrivez-le en entier, comme marches.exemple.fr."
        )
    if nom.endswith(HORS_DU_MONDE):
        raise ChoixIllisible(
            f"« {nom} » est un nom d'essai, que la plateforme refuse de servir : le registre "
            "porterait pour toujours ce nom de personne. Prenez-en un de votre domaine."
        )
    return nom


def lire_l_organisme(texte: str) -> Organisme:
    trouve = NOM_ET_SIRET.fullmatch(texte.strip())
    if not trouve:
        raise ChoixIllisible(
            f"« {texte} » ne se lit pas. Écrivez le nom, une virgule, le SIRET : "
            "Centre de gestion de l'exemple, 286 200 019 00011."
        )
    siret = "".join(trouve["siret"].split())
    decision = rules.siret_d_organisme(siret)
    if not decision.favorable:
        raise ChoixIllisible(f"« {siret} » : {decision.motifs[0]}")
    return Organisme(trouve["nom"], siret)


def lire_l_administrateur(texte: str) -> Personne:
    from django.core.exceptions import ValidationError
    from django.core.validators import EmailValidator

    nom, courriel = parseaddr(texte)
    try:
        EmailValidator()(courriel)
    except ValidationError:
        courriel = ""
    if not (nom and courriel):
        raise ChoixIllisible(
            f"« {texte} » ne se lit pas. Écrivez le nom, puis l'adresse entre chevrons : "
            "Anne Martin <anne.martin@exemple.fr>."
        )
    return Personne(nom, courriel)


def lire_le_courriel(texte: str) -> Smtp | None:
    """`hote`, `hote:port` ou `compte:mot de passe@hote:port`."""
    if texte == AUCUN:
        return None
    acces, _, ou = texte.rpartition("@")
    compte, _, secret = acces.partition(":")
    hote, _, port = ou.partition(":")
    port = port or str(PORT_CHIFFRE if acces else 25)
    if (
        not re.fullmatch(r"[A-Za-z0-9.-]+", hote)
        or not port.isdecimal()
        or bool(acces) > bool(secret)
    ):
        raise ChoixIllisible(
            f"« {ou} » ne se lit pas. Écrivez smtp.exemple.fr, smtp.exemple.fr:587, "
            "ou compte:mot-de-passe@smtp.exemple.fr:587."
        )
    if port == "465":
        raise ChoixIllisible(
            "le port 465 chiffre sans le dire d'abord, ce que la plateforme ne fait pas. Donnez "
            "le port 587 du même serveur (STARTTLS)."
        )
    return Smtp(hote.lower(), int(port), compte, secret)


def lire_l_horodatage(texte: str) -> Horodatage | None:
    """Des adresses séparées par des virgules, puis le fichier de leurs racines."""
    if texte == AUCUN:
        return None
    adresses, _, racines = texte.strip().partition(" ")
    if not racines or any(
        urlsplit(adresse).scheme not in {"http", "https"} or not urlsplit(adresse).hostname
        for adresse in adresses.split(",")
    ):
        raise ChoixIllisible(
            f"« {texte} » ne se lit pas. Écrivez l'adresse du service, une espace, le fichier PEM "
            f"de ses racines ; ou « {AUCUN} », pour un essai."
        )
    return Horodatage(adresses, Path(racines.strip()))


def lire_la_base(texte: str) -> str:
    adresse = urlsplit(texte)
    if texte in {ICI, SQLITE}:
        return texte
    if adresse.scheme not in {"postgres", "postgresql"} or not unquote(adresse.path).strip("/"):
        raise ChoixIllisible(
            f"la base ne se lit pas. Écrivez « {ICI} » (PostgreSQL sur cette machine), "
            f"« {SQLITE} » (un fichier), ou postgresql://compte:mot-de-passe@hote/base."
        )
    return texte


def lire_le_certificat(texte: str) -> Certificat | str:
    if texte in {AUTOMATIQUE, INTERNE}:
        return texte
    fichiers = texte.split()
    if len(fichiers) != 2:
        raise ChoixIllisible(
            f"« {texte} » ne se lit pas. Écrivez « {AUTOMATIQUE} » (Caddy l'obtient et le "
            f"renouvelle), « {INTERNE} » (une autorité d'ici, pour un essai), ou deux fichiers : "
            "la chaîne, puis la clé."
        )
    return Certificat(*map(Path, fichiers))


@dataclass(frozen=True)
class Question:
    """Une chose à savoir : son option, ce qui se lit à l'écran, et sa valeur d'office."""

    nom: str
    phrase: str
    exemple: str
    lire: Callable[[str], object]
    d_office: str = ""


QUESTIONS = (
    Question("site", "Le nom public du site", "marches.exemple.fr", lire_le_site),
    Question(
        "organisme",
        "L'organisme qui tient le service, et son SIRET",
        "Centre de gestion de l'exemple, 286 200 019 00011",
        lire_l_organisme,
    ),
    Question(
        "administrateur",
        "Qui l'administrera",
        "Anne Martin <anne.martin@exemple.fr>",
        lire_l_administrateur,
    ),
    Question(
        "courriel",
        f"Le serveur à qui remettre les courriels (« {AUCUN} » : ils restent ici, pour un essai)",
        "smtp.exemple.fr, ou compte:mot-de-passe@smtp.exemple.fr:587",
        lire_le_courriel,
    ),
    Question(
        "horodatage",
        f"Le service d'horodatage qualifié, et ses racines (« {AUCUN} » : pour un essai)",
        "https://horodatage.exemple.fr /root/racines.pem",
        lire_l_horodatage,
    ),
)
D_OFFICE = (
    Question(
        "base",
        "La base de données",
        f"{ICI} (PostgreSQL sur cette machine), {SQLITE}, ou postgresql://…",
        lire_la_base,
        ICI,
    ),
    Question(
        "certificat",
        "Le certificat du site",
        f"{AUTOMATIQUE} (Caddy, ACME), {INTERNE}, ou « chaine.pem cle.pem »",
        lire_le_certificat,
        AUTOMATIQUE,
    ),
)
TOUTES = {question.nom: question for question in (*QUESTIONS, *D_OFFICE)}


def lire(textes: Mapping[str, str]) -> Choix:
    """Les choix, d'après ce qui a été tapé."""
    return Choix(**{nom: question.lire(textes[nom]) for nom, question in TOUTES.items()})  # type: ignore[arg-type]
