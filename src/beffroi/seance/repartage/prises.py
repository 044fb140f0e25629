"""Repartage : ce que ce contexte branche dans la maison."""

from beffroi.seance.repartage import a_faire
from beffroi.seance.repartage.permissions import ACTES
from beffroi.socle.fondations.a_faire import DeLaPersonne, DesConsultations
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    a_faire=(
        DeLaPersonne(
            a_faire.parts_demandees_au_gardien,
            apres="versements.versements_a_reprendre",
            s_il_y_a=a_faire.repartages_confies,
        ),
        DesConsultations(
            a_faire.parts_a_refaire,
            apres="consultations.validation_demandee",
            s_il_y_a=a_faire.repartages_et_parts_perdues,
            permis=("changer_les_personnes", ACTES),
        ),
    ),
    hors_preuve={
        "Repartage": HorsPreuve(
            "un changement en cours, effacé une fois achevé ; ses actes sont au journal",
            (
                "un repartage en cours échouerait, ou se referait ; les parts et les gardiens "
                "sont prouvés"
            ),
        ),
        "Repartage_vers": HorsPreuve(
            "des personnes pressenties, jusqu'à ce que le repartage s'achève, au journal",
            (
                "un repartage en cours échouerait, ou se referait ; les parts et les gardiens "
                "sont prouvés"
            ),
        ),
    },
)
