"""Les adresses des consultations, pour le test de cloisonnement."""

from collections.abc import Callable, Mapping
from typing import Any

from beffroi.achat.consultations.tests.scene import Scene, agent
from tests.architecture.adresses import Adresse, Monde, connexion, publique, reserve_aux_agents

TITRE_DU_BROUILLON = "Achat encore secret de la commune de Bomy"


def planter(monde: Monde) -> None:
    """Bomy a un brouillon, que personne d'autre ne doit deviner, et une consultation publiée."""
    collegue = agent("Odile Fasquelle", monde.bomy, le=monde.maintenant)
    scene = Scene(monde.bomy, monde.agent, collegue, monde.maintenant)
    brouillon = scene.brouillon(TITRE_DU_BROUILLON)
    monde.objets["piece_du_brouillon"] = scene.joindre(brouillon)
    monde.objets["brouillon"] = scene.completer(brouillon)
    monde.objets["consultation"] = scene.publiee()
    monde.objets["piece"] = monde.objets["consultation"].pieces.get()
    monde.objets["versionnee"] = scene.publiee("Curage des fossés")
    monde.secrets |= {TITRE_DU_BROUILLON, collegue.courriel}


def du(objet: str, /, **autres: Callable[[Monde], str]) -> Callable[[Monde], dict[str, Any]]:
    """Les arguments qui désignent cet objet du monde, et ses dépendances."""
    return lambda monde: {
        "reference": monde.objets[objet].reference,
        **{cle: valeur(monde) for cle, valeur in autres.items()},
    }


def absent(**autres: object) -> Callable[[Monde], dict[str, Any]]:
    return lambda monde: {"reference": "2020-0000", **autres}


def adresse(
    statuts: Mapping[str, Any], objet: str, *, methodes: tuple[str, ...] = ("get",)
) -> Adresse:
    return Adresse(statuts, arguments=du(objet), absents=absent(), methodes=methodes)


# Le lecteur de Bomy voit sans agir : 200 où l'on lit, 403 où l'on agit.
LECTURE = reserve_aux_agents(agent_sans_role=200)
POST = ("post",)
# Une page le demande, son bouton le fait.
CONFIRME: dict[str, Any] = {
    "methodes": ("get", "post"),
    "par_methode": {"post": reserve_aux_agents(302)},
}
PIECE_DU_BROUILLON = du(
    "brouillon", piece=lambda monde: monde.objets["piece_du_brouillon"].reference
)
ATTENDUE = du("brouillon", piece=lambda monde: "A-22222222")
PERSONNE = du("brouillon", personne=lambda monde: monde.agent.reference)

ADRESSES = {
    "consultations:mes_consultations": Adresse(
        connexion(404, agent=200, agent_sans_role=200, agent_etranger=200, exploitant=200)
    ),
    "consultations:court": adresse(publique(301), "consultation"),
    "consultations:fiche": adresse(publique(), "consultation"),
    "consultations:calendrier": adresse(publique(), "consultation"),
    "consultations:cles_publiques": adresse(publique(), "consultation"),
    "consultations:cles_publiees": adresse(publique(), "consultation"),
    "consultations:documents": adresse(publique(), "consultation"),
    "consultations:dossier": adresse(publique(), "consultation"),
    "consultations:document": Adresse(
        publique(),
        arguments=du(
            "consultation",
            piece=lambda monde: monde.objets["piece"].reference,
            nom=lambda monde: monde.objets["piece"].nom,
        ),
        absents=absent(piece="F-22222222", nom="reglement.pdf"),
    ),
    "consultations:preparer": adresse(LECTURE, "brouillon"),
    "consultations:preparer_documents": adresse(reserve_aux_agents(), "brouillon"),
    "consultations:retirer_document": Adresse(
        reserve_aux_agents(),
        arguments=PIECE_DU_BROUILLON,
        absents=absent(piece="F-22222222"),
        **CONFIRME,
    ),
    "consultations:preparer_pieces": adresse(reserve_aux_agents(), "brouillon"),
    "consultations:retirer_piece": Adresse(
        reserve_aux_agents(404),
        arguments=ATTENDUE,
        absents=absent(piece="A-33333333"),
        methodes=("get", "post"),
    ),
    "consultations:preparer_membres": adresse(reserve_aux_agents(), "brouillon"),
    "consultations:retirer_membre": Adresse(
        reserve_aux_agents(), arguments=PERSONNE, absents=absent(personne="U-22222222"), **CONFIRME
    ),
    "consultations:politique": Adresse(
        reserve_aux_agents(302),
        arguments=du("brouillon"),
        absents=absent(),
        methodes=POST,
        donnees={"politique": "standard"},
    ),
    "consultations:preparer_verifier": adresse(reserve_aux_agents(), "brouillon"),
    "consultations:publier": adresse(reserve_aux_agents(), "brouillon"),
    "consultations:programmer": adresse(reserve_aux_agents(422), "brouillon", methodes=POST),
    "consultations:deprogrammer": adresse(reserve_aux_agents(409), "brouillon", methodes=POST),
    "consultations:soumettre": adresse(reserve_aux_agents(302), "brouillon", methodes=POST),
    "consultations:reprendre": adresse(reserve_aux_agents(409), "brouillon", methodes=POST),
    "consultations:cles": adresse(reserve_aux_agents(), "brouillon"),
    "consultations:suivre": adresse(LECTURE, "consultation"),
    "consultations:prolonger": adresse(reserve_aux_agents(), "consultation"),
    "consultations:sans_suite": adresse(reserve_aux_agents(), "consultation"),
}
