"""Rédaction : ce que ce contexte branche dans la maison."""

from beffroi.achat.redaction import liens
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    ports={
        "consultations.ReglementAJour": liens.reglement_a_jour,
    },
)
