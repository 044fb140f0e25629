"""Les adresses de la rédaction, pour le test de cloisonnement."""

from beffroi.achat.consultations.tests.adresses import absent, adresse, du
from tests.architecture.adresses import Adresse, reserve_aux_agents

ADRESSES = {
    "redaction:documents": adresse(reserve_aux_agents(), "brouillon"),
    "redaction:document": Adresse(
        reserve_aux_agents(),
        arguments=du("brouillon", nom=lambda monde: "reglement", extension=lambda monde: "pdf"),
        absents=absent(nom="reglement", extension="pdf"),
    ),
}
