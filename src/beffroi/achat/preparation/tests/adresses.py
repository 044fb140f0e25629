"""Les adresses de la préparation, pour le test de cloisonnement."""

from beffroi.achat.consultations.services import definir_les_lots
from beffroi.achat.consultations.tests.adresses import absent, adresse, du
from beffroi.achat.consultations.tests.scene import Scene, agent
from beffroi.achat.preparation.questionnaire import ECRANS
from tests.architecture.adresses import Adresse, Monde, connexion, reserve_aux_agents

SECRET_DU_LOT = "Lot encore secret de la commune de Bomy"


def planter(monde: Monde) -> None:
    """Un brouillon en deux lots, dont les noms ne se devinent pas d'ailleurs."""
    collegue = agent("Yves Pruvost", monde.bomy, le=monde.maintenant)
    brouillon = Scene(monde.bomy, monde.agent, collegue, monde.maintenant).brouillon()
    definir_les_lots(
        consultation=brouillon,
        intitules=(SECRET_DU_LOT, "Charpente"),
        par=monde.agent.acteur,
        maintenant=monde.maintenant,
    )
    monde.objets["brouillon_en_lots"] = brouillon
    monde.secrets |= {SECRET_DU_LOT, collegue.courriel}


ADRESSES = {
    "preparation:nouvelle": Adresse(
        connexion(404, agent=200, agent_sans_role=403, agent_etranger=200, exploitant=403)
    ),
    **{f"preparation:{cle}": adresse(reserve_aux_agents(), "brouillon") for cle in ECRANS},
    "preparation:refaire": adresse(reserve_aux_agents(), "consultation"),
    "preparation:procedures": adresse(reserve_aux_agents(), "brouillon"),
    "preparation:lot": Adresse(
        reserve_aux_agents(),
        arguments=du("brouillon_en_lots", numero=lambda monde: 1),
        absents=absent(numero=1),
    ),
    "preparation:modifier": Adresse(
        reserve_aux_agents(agent=404),
        arguments=du("brouillon", cle=lambda monde: "procedure"),
        absents=absent(cle="procedure"),
    ),
}
