"""Sonde : ce que ce contexte branche dans la maison."""

from beffroi.service.sonde import compte
from beffroi.service.sonde.verification import relire_les_mesures
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes_du_noeud=(compte.oublier_les_vieilles,),
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
    hors_preuve={
        f"MinuteDuServeur.{compte}": HorsPreuve(
            "le journal n'en retient que la part, arrondie : un compte dirait combien arrive",
            "dans l'arrondi, ce compte changerait sans se voir ; la part, elle, est prouvée",
        )
        for compte in ("reponses", "erreurs", "en_vol", "places", "libre", "total")
    },
)
