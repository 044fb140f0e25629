"""Qui entre dans l'analyse : les agents de l'acheteur, une fois la séance
close ; et rien pour les autres.
"""

from datetime import timedelta
from typing import Any

from beffroi.choix.analyse import services
from beffroi.choix.analyse.tests.scene import CHOIX
from beffroi.reponse.depots.models import BrouillonDeReponse, Enveloppe, FichierScelle, Pli
from beffroi.reponse.depots.tests import factories
from beffroi.seance.ouverture.models import OuverturePli, Seance
from tests.architecture.adresses import Adresse, Monde, reserve_aux_agents

SECRET = "Commentaire que seule la commune de Bomy doit lire"
FORMULAIRE = ("get", "post")


def planter(monde: Monde) -> None:
    """Une consultation de Bomy dont l'offre est ouverte, notée et classée."""
    limite = monde.maintenant - timedelta(days=3)
    consultation = factories.consultation(limite=limite, organisme_=monde.bomy, etat="depouillee")
    pli = _ouvrir_un_pli(monde, consultation, le=limite - timedelta(hours=1))
    acte: dict[str, Any] = {"par": monde.agent, "maintenant": monde.maintenant}
    services.arreter_la_grille(consultation=consultation, lot=None, choix=CHOIX, **acte)
    (offre,) = services.inscrire_les_offres(consultation=consultation, lot=None, **acte)
    retenue = services.Retenue(offre.reference, "3", CHOIX.echelle, SECRET, "Lu ensemble.")
    services.retenir_les_notes(consultation=consultation, lot=None, retenues=[retenue], **acte)
    monde.objets |= {"en_analyse": consultation, "offre_analysee": offre}
    monde.secrets |= {SECRET, pli.reference}


def _ouvrir_un_pli(monde: Monde, consultation: Any, *, le: Any) -> Pli:
    membre = monde.membre
    brouillon = BrouillonDeReponse.objects.create(
        consultation=consultation,
        equipe=membre.equipe,
        commence_par=membre.utilisateur,
        commence_le=le - timedelta(hours=1),
        expire_le=le + timedelta(days=30),
    )
    pli = Pli.objects.create(
        reference="D-2026-ANALYSE",
        consultation=consultation,
        brouillon=brouillon,
        equipe=membre.equipe,
        depose_par=membre.utilisateur,
        cle_d_idempotence="a" * 32,
        debut_transmission=le - timedelta(minutes=9),
        fin_transmission=le,
        recu_le=le,
        date_limite=consultation.date_limite_remise,
        hors_delai=False,
        etat="ouvert",
    )
    manifeste = FichierScelle.objects.create(
        brouillon=brouillon,
        enveloppe="offre",
        nom="manifeste",
        taille=1,
        taille_claire=1,
        etat="termine",
        racine="a" * 64,
        cle_de_stockage="essai",
        commence_le=le,
        termine_le=le,
    )
    enveloppe = Enveloppe.objects.create(
        pli=pli, sorte="offre", empreinte_de_cle="a" * 32, engagement="a" * 64, manifeste=manifeste
    )
    seance = Seance.objects.create(
        consultation=consultation,
        etat="close",
        creee_le=le,
        close_le=monde.maintenant,
        presidee_par=monde.agent,
    )
    OuverturePli.objects.create(
        seance=seance, pli=pli, enveloppe=enveloppe, rang=1, etat="ouverte", ouverte_le=le
    )
    return pli


def consultation(monde: Monde) -> dict[str, Any]:
    return {"reference": monde.objets["en_analyse"].reference}


def absente(monde: Monde) -> dict[str, Any]:
    return {"reference": "2020-0000"}


def lot(monde: Monde) -> dict[str, Any]:
    return {**consultation(monde), "numero": 0}


def sans_lot(monde: Monde) -> dict[str, Any]:
    return {"reference": "2020-0000", "numero": 0}


def offre(monde: Monde) -> dict[str, Any]:
    return {**lot(monde), "offre": monde.objets["offre_analysee"].reference}


def sans_offre(monde: Monde) -> dict[str, Any]:
    return {**sans_lot(monde), "offre": "O-22222222"}


def fichier(extension: str):
    return lambda monde: {**lot(monde), "extension": extension}, lambda monde: {
        **sans_lot(monde),
        "extension": extension,
    }


LECTURE = reserve_aux_agents(agent_sans_role=200)


def page(arguments: Any, absents: Any, post: int | None = None, lecture: Any = LECTURE) -> Adresse:
    """Lue par qui tient un rôle ; l'acte (POST), par qui conduit l'analyse."""
    if post is None:
        return Adresse(lecture, arguments, absents)
    return Adresse(
        lecture,
        arguments,
        absents,
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(post)},
    )


ADRESSES = {
    "analyse:accueil": page(
        consultation, absente, lecture=reserve_aux_agents(302, agent_sans_role=302)
    ),
    "analyse:evaluateurs": page(consultation, absente, post=200),
    "analyse:lot": page(lot, sans_lot, post=302),
    "analyse:grille": page(lot, sans_lot, post=422),
    "analyse:notes": page(lot, sans_lot),
    "analyse:case": Adresse(reserve_aux_agents(403), lot, sans_lot, methodes=("post",)),
    "analyse:commentaires": page(offre, sans_offre),
    "analyse:comparaison": page(lot, sans_lot, post=302),
    "analyse:retenir": Adresse(reserve_aux_agents(), offre, sans_offre),
    "analyse:offre": page(offre, sans_offre, post=422),
    "analyse:prix": page(offre, sans_offre),
    "analyse:qualifier": Adresse(reserve_aux_agents(422), offre, sans_offre, methodes=("post",)),
    "analyse:variante": Adresse(reserve_aux_agents(422), offre, sans_offre, methodes=("post",)),
    "analyse:classement": page(lot, sans_lot),
    "analyse:question": Adresse(reserve_aux_agents(404), lot, sans_lot, methodes=("post",)),
    "analyse:rapport": page(lot, sans_lot, post=422),
    "analyse:rapport_fichier": Adresse(LECTURE, *fichier("odt")),
    "analyse:export": Adresse(LECTURE, *fichier("csv")),
}
