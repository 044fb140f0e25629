"""Le service tel qu'il se nomme : réglages, et ce qui s'en déduit pour l'affichage."""

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.functional import lazy

from beffroi.centre.conventions.identite import Identite, identite
from beffroi.personnes.organismes.queries import a_un_exploitant
from beffroi.personnes.organismes.queries import exploitant as organisme_exploitant
from beffroi.socle.fondations import exploitant

_FEMININS = ("agence", "agglomération", "commune", "communauté", "métropole", "région", "ville")
_VOYELLE = re.compile(r"^[aeiouyàâäéèêëîïôöûüh]", re.IGNORECASE)


def avec_article(nom: str) -> str:
    """« le Centre de gestion… », « la Métropole… », « l'Agglomération… »."""
    if _VOYELLE.match(nom):
        return f"l'{nom}"
    premier = nom.split(maxsplit=1)[0].lower() if nom else ""
    return f"la {nom}" if premier in _FEMININS else f"le {nom}"


def telephone_international(numero: str) -> str:
    """« 03 53 01 62 62 » se compose +33353016262 : un lien tel: n'a pas d'espace."""
    chiffres = re.sub(r"[^\d+]", "", numero)
    return f"+33{chiffres[1:]}" if chiffres.startswith("0") else chiffres


def service() -> dict[str, Any]:
    """Les réglages du service, prêts pour les gabarits."""
    reglages = exploitant.service()
    return {
        **reglages,
        "telephone_international": telephone_international(reglages["telephone"]),
        "exploitant_avec_article": lazy(lambda: avec_article(str(reglages["exploitant"])), str)(),
    }


def editeur(le: date) -> Identite:
    """Le centre tel que ses actes le nomment ; avant qu'il soit ouvert, tel qu'il est réglé."""
    if a_un_exploitant():
        return identite(organisme_exploitant(), le=le)
    return Identite(nom=settings.SERVICE["exploitant"], siege="", siret="")
