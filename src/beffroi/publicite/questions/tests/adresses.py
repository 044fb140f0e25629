"""Les adresses des questions, pour le test de cloisonnement."""

import io

from beffroi.achat.consultations.tests.adresses import POST, absent, adresse, du
from beffroi.publicite.questions import jetons, services
from beffroi.publicite.questions.models import Demandeur, PieceDeQuestion
from beffroi.publicite.questions.tests.gestes import REPONSE, poser
from beffroi.socle.guichet.envois import Fichier
from tests.architecture.adresses import (
    Adresse,
    Monde,
    connexion,
    publique,
    reserve_a_l_entreprise,
    reserve_aux_agents,
)

TEXTE = "Texte que seul l'acheteur de Bomy doit lire"


def planter(monde: Monde) -> None:
    """L'Atelier a posé deux questions sur la consultation de Bomy ;
    l'une a sa réponse, avec un fichier.
    """
    consultation, le = monde.objets["consultation"], monde.maintenant
    attend = poser(consultation, monde.membre, TEXTE, le=le, fichiers=[("croquis.pdf", b"%PDF")])
    repondue = poser(consultation, monde.membre, "Quelle ardoise ?", le=le)
    par = monde.agent.acteur
    fichiers = [Fichier("reponse.pdf", io.BytesIO(b"%PDF"))]
    services.preparer_la_reponse(
        question=repondue,
        projet=services.Projet(**REPONSE, fichiers=fichiers),
        par=par,
        maintenant=le,
    )
    services.publier_la_reponse(question=repondue, relue=False, par=par, maintenant=le)
    services.preparer_la_reponse(
        question=attend, projet=services.Projet(texte="Bientôt"), par=par, maintenant=le
    )
    monde.objets["question"] = attend
    monde.objets["piece_de_question"] = attend.pieces.get()
    monde.objets["piece_de_reponse"] = PieceDeQuestion.objects.get(reponse__question=repondue)
    services.donner_le_lien(
        consultation=consultation, courriel="visiteur@example.org", maintenant=le
    )
    monde.objets["demandeur"] = Demandeur.objects.get()
    monde.secrets |= {TEXTE}


QUESTION = du("consultation", question=lambda monde: monde.objets["question"].reference)
ABSENTE = absent(question="Q-22222222")
LECTURE = reserve_aux_agents(agent_sans_role=200)

ADRESSES = {
    "questions:liste": adresse(publique(), "consultation"),
    "questions:piece": Adresse(
        publique(),
        arguments=du(
            "consultation",
            piece=lambda monde: monde.objets["piece_de_reponse"].reference,
            nom=lambda monde: monde.objets["piece_de_reponse"].nom,
        ),
        absents=absent(piece="K-22222222", nom="reponse.pdf"),
    ),
    "questions:poser": adresse(
        connexion(403, entreprise=200, entreprise_etrangere=200), "consultation"
    ),
    "questions:demander": adresse(publique(), "consultation"),
    "questions:sans_compte": Adresse(
        publique(),
        arguments=lambda monde: {"jeton": jetons.jeton_de(monde.objets["demandeur"])},
        absents=lambda _: {"jeton": "forge"},
    ),
    "questions:gerer": adresse(LECTURE, "consultation"),
    "questions:repondre": Adresse(reserve_aux_agents(), arguments=QUESTION, absents=ABSENTE),
    "questions:publier": Adresse(reserve_aux_agents(), arguments=QUESTION, absents=ABSENTE),
    "questions:ecarter": Adresse(
        reserve_aux_agents(422), arguments=QUESTION, absents=ABSENTE, methodes=POST
    ),
    "questions:piece_recue": Adresse(
        LECTURE,
        arguments=du(
            "consultation",
            question=lambda monde: monde.objets["question"].reference,
            piece=lambda monde: monde.objets["piece_de_question"].reference,
        ),
        absents=absent(question="Q-22222222", piece="K-22222222"),
    ),
    "questions:mes_questions": Adresse(connexion()),
    "questions:accuse": Adresse(
        reserve_a_l_entreprise(),
        arguments=lambda monde: {"question": monde.objets["question"].reference},
        absents=lambda monde: {"question": "Q-22222222"},
    ),
}
