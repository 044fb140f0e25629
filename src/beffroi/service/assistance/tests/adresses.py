"""Qui entre où : chacun chez soi, la file au centre, le public à tous."""

from beffroi.service.assistance import jetons
from beffroi.service.assistance.models import Demande, PieceDeMessage
from beffroi.service.assistance.services.demandes import Personne, Saisie, demander
from beffroi.service.assistance.services.entrants import recevoir
from beffroi.service.assistance.services.modeles import (
    Frequente,
    Modele,
    ecrire_un_modele,
    publier_une_question,
)
from tests.architecture.adresses import (
    Adresse,
    Attendus,
    Monde,
    attendus,
    connexion,
    publique,
    reserve_a_l_exploitant,
)

COURRIEL = (
    b"From: Paul <paul@courriel.example>\nSubject: Une capture\nMessage-ID: <1@courriel.example>\n"
    b"Content-Type: application/octet-stream\nContent-Disposition: attachment; "
    b"filename=capture-de-paul.png\n\nx"
)
LIEN_ALTERE = {"jeton": "AS-22222222:altere"}


def planter(monde: Monde) -> None:
    centre = monde.agent_exploitant.acteur
    agent = Personne(compte=monde.agent, telephone="06 55 44 33 22")
    sans_compte = Personne(nom="Odile Sanscompte", courriel="odile@sanscompte.example")
    for nom, personne in (("demande_d_aide", agent), ("demande_d_aide_sans_compte", sans_compte)):
        monde.objets[nom] = demander(
            saisie=Saisie(texte="Mon écran reste vide après le code", cle=nom),
            personne=personne,
            canal=Demande.Canal.WEB,
            maintenant=monde.maintenant,
        )
    monde.objets["demande_sur_sa_consultation"] = demander(
        saisie=Saisie(
            texte="Où changer la date ?", cle="objet", objet=monde.objets["consultation"].reference
        ),
        personne=Personne(compte=monde.agent),
        canal=Demande.Canal.WEB,
        maintenant=monde.maintenant,
    )
    recevoir(COURRIEL, maintenant=monde.maintenant)
    monde.objets["piece_jointe"] = PieceDeMessage.objects.get(nom="capture-de-paul.png")
    modele = Modele("technique", "Code reçu trop tard", "Redemandez un code.")
    monde.objets["modele_d_aide"] = ecrire_un_modele(
        modele=None, saisie=modele, par=centre, maintenant=monde.maintenant
    )
    frequente = Frequente("comptes", "Comment changer d'adresse ?", "Depuis « Mon compte ».")
    monde.objets["question_frequente"] = publier_une_question(
        saisie=frequente, demande=None, par=centre, maintenant=monde.maintenant
    )
    monde.secrets |= {
        "Odile Sanscompte",
        "odile@sanscompte.example",
        "06 55 44 33 22",
        "paul@courriel.example",
        "capture-de-paul.png",
    }


def de(nom: str):  # type: ignore[no-untyped-def]
    return lambda monde: {"reference": monde.objets[nom].reference}


def absent(_: Monde) -> dict[str, str]:
    return {"reference": "AS-22222222"}


def a_elle(statut: int = 200) -> Attendus:
    """La personne qui l'a faite, et personne d'autre :
    pas même le centre, qui a ses propres pages.
    """
    return attendus(404, anonyme=302, agent=statut)


def au_centre(nom: str, statut: int, methodes: tuple[str, ...] = ("post",)) -> Adresse:
    return Adresse(
        reserve_a_l_exploitant(),
        de(nom),
        absent,
        methodes=methodes,
        par_methode={"post": reserve_a_l_exploitant(statut)},
    )


ADRESSES = {
    "assistance:mes_demandes": Adresse(connexion()),
    "assistance:nouvelle": Adresse(
        connexion(), methodes=("get", "post"), par_methode={"post": connexion(422)}
    ),
    "assistance:demande": Adresse(
        a_elle(),
        de("demande_d_aide"),
        absent,
        methodes=("get", "post"),
        par_methode={"post": a_elle(422)},
    ),
    "assistance:avis": Adresse(a_elle(422), de("demande_d_aide"), absent, methodes=("post",)),
    "assistance:ecrire": Adresse(
        publique(), methodes=("get", "post"), par_methode={"post": publique(422)}
    ),
    "assistance:suivre": Adresse(
        publique(),
        lambda monde: {"jeton": jetons.jeton_de(monde.objets["demande_d_aide_sans_compte"])},
        lambda _: LIEN_ALTERE,
        methodes=("get", "post"),
        par_methode={"post": publique(422)},
    ),
    **{
        f"assistance:{nom}": Adresse(publique())
        for nom in ("message_recu", "questions_frequentes", "nos_delais")
    },
    **{
        f"assistance:{nom}": Adresse(reserve_a_l_exploitant())
        for nom in ("file", "closes", "modeles", "mesures")
    },
    **{
        f"assistance:{nom}": Adresse(
            reserve_a_l_exploitant(),
            methodes=("get", "post"),
            par_methode={"post": reserve_a_l_exploitant(422)},
        )
        for nom in ("appel", "nouveau_modele")
    },
    "assistance:au_centre": au_centre("demande_d_aide", 422, ("get", "post")),
    "assistance:publier": au_centre("demande_d_aide", 422, ("get", "post")),
    "assistance:modele": au_centre("modele_d_aide", 422, ("get", "post")),
    "assistance:depot": Adresse(reserve_a_l_exploitant()),
    "assistance:frise": Adresse(
        reserve_a_l_exploitant(),
        lambda monde: {"reference": monde.objets["reponse"].reference},
        lambda _: {"reference": "R-22222222"},
    ),
    "assistance:ce_qu_elle_voit": Adresse(
        reserve_a_l_exploitant(),
        lambda monde: {
            "reference": monde.objets["demande_sur_sa_consultation"].reference,
            "ecran": "consultation",
        },
        lambda _: {"reference": "AS-22222222", "ecran": "consultation"},
    ),
    "assistance:piece": Adresse(
        reserve_a_l_exploitant(), de("piece_jointe"), lambda _: {"reference": "AP-22222222"}
    ),
    "assistance:noter": au_centre("demande_d_aide", 422),
    "assistance:ranger": au_centre("demande_d_aide", 422),
    "assistance:fusionner": au_centre("demande_d_aide", 422),
    "assistance:prendre": au_centre("demande_d_aide", 302),
    "assistance:retirer_le_modele": au_centre("modele_d_aide", 302, ("get", "post")),
    "assistance:retirer_la_question": au_centre("question_frequente", 302, ("get", "post")),
}
