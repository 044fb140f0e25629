"""Les dates et les heures écrites dans un texte, et à quoi elles servent :
remettre, demander, visiter.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from beffroi.achat.relectures.rules.reperage.trouvaille import (
    Trouvaille,
    chercher,
    chercher_dans,
    plier,
)
from formats.lecture import Paragraphe, Texte

PARIS = ZoneInfo("Europe/Paris")

# « locale » : l'heure d'on ne sait où.
Fuseau = Literal["", "Paris", "locale", "autre"]
Role = Literal[
    "remise", "question", "réponse", "visite", "échantillon", "ouverture", "exécution", "autre"
]

_JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MOIS = {
    nom: rang
    for rang, noms in enumerate(
        (
            ("janvier", "janv"),
            ("fevrier", "fevr", "fev"),
            ("mars",),
            ("avril", "avr"),
            ("mai",),
            ("juin",),
            ("juillet", "juil"),
            ("aout",),
            ("septembre", "sept"),
            ("octobre", "oct"),
            ("novembre", "nov"),
            ("decembre", "dec"),
        ),
        start=1,
    )
    for nom in noms
}
_HEURES_EN_LETTRES = {
    nom: rang
    for rang, nom in enumerate(
        (
            "zero",
            "une",
            "deux",
            "trois",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "neuf",
            "dix",
            "onze",
            "douze",
            "treize",
            "quatorze",
            "quinze",
            "seize",
            "dix-sept",
            "dix-huit",
            "dix-neuf",
            "vingt",
        )
    )
}

_NOMS_DES_MOIS = "|".join(sorted(_MOIS, key=len, reverse=True))
_NOMS_DES_HEURES = "|".join(sorted(_HEURES_EN_LETTRES, key=len, reverse=True))
_JOUR = (
    rf"(?:\b(?P<semaine>{'|'.join(_JOURS)})\s+)?"
    r"(?:"
    rf"\b(?P<jour>\d{{1,2}}|1er|premier)\s*(?:er\s+)?(?P<mois>{_NOMS_DES_MOIS})\b\.?\s+"
    rf"(?P<annee>\d{{4}})\b"
    r"|(?<![\d/.\-])(?P<jj>\d{1,2})(?P<sep>[/.\-])(?P<mm>\d{1,2})(?P=sep)(?P<aaaa>20\d{2}|\d{2})"
    r"(?![\d/\-]|\.\d)"
    r"|(?<![\d\-])(?P<iso>20\d{2}-\d{2}-\d{2})(?![\d\-])"
    r")"
)
_HEURE = (
    r"(?:"
    r"(?<![\d:,.])(?P<h{0}>\d{{1,2}})\s?(?:h(?:eures?|rs?)?\b\s?(?P<mn{0}>[0-5]\d(?!\d)|precises?)?"
    r"|h(?P<mn2{0}>[0-5]\d)(?!\d)|:(?P<mn3{0}>[0-5]\d)(?::[0-5]\d)?(?![\d:]))"
    rf"|\b(?P<lettres{{0}}>{_NOMS_DES_HEURES})\s+heures?\b"
    rf"(?:\s+(?P<quart{{0}}>trente|quinze|quarante-cinq))?"
    r"|\b(?P<midi{0}>midi|minuit)\b"
    r")"
)
_LIEN = (
    r"(?:[\s,;:()\-]|\b(?:et|a|avant|pour|des|dernier\s+delai|delai\s+de\s+rigueur|au\s+plus\s+tard"
    r"|jusqu'a|heures?"
    r"|limites?|de|remise|reception|depot|terme\s+de\s+rigueur)\b){0,16}"
)
_FUSEAU = (
    r"(?:[\s,(\-]{0,4}(?P<fuseau>(?:heure|fuseau)\s+(?:horaire\s+)?"
    r"(?:locale|legale|francaise|metropolitaine"
    r"|(?:de\s+|d'\s?|en\s+)[a-z]+(?:/[a-z]+)?)"
    r"(?:\s+(?:francaise|de\s+paris|a\s+paris|en\s+france))?"
    r"|europe/paris|cest|cet|utc(?:\s?\+\s?\d)?|gmt(?:\s?\+\s?\d)?)\)?)?"
)
_INSTANT = re.compile(
    rf"{_HEURE.format('A')}{_FUSEAU.replace('fuseau>', 'fuseauA>')}[\s,]{{1,3}}"
    rf"(?:(?:le|du|au|ce)\s+)?{_JOUR}"
    rf"|{_JOUR.replace('?P<', '?P<b_').replace('(?P=sep)', '(?P=b_sep)')}"
    rf"(?:{_LIEN}{_HEURE.format('B')}{_FUSEAU})?"
)
_HEURE_SEULE = re.compile(_HEURE.format("A") + _FUSEAU.replace("fuseau>", "fuseauA>"))
_FUSEAUX_DE_PARIS = re.compile(
    r"paris|francaise|legale|metropolitaine|en\s+france|\bce?s?t\b|\+\s?[12]"
)


@dataclass(frozen=True, kw_only=True)
class InstantEcrit:
    """Une date écrite, avec son heure si elle est dite.

    `semaine` : le jour de la semaine écrit avec elle.
    """

    jour: date
    heure: time | None = None
    fuseau: Fuseau = ""
    semaine: str = ""

    @property
    def a_le_bon_jour_de_la_semaine(self) -> bool:
        return not self.semaine or self.semaine == _JOURS[self.jour.weekday()]

    @property
    def instant(self) -> datetime | None:
        """L'instant à l'heure de Paris ; `None` sans heure."""
        return None if self.heure is None else datetime.combine(self.jour, self.heure, PARIS)


@dataclass(frozen=True, kw_only=True)
class HeureEcrite:
    """Une heure écrite sans date."""

    heure: time
    fuseau: Fuseau = ""


@lru_cache(maxsize=2)
def dates(texte: Texte) -> tuple[Trouvaille[InstantEcrit], ...]:
    """Toutes les dates du texte, avec leur heure :
    sur la même ligne, ou dans la cellule ou la ligne suivante.
    """
    suivants = dict(zip(texte.paragraphes, texte.paragraphes[1:], strict=False))
    return tuple(
        _avec_l_heure_qui_suit(t, suivants.get(t.paragraphe))
        for t in chercher(texte, _INSTANT, _lire)
    )


def heures(texte: Texte) -> tuple[Trouvaille[HeureEcrite], ...]:
    """Les heures écrites, avec ou sans date."""
    return tuple(chercher(texte, _HEURE_SEULE, _lire_l_heure))


def _lire(trouve: re.Match[str]) -> InstantEcrit | None:
    groupes = {
        nom.removeprefix("b_"): valeur for nom, valeur in trouve.groupdict().items() if valeur
    }
    jour = _jour(groupes)
    if jour is None:
        return None
    suffixe = "A" if any(nom.endswith("A") for nom in groupes) else "B"
    fuseau = groupes.get("fuseauA") or groupes.get("fuseau")
    return InstantEcrit(
        jour=jour,
        heure=_heure(groupes, suffixe),
        fuseau=_lire_le_fuseau(fuseau),
        semaine=groupes.get("semaine", ""),
    )


def _jour(groupes: dict[str, str]) -> date | None:
    try:
        if "iso" in groupes:
            return date.fromisoformat(groupes["iso"])
        if "mois" in groupes:
            quantieme = 1 if groupes["jour"] in {"1er", "premier"} else int(groupes["jour"])
            return date(int(groupes["annee"]), _MOIS[groupes["mois"]], quantieme)
        annee = int(groupes["aaaa"])
        return date(annee + 2000 if annee < 100 else annee, int(groupes["mm"]), int(groupes["jj"]))
    except ValueError:
        return None  # « 45/13/2026 » n'est pas une date


def _heure(groupes: dict[str, str], suffixe: str) -> time | None:
    if midi := groupes.get(f"midi{suffixe}"):
        return time(12) if midi == "midi" else time(0)
    if lettres := groupes.get(f"lettres{suffixe}"):
        minutes = {"trente": 30, "quinze": 15, "quarante-cinq": 45}.get(
            groupes.get(f"quart{suffixe}", ""), 0
        )
        return time(_HEURES_EN_LETTRES[lettres], minutes)
    if f"h{suffixe}" not in groupes:
        return None
    heures = int(groupes[f"h{suffixe}"])
    ecrites = next(
        (groupes[n + suffixe] for n in ("mn", "mn2", "mn3") if n + suffixe in groupes), "0"
    )
    minutes = int(ecrites) if ecrites.isdecimal() else 0
    # « 24 h » est l'heure qu'un contrôle doit montrer : elle se lit minuit.
    return time(heures % 24, minutes) if heures <= 24 else None


def _lire_l_heure(trouve: re.Match[str]) -> HeureEcrite | None:
    groupes = {nom: valeur for nom, valeur in trouve.groupdict().items() if valeur}
    heure = _heure(groupes, "A")
    return (
        None
        if heure is None
        else HeureEcrite(heure=heure, fuseau=_lire_le_fuseau(groupes.get("fuseauA")))
    )


def _lire_le_fuseau(ecrit: str | None) -> Fuseau:
    if not ecrit or re.match(
        r"heure\s+de\s+(?:remise|depot|reception|fermeture|cloture|fin|rigueur|la|l)\b", ecrit
    ):
        return ""
    if _FUSEAUX_DE_PARIS.search(ecrit):
        return "Paris"
    return "locale" if "locale" in ecrit else "autre"


def _avec_l_heure_qui_suit(
    trouvaille: Trouvaille[InstantEcrit], suivant: Paragraphe | None
) -> Trouvaille[InstantEcrit]:
    """« Date : 15/12/2026 », puis « Heure :
    16 h » dans la cellule ou la ligne d'après, font un seul instant.
    """
    fini = not plier(trouvaille.paragraphe.texte)[trouvaille.fin :].strip(" .,;")
    if trouvaille.valeur.heure is not None or suivant is None or not fini:
        return trouvaille
    heure = next(iter(chercher_dans(suivant, _HEURE_SEULE, _lire_l_heure)), None)
    if heure is None or not re.fullmatch(
        r"(?:heures?|limites?|a|avant|[\s:\-])*", plier(suivant.texte)[: heure.debut]
    ):
        return trouvaille
    return replace(
        trouvaille,
        valeur=replace(trouvaille.valeur, heure=heure.valeur.heure, fuseau=heure.valeur.fuseau),
    )
