"""Ce que l'acheteur demande aux candidats, et comment on lui remet une réponse."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Candidature:
    """Les conditions de participation (CCP, art. R. 2142-1 à R. 2142-27, R. 2143-3 à R. 2143-16).

    `chiffre_d_affaires_minimal` : en euros hors taxes, par an.
    `forme_de_groupement` : vide si elle est libre.
    """

    pieces: tuple[str, ...] = ()
    dume_accepte: bool = True
    dume_simplifie: bool = False
    chiffre_d_affaires_minimal: Decimal | None = None
    motif_du_chiffre_d_affaires: str = ""
    candidats_minimum: int | None = None
    candidats_maximum: int | None = None
    criteres_de_selection: tuple[str, ...] = ()
    forme_de_groupement: str = ""
    motif_de_la_forme: str = ""
    cumul_de_candidatures_interdit: bool = False
    reserve_a: str = ""
    langue: str = "français"


@dataclass(frozen=True, kw_only=True)
class Signature:
    """La signature électronique (annexe 12 du code).

    Aucun texte ne l'exige au dépôt : l'exiger se justifie.
    """

    exigee_au_depot: bool = False
    justification: str = ""
    formats: tuple[str, ...] = ("XAdES", "CAdES", "PAdES")


@dataclass(frozen=True, kw_only=True)
class CopieDeSauvegarde:
    """Où et comment elle se remet (CCP, art. R. 2132-11 et annexe 6).

    `electronique` : l'outil, s'il est permis.
    """

    adresse: str = ""
    horaires: str = ""
    electronique: str = ""
