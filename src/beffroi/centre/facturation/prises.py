"""Facturation : ce que ce contexte branche dans la maison."""

from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    dans_la_rubrique={
        "/cdg/contributions/": ("/cdg/factures/",),
    },
)
