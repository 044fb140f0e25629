"""Demander un certificat : d'une heure à une autre, à Paris."""

from datetime import datetime

from django import forms

from beffroi.service.preuves import rules
from beffroi.socle.guichet.champs.dates import HeureField, JourField, instant
from formats.dates import PARIS

UNE_HEURE = {"required": "Donnez l'heure, par exemple 12:00."}


class CertificatForm(forms.Form):
    jour_debut = JourField(
        label="Jour du début", error_messages={"required": "Donnez le jour du début."}
    )
    heure_debut = HeureField(label="Heure du début, à Paris", error_messages=UNE_HEURE)
    jour_fin = JourField(
        label="Jour de la fin", error_messages={"required": "Donnez le jour de la fin."}
    )
    heure_fin = HeureField(label="Heure de la fin, à Paris", error_messages=UNE_HEURE)

    def juger(
        self, *, le: datetime, bornes: tuple[datetime, datetime] | None
    ) -> tuple[datetime, datetime] | None:
        """Les deux heures, si la période se certifie ; sinon, la raison au champ du début."""
        if not self.is_valid():
            return None
        debut, fin = instant(self, "debut"), instant(self, "fin")
        if debut is None or fin is None:
            return None
        decision = rules.certificat_possible(debut=debut, fin=fin, le=le, bornes=bornes)
        for motif in decision.motifs:
            self.add_error("jour_debut", motif.texte)
        return (debut, fin) if decision.favorable else None


def proposee(debut: datetime, fin: datetime) -> dict[str, object]:
    """Une période, dans les champs : à la minute, à Paris."""
    du, au = (borne.astimezone(PARIS).replace(second=0, microsecond=0) for borne in (debut, fin))
    return {
        "jour_debut": du.date(),
        "heure_debut": du.time(),
        "jour_fin": au.date(),
        "heure_fin": au.time(),
    }
