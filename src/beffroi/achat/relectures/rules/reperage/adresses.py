"""Les adresses écrites dans un texte :
sites, courriels, adresses postales, et les profils d'acheteur qu'elles nomment.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from beffroi.achat.relectures.rules.reperage.trouvaille import Trouvaille, chercher, plier
from formats.lecture import Texte

_SITE = re.compile(
    r"(?<![@\w.\-])(?:https?\s?://\s?[^\s<>\"«»|]{2,500}[^\s<>\"«»|.,;:)\]'!?]"
    r"|(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,5}(?:fr|com|net|org|eu|info|pro|bzh|alsace)\b(?!@|\w|\.\w)"
    r"(?:/(?:[^\s<>\"«»|]{0,400}[^\s<>\"«»|.,;:)\]'!?])?)?)"
)
_COURRIEL = re.compile(
    r"(?<![\w.+\-])[a-z0-9][\w.+\-]{0,63}@(?:[a-z0-9\-]{1,63}\.){1,5}[a-z]{2,12}(?![\w@])"
)
_POSTALE = re.compile(
    r"(?:(?:\d{1,4}(?:\s?(?:bis|ter))?,?\s+)?"
    r"\b(?:rue|avenue|av\.|boulevard|bd|place|chemin|route|allee|impasse|quai|square|cours"
    r"|hotel\s+de\s+ville|mairie|bp|cs)\b"
    r"[^\n;|]{0,80}?[\s,\-]{1,4})(?P<code>\d{5}|\d{2}\s\d{3})\s+"
    r"(?P<ville>[a-z][a-z'\-]+(?:[\s\-](?!tel\b|fax\b|et\b|a\b)[a-z'\-]+){0,4})"
)
# Un nom de profil est parfois un mot courant (« place ») : il ne vaut que près d'un de ces mots.
_ANNONCE = r"(?:plate-?forme|profil|portail|site|dematerialisation)\b[^.;]{0,40}?"


@dataclass(frozen=True, kw_only=True)
class SiteEcrit:
    """Une adresse de site.

    `url` commence toujours par https:// ou http:// ; `hote` est en minuscules, sans www.
    """

    url: str
    hote: str

    @property
    def chemin(self) -> str:
        return urlsplit(self.url).path.rstrip("/")


@dataclass(frozen=True, kw_only=True)
class AdressePostale:
    """Une adresse de lieu : la voie et la commune."""

    code_postal: str
    ville: str


@dataclass(frozen=True, kw_only=True)
class Profil:
    """Un profil d'acheteur connu, et pourquoi on le reconnaît."""

    nom: str
    hotes: tuple[str, ...]
    raison: str

    def reconnait(self, hote: str) -> bool:
        return any(hote == connu or hote.endswith(f".{connu}") for connu in self.hotes)


def sites(texte: Texte) -> tuple[Trouvaille[SiteEcrit], ...]:
    """Les adresses de sites, complètes (https://…) ou non (marches.example.fr)."""
    return tuple(chercher(texte, _SITE, _lire_un_site))


def courriels(texte: Texte) -> tuple[Trouvaille[str], ...]:
    """Les adresses électroniques, en minuscules."""
    return tuple(chercher(texte, _COURRIEL, lambda trouve: trouve[0]))


def adresses_postales(texte: Texte) -> tuple[Trouvaille[AdressePostale], ...]:
    return tuple(chercher(texte, _POSTALE, _lire_une_adresse))


def profils_cites(texte: Texte) -> tuple[Trouvaille[Profil], ...]:
    """Les profils d'acheteur connus que le texte nomme, par leur adresse ou par leur nom."""
    par_adresse = chercher(texte, _SITE, lambda trouve: _profil_du_site(_lire_un_site(trouve)))
    par_nom = chercher(
        texte, _noms_des_profils(), lambda trouve: profil_nomme(" ".join(trouve["nom"].split()))
    )
    trouves = sorted((*par_adresse, *par_nom), key=lambda t: (t.paragraphe.numero, t.debut))
    return tuple(t for i, t in enumerate(trouves) if not (i and _se_recouvrent(trouves[i - 1], t)))


@cache
def profils_connus() -> tuple[Profil, ...]:
    """La table de la maison, `profils.toml`."""
    lus = tomllib.loads(files(__package__).joinpath("profils.toml").read_text("utf-8"))["profil"]
    return tuple(Profil(nom=p["nom"], hotes=tuple(p["hotes"]), raison=p["raison"]) for p in lus)


def profil_de(hote: str) -> Profil | None:
    return next((profil for profil in profils_connus() if profil.reconnait(hote)), None)


def profil_nomme(nom: str) -> Profil | None:
    return next((profil for profil in profils_connus() if plier(profil.nom) == nom), None)


def _lire_un_site(trouve: re.Match[str]) -> SiteEcrit | None:
    url = re.sub(r"\s", "", trouve[0])
    url = url if url.startswith("http") else f"https://{url}"
    try:
        hote = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return (
        SiteEcrit(url=url, hote=hote.removeprefix("www."))
        if "." in hote or hote == "localhost"
        else None
    )


def _lire_une_adresse(trouve: re.Match[str]) -> AdressePostale:
    return AdressePostale(code_postal=trouve["code"].replace(" ", ""), ville=trouve["ville"])


def _profil_du_site(site: SiteEcrit | None) -> Profil | None:
    return None if site is None else profil_de(site.hote)


@cache
def _noms_des_profils() -> re.Pattern[str]:
    noms = sorted(
        (re.escape(plier(profil.nom)) for profil in profils_connus()), key=len, reverse=True
    )
    return re.compile(rf"\b{_ANNONCE}(?<![\w.\-])(?P<nom>{'|'.join(noms)})(?![\w\-]|\.\w)")


def _se_recouvrent(un: Trouvaille[Profil], autre: Trouvaille[Profil]) -> bool:
    return un.paragraphe == autre.paragraphe and autre.debut < un.fin
