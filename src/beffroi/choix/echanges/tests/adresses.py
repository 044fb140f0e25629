"""Les adresses des courriers, pour le test de cloisonnement."""

import io
from datetime import timedelta

from beffroi.achat.consultations.tests.adresses import POST, absent, adresse, du
from beffroi.choix.echanges import services
from beffroi.publicite.retraits.services import nommer_son_entreprise
from tests.architecture.adresses import (
    Adresse,
    Monde,
    connexion,
    reserve_a_l_entreprise,
    reserve_aux_agents,
)

SUJET, TEXTE, REPONSE = (
    "Sujet que seul l'Atelier doit lire",
    "Texte que seul l'Atelier doit lire",
    "Réponse que seule la commune de Bomy doit lire",
)


def planter(monde: Monde) -> None:
    """Bomy a écrit à l'Atelier, qui a répondu ; un autre courrier est encore en brouillon."""
    consultation, le = monde.objets["consultation"], monde.maintenant
    nommer_son_entreprise(
        consultation=consultation, membre=monde.membre, prevenir=False, maintenant=le
    )
    brouillon, parti = _rediger(monde, f"{TEXTE} [à compléter]"), _rediger(monde, TEXTE)
    services.envoyer(courrier=parti, par=monde.agent, maintenant=le)
    exemplaire = parti.exemplaires.select_related("fil").get()
    reponse = services.Reponse(texte=REPONSE, cle="r" * 32)
    services.repondre(
        fil=exemplaire.fil,
        reponse=reponse,
        par=monde.membre.utilisateur,
        maintenant=le + timedelta(seconds=1),
    )
    monde.objets |= {
        "brouillon_de_courrier": brouillon,
        "courrier": parti,
        "exemplaire": exemplaire,
    }
    monde.objets["piece_de_courrier"] = parti.pieces.get()
    monde.secrets |= {SUJET, TEXTE, REPONSE}


def _rediger(monde: Monde, texte: str):
    projet = services.Projet(
        sorte="libre",
        sujet=SUJET,
        texte=texte,
        a=[monde.membre.equipe],
        fichiers=[services.Fichier("plan.pdf", io.BytesIO(b"%PDF"))],
    )
    return services.rediger(
        consultation=monde.objets["consultation"],
        projet=projet,
        par=monde.agent,
        maintenant=monde.maintenant,
    )


def _courrier(objet: str):
    return du("consultation", courrier=lambda monde: monde.objets[objet].reference)


FIL = du("consultation", fil=lambda monde: monde.objets["exemplaire"].fil.reference)
EXEMPLAIRE = du("consultation", exemplaire=lambda monde: monde.objets["exemplaire"].reference)
PIECE = du("consultation", piece=lambda monde: monde.objets["piece_de_courrier"].reference)
COURRIER_ABSENT = absent(courrier="C-22222222")
LECTURE = reserve_aux_agents(agent_sans_role=200)

ADRESSES = {
    "echanges:liste": adresse(LECTURE, "consultation"),
    "echanges:ecrire": adresse(reserve_aux_agents(), "consultation"),
    "echanges:fil_de_l_acheteur": Adresse(
        LECTURE, arguments=FIL, absents=absent(fil="FIL-22222222")
    ),
    "echanges:preuve": Adresse(
        LECTURE, arguments=EXEMPLAIRE, absents=absent(exemplaire="X-22222222")
    ),
    "echanges:preuve_pdf": Adresse(
        LECTURE, arguments=EXEMPLAIRE, absents=absent(exemplaire="X-22222222")
    ),
    "echanges:preuve_zip": Adresse(
        LECTURE, arguments=EXEMPLAIRE, absents=absent(exemplaire="X-22222222")
    ),
    "echanges:relancer": Adresse(
        reserve_aux_agents(), arguments=EXEMPLAIRE, absents=absent(exemplaire="X-22222222")
    ),
    "echanges:piece": Adresse(LECTURE, arguments=PIECE, absents=absent(piece="PJ-22222222")),
    "echanges:courrier": Adresse(LECTURE, arguments=_courrier("courrier"), absents=COURRIER_ABSENT),
    "echanges:modifier": Adresse(
        reserve_aux_agents(), arguments=_courrier("brouillon_de_courrier"), absents=COURRIER_ABSENT
    ),
    "echanges:pieces_propres": Adresse(
        reserve_aux_agents(),
        arguments=du(
            "consultation",
            courrier=lambda monde: monde.objets["brouillon_de_courrier"].reference,
            exemplaire=lambda monde: (
                monde.objets["brouillon_de_courrier"].exemplaires.get().reference
            ),
        ),
        absents=absent(courrier="C-22222222", exemplaire="X-22222222"),
    ),
    "echanges:envoyer": Adresse(
        reserve_aux_agents(422),
        arguments=_courrier("brouillon_de_courrier"),
        absents=COURRIER_ABSENT,
        methodes=POST,
    ),
    "echanges:supprimer": Adresse(
        reserve_aux_agents(409),
        arguments=_courrier("courrier"),
        absents=COURRIER_ABSENT,
        methodes=POST,
    ),
    "echanges:mes_messages": Adresse(connexion()),
    "echanges:fil": Adresse(
        reserve_a_l_entreprise(),
        arguments=lambda monde: {"fil": monde.objets["exemplaire"].fil.reference},
        absents=lambda monde: {"fil": "FIL-22222222"},
    ),
    "echanges:piece_du_fil": Adresse(
        reserve_a_l_entreprise(),
        arguments=lambda monde: {
            "fil": monde.objets["exemplaire"].fil.reference,
            "piece": monde.objets["piece_de_courrier"].reference,
        },
        absents=lambda monde: {"fil": "FIL-22222222", "piece": "PJ-22222222"},
    ),
}
