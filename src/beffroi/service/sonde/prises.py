"""Sonde : ce que ce contexte branche dans la maison."""

from beffroi.service.sonde import compte
from beffroi.service.sonde.verification import relire_les_mesures
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(compte.oublier_les_vieilles,),
    relectures_du_journal=(relire_les_mesures,),
    prouvees_autrement={
        "Mesure": "l'écriture qui la fige la répète à la lettre, vingt minutes après au plus",
        "EcartDHorloge": (
            "l'écriture qui le fige le répète à la lettre, vingt minutes après au plus"
        ),
        "MinuteDuServeur": (
            "l'écriture qui la fige en répète les parts, arrondies, vingt minutes après au plus"
        ),
        "MesureExterieure": (
            "l'écriture qui la fige la répète à la lettre, vingt minutes après au plus"
        ),
    },
)
