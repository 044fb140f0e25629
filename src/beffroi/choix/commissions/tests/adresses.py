"""Qui entre où : le secrétariat tient, les agents lisent,
un membre convoqué n'a que sa place, tout autre n'a rien.
"""

import io
from datetime import timedelta
from typing import Any

from beffroi.choix.commissions import services
from beffroi.choix.commissions.models import Commission, Reunion
from beffroi.choix.commissions.mots import Fonction, Objet, Sorte
from beffroi.choix.commissions.services import (
    Affaire,
    ProjetDeCommission,
    ProjetDeMembre,
    ProjetDeReunion,
)
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from tests.architecture.adresses import Adresse, Monde, attendus, connexion, reserve_aux_agents

LIEU, MEMBRE = "Un lieu que seule la commission doit lire", "Joseph que seule la commune doit lire"
FORMULAIRE = ("get", "post")


def planter(monde: Monde) -> None:
    """Une commission de Bomy ; trois réunions :
    préparée, convoquée, close avec son exemplaire signé.
    """
    consultation = factories.consultation(
        limite=monde.maintenant - timedelta(days=3), organisme_=monde.bomy, etat="depouillee"
    )
    acte: dict[str, Any] = {"par": monde.agent, "maintenant": monde.maintenant}
    commission = services.creer_une_commission(
        organisme=monde.bomy, projet=ProjetDeCommission("CAO de Bomy"), **acte
    )
    personnes = (
        (Fonction.PRESIDENT, monde.agent.nom, monde.agent.courriel),
        (Fonction.TITULAIRE, MEMBRE, ""),
    )
    for fonction, nom, courriel in personnes:
        projet = ProjetDeMembre(nom, fonction, courriel=courriel)
        membre = services.ajouter_un_membre(commission=commission, projet=projet, **acte)
    preparee, convoquee, close = (
        _preparer(monde, commission, consultation, acte) for _ in range(3)
    )
    du_jury = _preparer(monde, _jury(monde, acte), consultation, acte, objet=Objet.AVIS)
    for reunion in (convoquee, close, du_jury):
        services.convoquer(reunion=reunion, motif="", **acte)
    _clore(monde, close)
    monde.objets |= {
        "commission": commission,
        "membre_de_commission": membre,
        "reunion_preparee": preparee,
        "reunion_convoquee": convoquee,
        "reunion_close": close,
        "a_la_commission": consultation,
        "reunion_du_jury": du_jury,
    }
    monde.secrets |= {LIEU, MEMBRE}


def _jury(monde: Monde, acte: dict[str, Any]) -> Commission:
    """Personne de l'organisme n'en est : qui en est ne lit pas de qui sont les projets."""
    jury = services.creer_une_commission(
        organisme=monde.bomy, projet=ProjetDeCommission("Jury", Sorte.JURY), **acte
    )
    for fonction in (Fonction.PRESIDENT, Fonction.TITULAIRE):
        services.ajouter_un_membre(commission=jury, projet=ProjetDeMembre(MEMBRE, fonction), **acte)
    return jury


def _preparer(
    monde: Monde,
    commission: Commission,
    consultation: Any,
    acte: dict[str, Any],
    objet: str = Objet.CHOIX,
) -> Reunion:
    projet = ProjetDeReunion(
        monde.maintenant + timedelta(days=9), LIEU, [Affaire(consultation, objet=objet)]
    )
    return services.preparer_une_reunion(commission=commission, projet=projet, **acte)


def _clore(monde: Monde, reunion: Reunion) -> None:
    """Sans rendre de procès-verbal : ce monde se crée souvent."""
    cle = nouvelle_cle("essai")
    stockage().ecrire(cle, io.BytesIO(b"signe"))
    fichiers = {
        "pdf": cle,
        "odt": cle,
        "signe": cle,
        "nom_du_signe": "pv.pdf",
        "signe_recu_le": monde.maintenant,
    }
    Reunion.objects.filter(pk=reunion.pk).update(
        close_le=monde.maintenant, close_par=monde.agent, **fichiers
    )


def de(objet: str, **arguments: Any) -> Any:
    def lire(monde: Monde) -> dict[str, Any]:
        dits = {
            nom: monde.objets[valeur].reference if valeur in monde.objets else valeur
            for nom, valeur in arguments.items()
        }
        return {"reference": monde.objets[objet].reference, **dits}

    return lire


def absente(**arguments: Any) -> Any:
    return lambda monde: {"reference": "ZZ-22222222", **arguments}


LECTURE = reserve_aux_agents(agent_sans_role=200)
TIENT = reserve_aux_agents()
FAUTIF = {"post": reserve_aux_agents(422)}
COMMISSION, PREPAREE, CONVOQUEE, CLOSE = (
    de(nom) for nom in ("commission", "reunion_preparee", "reunion_convoquee", "reunion_close")
)
AFFAIRE, SANS_AFFAIRE = de("reunion_convoquee", rang=1), absente(rang=1)
MEMBRE_SEUL = attendus(404, anonyme=302, agent=200)


def formulaire(arguments: Any, absents: Any = None, lecture: Any = TIENT) -> Adresse:
    return Adresse(
        lecture, arguments, absents or absente(), methodes=FORMULAIRE, par_methode=FAUTIF
    )


ADRESSES = {
    "commissions:liste": Adresse(connexion()),
    "commissions:creer": Adresse(
        attendus(403, anonyme=302, agent=200, agent_etranger=200),
        methodes=FORMULAIRE,
        par_methode={"post": attendus(403, anonyme=302, agent=422, agent_etranger=422)},
    ),
    "commissions:commission": Adresse(LECTURE, COMMISSION, absente()),
    "commissions:ajouter": formulaire(COMMISSION),
    "commissions:retirer": Adresse(
        TIENT,
        de("commission", membre="membre_de_commission"),
        absente(membre="MC-22222222"),
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(302)},
    ),
    "commissions:preparer": formulaire(COMMISSION),
    "commissions:reunion": Adresse(LECTURE, CONVOQUEE, absente()),
    "commissions:modifier": formulaire(PREPAREE),
    "commissions:convoquer": Adresse(
        TIENT,
        PREPAREE,
        absente(),
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(302)},
    ),
    "commissions:annuler": formulaire(CONVOQUEE),
    "commissions:projets": formulaire(de("reunion_du_jury", rang=1), SANS_AFFAIRE),
    "commissions:presences": formulaire(CONVOQUEE),
    "commissions:voter": formulaire(AFFAIRE, SANS_AFFAIRE),
    "commissions:deport": formulaire(CONVOQUEE),
    "commissions:observer": formulaire(CONVOQUEE),
    "commissions:clore": formulaire(CONVOQUEE),
    "commissions:proces_verbal": Adresse(
        LECTURE, de("reunion_convoquee", extension="odt"), absente(extension="odt")
    ),
    "commissions:exemplaire": formulaire(CLOSE),
    "commissions:exemplaire_fichier": Adresse(LECTURE, CLOSE, absente()),
    "commissions:ma_reunion": Adresse(
        MEMBRE_SEUL,
        CONVOQUEE,
        absente(),
        methodes=FORMULAIRE,
        par_methode={"post": attendus(404, anonyme=302, agent=422)},
    ),
    # Aucun rapport n'est validé dans ce monde : il ne se lit nulle part.
    "commissions:rapport": Adresse(attendus(404, anonyme=302), AFFAIRE, SANS_AFFAIRE),
    "commissions:consultation": formulaire(de("a_la_commission"), lecture=LECTURE),
}
