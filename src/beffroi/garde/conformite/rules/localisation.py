"""Où sont les serveurs à qui la plateforme parle :
ce que l'exploitant en atteste, et s'ils sont dans l'Union européenne.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
from urllib.parse import urlsplit

# Les États membres de l'Union européenne, par leur code ISO 3166.
UNION = {
    "AT": "Autriche",
    "BE": "Belgique",
    "BG": "Bulgarie",
    "CY": "Chypre",
    "CZ": "Tchéquie",
    "DE": "Allemagne",
    "DK": "Danemark",
    "EE": "Estonie",
    "ES": "Espagne",
    "FI": "Finlande",
    "FR": "France",
    "GR": "Grèce",
    "HR": "Croatie",
    "HU": "Hongrie",
    "IE": "Irlande",
    "IT": "Italie",
    "LT": "Lituanie",
    "LU": "Luxembourg",
    "LV": "Lettonie",
    "MT": "Malte",
    "NL": "Pays-Bas",
    "PL": "Pologne",
    "PT": "Portugal",
    "RO": "Roumanie",
    "SE": "Suède",
    "SI": "Slovénie",
    "SK": "Slovaquie",
}


@dataclass(frozen=True)
class Attestation:
    """Ce que l'exploitant a signé : le jour, qui, et le pays de chaque serveur."""

    le: date
    par: str
    pays: Mapping[str, str]


@dataclass(frozen=True)
class Serveur:
    """Un serveur réglé, et le pays attesté ; vide tant que personne ne l'a attesté."""

    hote: str
    pays: str

    @property
    def est_dans_l_union(self) -> bool:
        return self.pays in UNION

    @property
    def lieu(self) -> str:
        """« France » ; le code d'un pays d'ailleurs, tel quel."""
        return UNION.get(self.pays, self.pays)


def hote_de(adresse: str) -> str:
    """L'hôte d'une adresse, de quelque sorte qu'elle soit ; vide si c'est cette machine."""
    nu = adresse.strip()
    if not nu or nu.startswith(("/", "unix:")):
        return ""
    if "://" not in nu:
        sorte, _, reste = nu.partition(":")
        nu = reste if sorte in {"stun", "turn", "turns", "ntp"} else nu
    hote = urlsplit(nu if "://" in nu else f"//{nu}").hostname or ""
    return "" if est_ici(hote) else hote


def est_ici(hote: str) -> bool:
    try:
        return ip_address(hote).is_loopback
    except ValueError:
        return hote == "localhost" or hote.endswith(".localhost")


def attestation(reglage: Mapping[str, object]) -> Attestation | None:
    """L'attestation réglée ; rien sans son jour et sans qui l'a signée :
    on n'atteste pas à moitié.
    """
    par = str(reglage["par"]).strip()
    try:
        le = date.fromisoformat(str(reglage["le"]))
    except ValueError:
        return None
    lieux = reglage["lieux"]
    paires = [str(lieu).partition("=") for lieu in lieux] if isinstance(lieux, Sequence) else []
    pays = {hote.strip().lower(): code.strip().upper() for hote, _, code in paires if code.strip()}
    return Attestation(le, par, pays) if par else None


def serveurs(adresses: Sequence[str], attestee: Attestation | None) -> list[Serveur]:
    """Les serveurs hors de cette machine, une fois chacun, avec le pays attesté."""
    hotes = dict.fromkeys(hote for hote in map(hote_de, adresses) if hote)
    return [Serveur(hote, attestee.pays.get(hote, "") if attestee else "") for hote in hotes]
