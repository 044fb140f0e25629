"""Qui entre où : les décisions à deux ne se lisent qu'au centre."""

from beffroi.centre.propositions.services import Demande, proposer
from tests.architecture.adresses import Adresse, Monde, reserve_a_l_exploitant

SECRET = "Le maire de Bomy a promis au téléphone de payer en mars."


def planter(monde: Monde) -> None:
    """Une proposition sur Bomy : ni ses agents, ni personne d'autre ne la lisent."""
    monde.objets["proposition"] = proposer(
        demande=Demande(
            acte="impaye.bloquer",
            sujet="IM-33333333",
            siret=monde.bomy.siret,
            titre="Arrêter les consultations nouvelles",
            page="/cdg/impayes/",
            motif=SECRET,
        ),
        par=monde.agent_exploitant,
        maintenant=monde.maintenant,
    )
    monde.secrets |= {SECRET}


ADRESSES = {
    "propositions:liste": Adresse(reserve_a_l_exploitant()),
    "propositions:ecarter": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"reference": monde.objets["proposition"].reference},
        absents=lambda monde: {"reference": "PD-22222222"},
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
}
