"""Qui entre où : les écrans du dépôt sont à l'entreprise, le récépissé aussi ;
vérifier et l'heure sont à tous.
"""

from datetime import timedelta

from beffroi.reponse.depots.tests import factories
from tests.architecture.adresses import (
    Adresse,
    Monde,
    attendus,
    connexion,
    publique,
    reserve_a_l_entreprise,
)


def planter(monde: Monde) -> None:
    """Une réponse déposée, puis une autre en préparation, de l'Atelier du Faîtage."""
    consultation = factories.consultation(lots=1, limite=monde.maintenant + timedelta(days=2))
    atelier = factories.Candidat(consultation, monde.membre)
    pli = atelier.depose(("candidature", None), ("offre", 1), le=monde.maintenant)
    brouillon = atelier.commence(1, le=monde.maintenant)
    fichier = atelier.envoie(
        brouillon, "offre", 1, "secret-de-l-atelier.pdf", b"contenu", monde.maintenant
    )
    monde.objets |= {
        "a_deposer": consultation,
        "reponse": brouillon,
        "fichier_scelle": fichier,
        "pli": pli,
    }
    monde.secrets |= {"secret-de-l-atelier.pdf", brouillon.reference, pli.reference}


def consultation(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["a_deposer"].reference}


def consultation_absente(monde: Monde) -> dict[str, str]:
    return {"reference": "2020-0000"}


def reponse(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["reponse"].reference}


def reponse_absente(monde: Monde) -> dict[str, str]:
    return {"reference": "R-22222222"}


def lot(monde: Monde) -> dict[str, str]:
    return {**reponse(monde), "code": "lot-1"}


def lot_absent(monde: Monde) -> dict[str, str]:
    return {**reponse_absente(monde), "code": "lot-1"}


def fichier(monde: Monde) -> dict[str, str]:
    return {**reponse(monde), "fichier": monde.objets["fichier_scelle"].reference}


def fichier_absent(monde: Monde) -> dict[str, str]:
    return {**reponse_absente(monde), "fichier": "F-2222222222222222"}


def pli(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["pli"].reference}


def pli_absent(monde: Monde) -> dict[str, str]:
    return {"reference": "D-2020-00000"}


FORMULAIRE = {
    "methodes": ("get", "post"),
    "par_methode": {"post": reserve_a_l_entreprise((302, 422))},
}

ADRESSES = {
    "reponses:heure": Adresse(publique()),
    "reponses:verifier": Adresse(publique()),
    "reponses:mes_reponses": Adresse(connexion()),
    "reponses:commencer": Adresse(
        publique(),
        consultation,
        consultation_absente,
        methodes=("get", "post"),
        par_methode={"post": attendus(200, entreprise=302, entreprise_etrangere=302)},
        donnees={"lots": ["1"]},
    ),
    "reponses:reponse": Adresse(reserve_a_l_entreprise(), reponse, reponse_absente),
    "reponses:groupement": Adresse(
        reserve_a_l_entreprise(), reponse, reponse_absente, **FORMULAIRE
    ),
    "reponses:lots": Adresse(
        reserve_a_l_entreprise(), reponse, reponse_absente, donnees={"lots": ["1"]}, **FORMULAIRE
    ),
    "reponses:pieces": Adresse(reserve_a_l_entreprise(), reponse, reponse_absente),
    "reponses:pieces_d_offre": Adresse(reserve_a_l_entreprise(), lot, lot_absent),
    "reponses:verifier_la_reponse": Adresse(reserve_a_l_entreprise(), reponse, reponse_absente),
    "reponses:seance": Adresse(reserve_a_l_entreprise(anonyme=401), reponse, reponse_absente),
    "reponses:traces": Adresse(
        reserve_a_l_entreprise(204), reponse, reponse_absente, methodes=("post",)
    ),
    "reponses:ecarter": Adresse(
        reserve_a_l_entreprise(204), fichier, fichier_absent, methodes=("post",)
    ),
    "reponses:recepisse": Adresse(reserve_a_l_entreprise(), pli, pli_absent),
    "reponses:recepisse_pdf": Adresse(reserve_a_l_entreprise(), pli, pli_absent),
    "reponses:recu_zip": Adresse(reserve_a_l_entreprise(), pli, pli_absent),
    "reponses:depot_json": Adresse(reserve_a_l_entreprise(), pli, pli_absent),
    "reponses:retirer": Adresse(reserve_a_l_entreprise(), pli, pli_absent, **FORMULAIRE),
    # Ni retiré ni remplacé, il n'y a rien à contester ; ni rien sur quoi revenir.
    "reponses:contester": Adresse(
        reserve_a_l_entreprise(),
        pli,
        pli_absent,
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_entreprise(422)},
    ),
    "reponses:revenir": Adresse(attendus(404, anonyme=302), pli, pli_absent),
    # Seul un lien signé ouvre : celui-ci ne l'est pas.
    "reponses:pas_moi": Adresse(
        publique(404),
        lambda monde: {**pli(monde), "jeton": "U-22222222~faux"},
        lambda monde: {**pli_absent(monde), "jeton": "U-22222222~faux"},
        methodes=("get", "post"),
    ),
}
