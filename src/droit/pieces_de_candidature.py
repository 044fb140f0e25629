"""Les pièces que les acheteurs demandent aux candidats :
tout ce que la maison sait de chacune, sur sa ligne.

Qui garde une pièce en lit le nom et la durée ; qui relit un règlement, comment il la nomme et si
l'acheteur a le droit de la demander ; qui tire un DUME de l'achat, son critère dans la taxonomie
européenne. Ajouter une pièce, c'est ajouter une ligne ici, sans migration.

Deux listes sont ailleurs : les pièces qu'un acheteur demande d'ordinaire, les preuves qu'il attend
de l'entreprise retenue. Une ligne d'ici n'y entre pas.

Les motifs se lisent sur un texte plié : minuscules, sans accent, apostrophe droite.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self

SUR_LE_DOCUMENT = "La période garantie est écrite sur l'attestation : recopiez son dernier jour."
SANS_TEXTE = "Nous n'avons lu aucun texte qui fixe sa durée. Suivez ce que l'acheteur demande."


class Critere(NamedTuple):
    """Ce qui se lit d'une pièce demandée, et le critère européen que cela veut dire.

    `rang` : sa place dans un DUME.
    Celles d'un document déjà publié ne changent pas, un critère de plus vient après.
    """

    rang: int
    motif: str
    code: str


@dataclass(frozen=True)
class Fiche:
    """Une pièce, et ce que chacun en lit."""

    libelle: str
    conseil: str = ""
    # La clé des tables qui dit l'âge au-delà duquel l'acheteur ne peut plus accepter la pièce,
    # quand un texte en fixe un.
    age: str = ""
    # Le modèle du dossier qu'un formulaire de l'État vaut, et ce formulaire.
    modele: str = ""
    formulaire: str = ""
    # L'État la donne à l'acheteur : elle ne se demande pas à un candidat (CCP, art. R. 2143-13).
    deja_connue: str = ""
    # Aucun texte ne permet de la demander à un candidat (CCP, annexe 9).
    hors_liste: str = ""
    # Les critères de sélection qu'elle prouve dans un DUME.
    criteres: tuple[Critere, ...] = ()


# Une sorte se relit par sa seule clé, `Sorte("kbis")` : la fiche n'est donnée qu'à sa ligne.
_A_DIRE = Fiche("")


class Sorte(StrEnum):
    """La valeur est ce que la base garde ; la fiche est ce qu'on en sait."""

    VIGILANCE = (
        "vigilance",
        Fiche(
            "Attestation de vigilance (URSSAF)",
            age="candidature.attestation_de_vigilance.age",
            deja_connue=r"\battestations?\s+(?:sociales?|de\s+vigilance|urssaf)|\burssaf\b"
            r"|\bcertificats?\s+(?:sociaux|social)\b",
        ),
    )
    FISCALE = (
        "fiscale",
        Fiche(
            "Attestation de régularité fiscale",
            conseil=f"Elle dit où vous en êtes le jour où elle est délivrée. {SANS_TEXTE}",
            deja_connue=r"\battestations?\s+(?:fiscales?|de\s+regularite)|\bcertificats?\s+"
            r"(?:fiscaux|fiscal)\b"
            r"|\bliasse\s+fiscale",
        ),
    )
    KBIS = (
        "kbis",
        Fiche(
            "Extrait Kbis",
            conseil=(
                f"{SANS_TEXTE} Pour prouver que vous n'êtes pas exclu, "
                "votre SIREN suffit depuis 2021."
            ),
            deja_connue=(
                r"\bk-?\s?bis\b|\bextrait\s+k\b|\bregistre\s+"
                r"(?:du\s+commerce|national\s+des\s+entreprises)"
            ),
            criteres=(Critere(5, r"\bkbis\b|\bregistre du commerce\b", "trade-regist"),),
        ),
    )
    DECENNALE = "decennale", Fiche("Attestation d'assurance décennale", conseil=SUR_LE_DOCUMENT)
    ASSURANCE = (
        "assurance",
        Fiche(
            "Attestation d'assurance de responsabilité civile",
            conseil=SUR_LE_DOCUMENT,
            criteres=(Critere(1, r"\bassurances?\b", "indem-insu"),),
        ),
    )
    QUALIFICATION = (
        "qualification",
        Fiche(
            "Certificat de qualification",
            conseil="La fin de validité est écrite sur le certificat.",
            criteres=(
                Critere(4, r"\bqualifications?\b|\bcertificats? de qualite\b", "qu-certif-indep"),
            ),
        ),
    )
    DC1 = (
        "dc1",
        Fiche(
            "Lettre de candidature (DC1)",
            conseil="Elle nomme une consultation : relisez-la avant chaque réponse.",
            modele="Lettre de candidature",
            formulaire="DC1",
        ),
    )
    DC2 = (
        "dc2",
        Fiche(
            "Déclaration du candidat (DC2)",
            conseil=(
                "Vos chiffres d'affaires changent chaque année : "
                "mettez-la à jour après la clôture des comptes."
            ),
            modele="Déclaration du candidat",
            formulaire="DC2",
            criteres=(Critere(6, r"\bchiffres? d'affaires\b", "gen-year-to"),),
        ),
    )
    POUVOIR = (
        "pouvoir",
        Fiche(
            "Pouvoir de signature",
            conseil="Mettez la fin du pouvoir, s'il en a une.",
            hors_liste=r"\bpouvoirs?\s+du\s+signataire\s+certifie",
        ),
    )
    REFERENCES = "references", Fiche("Références")
    MOYENS = (
        "moyens",
        Fiche(
            "Moyens humains et matériels",
            criteres=(
                Critere(2, r"\beffectifs?\b|\bmoyens humains\b", "year-manpower"),
                Critere(3, r"\bmateriels?\b|\boutillages?\b|\bmoyens techniques\b", "tech-equip"),
            ),
        ),
    )
    RIB = (
        "rib",
        Fiche(
            "Relevé d'identité bancaire",
            conseil="Peu d'acheteurs le demandent avant d'avoir choisi.",
            hors_liste=r"\brib\b|\breleve\s+d'identite\s+bancaire",
        ),
    )
    AUTRE = "autre", Fiche("Autre pièce")

    _value_: str
    fiche: Fiche

    def __new__(cls, cle: str, fiche: Fiche = _A_DIRE) -> Self:
        sorte = str.__new__(cls, cle)
        sorte._value_, sorte.fiche = cle, fiche
        return sorte

    @property
    def label(self) -> str:
        return self.fiche.libelle


def choix() -> list[tuple[str, str]]:
    """Ce qu'une page propose, dans l'ordre de la table."""
    return [(sorte.value, sorte.label) for sorte in Sorte]


MODELES = {sorte.fiche.modele: sorte.fiche.formulaire for sorte in Sorte if sorte.fiche.modele}
CRITERES = tuple(
    (re.compile(critere.motif), critere.code)
    for critere in sorted(critere for sorte in Sorte for critere in sorte.fiche.criteres)
)


def motif_de(champ: str, *autres: str) -> re.Pattern[str]:
    """Tous les motifs d'une colonne de la table,
    et ceux de pièces qu'une entreprise ne garde pas.
    """
    ecrits = (getattr(sorte.fiche, champ) for sorte in Sorte)
    return re.compile("|".join(motif for motif in (*ecrits, *autres) if motif))
