"""Qui entre où : la grille, une candidature, ce qu'on lui demande, ses
preuves ; à l'acheteur seul.
"""

import io
from datetime import date, timedelta
from typing import Any

from beffroi.achat.consultations.models import Consultation, MembreQuiOuvre
from beffroi.choix.candidatures.services import SaisieDePreuve, ajouter_une_preuve
from beffroi.reponse.depots.tests import factories as depots
from beffroi.seance.ouverture.models import FichierOuvert, OuverturePli, Seance
from beffroi.seance.ouverture.services import preparer_seance
from beffroi.socle.guichet.envois import Fichier
from tests.architecture.adresses import Adresse, Monde, reserve_aux_agents

NOM_SECRET = "Attestation que seule la commune de Bomy doit lire.pdf"


def planter(monde: Monde) -> None:
    """Une consultation de Bomy dépouillée : une candidature ouverte, une preuve gardée."""
    limite = monde.maintenant - timedelta(hours=2)
    consultation = depots.consultation(limite=limite)
    Consultation.toutes.filter(pk=consultation.pk).update(organisme=monde.bomy)
    consultation.refresh_from_db()
    MembreQuiOuvre.objects.create(
        consultation=consultation, utilisateur=monde.agent, designe_le=limite
    )
    pli = depots.Candidat(consultation).depose(
        ("candidature", None), le=limite - timedelta(hours=1)
    )
    seance = preparer_seance(
        consultation=consultation,
        presidee_par=monde.agent,
        par=monde.agent,
        maintenant=monde.maintenant,
    )
    ouverture = OuverturePli.objects.create(
        seance=seance,
        pli=pli,
        enveloppe=pli.enveloppes.get(),
        rang=1,
        etat="ouverte",
        ouverte_le=monde.maintenant,
    )
    Seance.objects.filter(pk=seance.pk).update(etat="close")
    Consultation.toutes.filter(pk=consultation.pk).update(etat="depouillee")
    consultation.refresh_from_db()
    pli.refresh_from_db()
    saisie = SaisieDePreuve(
        "fiscale", date(2020, 1, 2), fichier=Fichier(NOM_SECRET, io.BytesIO(b"%PDF"))
    )
    preuve = ajouter_une_preuve(
        pli=pli, saisie=saisie, par=monde.agent, maintenant=monde.maintenant
    )
    monde.objets |= {"examinee": consultation, "pli_examine": pli, "preuve_gardee": preuve}
    monde.objets["dume_ouvert"] = un_dume_trop_gros(ouverture)
    monde.secrets |= {NOM_SECRET, pli.reference}


def un_dume_trop_gros(ouverture: OuverturePli) -> FichierOuvert:
    """Trop gros pour être lu : rien à stocker."""
    return FichierOuvert.objects.create(
        ouverture=ouverture,
        nom="DUME.xml",
        taille=6_000_000,
        sha256="0" * 64,
        cle_de_stockage="dume",
        conforme=True,
    )


def consultation(monde: Monde) -> dict[str, Any]:
    return {"reference": monde.objets["examinee"].reference}


def absente(monde: Monde) -> dict[str, Any]:
    return {"reference": "2020-0000"}


def candidature(monde: Monde) -> dict[str, Any]:
    return {**consultation(monde), "pli": monde.objets["pli_examine"].reference}


def candidature_absente(monde: Monde) -> dict[str, Any]:
    return {**absente(monde), "pli": "D-2222-222222"}


LECTURE, FORMULAIRE = reserve_aux_agents(agent_sans_role=200), ("get", "post")


def page(
    lecture: Any, poste: int, arguments: Any = candidature, absents: Any = candidature_absente
) -> Adresse:
    par_methode = {"post": reserve_aux_agents(poste)}
    return Adresse(lecture, arguments, absents, methodes=FORMULAIRE, par_methode=par_methode)


ADRESSES = {
    "candidatures:grille": Adresse(LECTURE, consultation, absente),
    "candidatures:ordre": page(reserve_aux_agents(), 422, consultation, absente),
    "candidatures:completer": page(reserve_aux_agents(), 422, consultation, absente),
    "candidatures:examiner": page(LECTURE, 302),
    "candidatures:decider": page(reserve_aux_agents(), 302),
    "candidatures:preuves": page(LECTURE, 422),
    "candidatures:demander_les_preuves": page(reserve_aux_agents(), 422),
    "candidatures:obtenir_les_preuves": Adresse(
        reserve_aux_agents(302), candidature, candidature_absente, methodes=("post",)
    ),
    "candidatures:fichier_de_preuve": Adresse(
        LECTURE,
        lambda monde: {**consultation(monde), "preuve": monde.objets["preuve_gardee"].reference},
        lambda monde: {**absente(monde), "preuve": "PV-22222222"},
    ),
    "dume:lire": Adresse(
        LECTURE,
        lambda monde: {**consultation(monde), "fichier": monde.objets["dume_ouvert"].reference},
        lambda monde: {**absente(monde), "fichier": "O-2222222222222222"},
    ),
}
