"""Les adresses des relectures, pour le test de cloisonnement."""

from beffroi.achat.consultations.tests.adresses import CONFIRME, POST, adresse
from beffroi.achat.relectures.lecture import ReglementLu
from beffroi.achat.relectures.services import demander_la_relecture
from tests.architecture.adresses import Adresse, Monde, attendus, reserve_aux_agents

MESSAGE = "Note confidentielle de Bomy à son juriste"
ABSENTE = "L-22222222"


def planter(monde: Monde) -> None:
    """Bomy a soumis son brouillon au centre de gestion."""
    monde.objets["relecture"] = demander_la_relecture(
        consultation=monde.objets["brouillon"],
        lu=ReglementLu(),
        message=MESSAGE,
        par=monde.agent,
        maintenant=monde.maintenant,
    )
    monde.secrets |= {MESSAGE}


def _de_l_acheteur(statuts, **autres):
    return Adresse(
        statuts,
        arguments=lambda monde: {
            "reference": monde.objets["brouillon"].reference,
            "relecture": monde.objets["relecture"].reference,
        },
        absents=lambda monde: {"reference": "2020-0000", "relecture": ABSENTE},
        **autres,
    )


def _du_centre(statut=200, *, methodes=("get",), **autres):
    """Le juriste de l'exploitant entre ; pour tout autre, ces pages n'existent pas."""
    return Adresse(
        attendus(404, anonyme=302, exploitant=statut),
        arguments=lambda monde: {"relecture": monde.objets["relecture"].reference, **autres},
        absents=lambda monde: {"relecture": ABSENTE, **autres},
        methodes=methodes,
    )


LISTE = Adresse(attendus(404, anonyme=302, exploitant=200))
ADRESSES = {
    "relectures:acheteur": adresse(reserve_aux_agents(agent_sans_role=200), "brouillon"),
    "relectures:demander": adresse(reserve_aux_agents(422), "brouillon", methodes=POST),
    "relectures:passer_outre": Adresse(
        reserve_aux_agents(409),
        arguments=lambda monde: {
            "reference": monde.objets["brouillon"].reference,
            "empreinte": "0" * 64,
        },
        absents=lambda monde: {"reference": "2020-0000", "empreinte": "0" * 64},
    ),
    "relectures:avis": _de_l_acheteur(reserve_aux_agents(agent_sans_role=200)),
    "relectures:rapport": _de_l_acheteur(reserve_aux_agents(409, agent_sans_role=409)),
    "relectures:retirer": _de_l_acheteur(reserve_aux_agents(), **CONFIRME),
    "relectures:file": LISTE,
    "relectures:modeles": LISTE,
    "relectures:mesures": LISTE,
    "relectures:retirer_modele": Adresse(
        attendus(404, anonyme=302),
        arguments=lambda monde: {"modele": 424_242},
        absents=lambda monde: {"modele": 999_999},
        methodes=("get", "post"),
    ),
    "relectures:relire": _du_centre(),
    "relectures:prendre": _du_centre(302, methodes=POST),
    "relectures:piece": _du_centre(404, piece="P-22222222"),
    "relectures:decider": _du_centre(409, methodes=POST, empreinte="0" * 64),
    "relectures:revenir": _du_centre(409, methodes=POST, empreinte="0" * 64),
    "relectures:commenter": _du_centre(422, methodes=POST),
    "relectures:effacer": _du_centre(404, methodes=("get", "post"), commentaire="Q-22222222"),
    "relectures:rendre": _du_centre(422, methodes=POST),
}
