"""L'entreprise qu'un certificat nomme : le numéro que son autorité a contrôlé en le délivrant.

Il se lit dans `organizationIdentifier` (ETSI EN 319 412-1, 5.1.4 : `NTRFR-` un SIREN, `VATFR-` un
numéro de TVA, `SI:FR-` un numéro national), ou dans une unité d'organisation sous la forme du
référentiel général de sécurité : `0002`, puis un SIREN ou un SIRET (ISO/IEC 6523).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

_IDENTIFIANT = re.compile(r"(?P<sorte>NTR|VAT|[A-Z]{2}:)(?P<pays>[A-Z]{2})-(?P<numero>\S{1,40})")
_UNITE = re.compile(r"0002\s+(?P<numero>(?:\d\s*){9,14})")
_NON_SIGNE = re.compile(r"[^0-9A-Z]")
SIREN, SIRET = 9, 14


def numeros_du_sujet(sujet: Mapping[str, Any]) -> tuple[str, ...]:
    """Ce que le sujet d'un certificat dit d'un numéro, tel qu'il l'écrit."""
    identifiants = _valeurs(sujet.get("organization_identifier"))
    unites = (
        une for une in _valeurs(sujet.get("organizational_unit_name")) if _UNITE.fullmatch(une)
    )
    return (*identifiants, *unites)


def entreprises(numeros: Iterable[str]) -> frozenset[str]:
    """Les entreprises que ces numéros désignent : un SIREN ; hors de France, une TVA ou un numéro
    officiel, comme une entreprise étrangère le donne. Ce qui ne se lit pas n'en désigne aucune.
    """
    return frozenset(une for numero in numeros if (une := _entreprise(numero.strip())))


def _entreprise(numero: str) -> str:
    if unite := _UNITE.fullmatch(numero):
        return _siren(_net(unite["numero"]))
    dit = _IDENTIFIANT.fullmatch(numero.upper())
    if not dit:
        return ""
    pays, brut = dit["pays"], _net(dit["numero"])
    if pays == "FR":
        return _siren_de_la_tva(brut) if dit["sorte"] == "VAT" else _siren(brut)
    return brut if brut.startswith(pays) or dit["sorte"] != "VAT" else f"{pays}{brut}"


def _siren(numero: str) -> str:
    return numero[:SIREN] if numero.isdigit() and len(numero) in {SIREN, SIRET} else ""


def _siren_de_la_tva(numero: str) -> str:
    """« FR40303265045 » ou « 40303265045 » : le SIREN en est la fin (CGI, ann. IV, art. 51)."""
    chiffres = numero.removeprefix("FR")
    return chiffres[2:] if chiffres.isdigit() and len(chiffres) == SIREN + 2 else ""


def _net(numero: str) -> str:
    return _NON_SIGNE.sub("", numero.upper())


def _valeurs(valeur: Any) -> tuple[str, ...]:
    if valeur is None:
        return ()
    return tuple(valeur) if isinstance(valeur, list) else (str(valeur),)
