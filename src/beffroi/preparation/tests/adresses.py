"""Les adresses de la préparation, pour le test de cloisonnement."""

from beffroi.consultations.tests.adresses import absent, adresse, du
from beffroi.preparation.ecrans import ECRANS
from tests.architecture.adresses import Adresse, connexion, reserve_aux_agents

ADRESSES = {
    "preparation:nouvelle": Adresse(connexion(404, agent=200, agent_sans_role=403, agent_etranger=200, exploitant=403)),
    **{f"preparation:{cle}": adresse(reserve_aux_agents(), "brouillon") for cle in ECRANS},
    "preparation:procedures": adresse(reserve_aux_agents(), "brouillon"),
    "preparation:lot": Adresse(
        reserve_aux_agents(agent=404),
        arguments=du("brouillon", numero=lambda monde: 1),
        absents=absent(numero=1),
    ),
    "preparation:modifier": Adresse(
        reserve_aux_agents(agent=404),
        arguments=du("brouillon", cle=lambda monde: "procedure"),
        absents=absent(cle="procedure"),
    ),
}
