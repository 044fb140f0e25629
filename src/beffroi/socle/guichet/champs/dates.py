"""Un jour, une heure, et l'instant que les deux font à Paris."""

from datetime import date, datetime, time
from typing import Any

from django import forms

from droit.calendrier import heures
from formats.dates import PARIS

ECRIVEZ_UNE_DATE = "Écrivez une date, par exemple 12/01/2027."


class JourField(forms.DateField):
    """Une date écrite par une personne, à la main ou au calendrier."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = dict.fromkeys(("required", "invalid"), ECRIVEZ_UNE_DATE)


class HeureField(forms.TimeField):
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {"invalid": "Écrivez une heure, par exemple 12:00."}


def instant(form: forms.Form, prefixe: str) -> datetime | None:
    """Réunit un jour et une heure de Paris ; l'erreur va au champ de l'heure."""
    jour: date | None = form.cleaned_data.get(f"jour_{prefixe}")
    heure: time | None = form.cleaned_data.get(f"heure_{prefixe}")
    if jour is None and heure is None:
        return None
    if jour is None or heure is None:
        manque = "jour" if jour is None else "heure"
        form.add_error(f"{manque}_{prefixe}", "Il faut le jour et l'heure ensemble.")
        return None
    decision = heures.heure_utilisable(jour, heure)
    if not decision.favorable:
        form.add_error(f"heure_{prefixe}", decision.motifs[0].texte)
        return None
    return heures.instant_de_paris(jour, heure)


def en_jour_et_heure(prefixe: str, valeur: datetime | None) -> dict[str, Any]:
    """Un instant, tel que les deux champs l'affichent."""
    if valeur is None:
        return {}
    local = valeur.astimezone(PARIS)
    return {
        f"jour_{prefixe}": local.date(),
        f"heure_{prefixe}": local.time().replace(second=0, microsecond=0),
    }
