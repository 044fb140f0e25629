"""Les adresses d'un dossier publié qui change, pour le test de cloisonnement."""

from beffroi.achat.consultations.tests.adresses import CONFIRME, POST, absent, adresse, du
from beffroi.achat.consultations.tests.scene import Scene
from beffroi.achat.dossiers.tests.gestes import publier_une_version, remplacer
from tests.architecture.adresses import Adresse, Monde, publique, reserve_aux_agents


def planter(monde: Monde) -> None:
    """La consultation de Bomy a un changement préparé ; une autre a déjà deux versions."""
    scene = Scene(monde.bomy, monde.agent, monde.agent, monde.maintenant)
    monde.objets["modification"] = remplacer(scene, monde.objets["consultation"])
    versionnee = monde.objets["versionnee"]
    remplacer(scene, versionnee)
    publier_une_version(scene, versionnee)


PIECE = du("consultation", piece=lambda monde: monde.objets["piece"].reference)

ADRESSES = {
    "dossiers:d_avant": Adresse(
        publique(),
        arguments=lambda monde: {"reference": monde.objets["versionnee"].reference, "numero": 1},
        absents=absent(numero=1),
    ),
    "dossiers:changer": adresse(reserve_aux_agents(), "consultation"),
    "dossiers:publier": adresse(reserve_aux_agents(), "consultation"),
    "dossiers:defaire": Adresse(
        reserve_aux_agents(),
        arguments=du(
            "consultation", modification=lambda monde: monde.objets["modification"].reference
        ),
        absents=absent(modification="M-22222222"),
        **CONFIRME,
    ),
    "dossiers:remplacer": Adresse(
        reserve_aux_agents(), arguments=PIECE, absents=absent(piece="F-22222222")
    ),
    "dossiers:retirer": Adresse(
        reserve_aux_agents(409), arguments=PIECE, absents=absent(piece="F-22222222"), methodes=POST
    ),
}
