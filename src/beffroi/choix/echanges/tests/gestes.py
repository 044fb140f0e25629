"""Un acheteur qui écrit, une entreprise qui lit et répond : par les services seuls."""

import io
import secrets
from datetime import datetime, timedelta
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.echanges import services
from beffroi.choix.echanges.models import Courrier, Exemplaire, Retour
from beffroi.personnes.entreprises.models import Membre
from beffroi.publicite.retraits.services import nommer_son_entreprise
from beffroi.reponse.depots.tests import factories as depots
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.seance.ouverture.services import preparer_seance

TEXTE = "Bonjour [entreprise], la visite du site est avancée à mardi."
REMISE_LE = timedelta(hours=1)


def nommer(consultation: Consultation, qui: Membre, *, le: datetime) -> Membre:
    nommer_son_entreprise(consultation=consultation, membre=qui, prevenir=False, maintenant=le)
    return qui


def projet(*membres: Membre, **champs: Any) -> services.Projet:
    fichiers = [
        services.Fichier(nom, io.BytesIO(octets)) for nom, octets in champs.pop("fichiers", ())
    ]
    ecrit = {"sorte": "libre", "sujet": "Visite du site", "texte": TEXTE, **champs}
    return services.Projet(a=[membre.equipe for membre in membres], fichiers=fichiers, **ecrit)


def rediger(scene, consultation: Consultation, *membres: Membre, **champs: Any) -> Courrier:
    return services.rediger(
        consultation=consultation,
        projet=projet(*membres, **champs),
        par=scene.martine,
        maintenant=scene.le,
    )


def envoyer(
    scene, consultation: Consultation, *membres: Membre, le: datetime | None = None, **champs: Any
) -> Courrier:
    courrier = rediger(scene, consultation, *membres, **champs)
    return services.envoyer(
        courrier=courrier, par=scene.martine, maintenant=le or scene.le + REMISE_LE
    )


def exemplaire(courrier: Courrier, membre: Membre) -> Exemplaire:
    return courrier.exemplaires.get(fil__equipe=membre.equipe)


def repondre(
    courrier: Courrier,
    membre: Membre,
    texte: str = "C'est noté, merci.",
    *,
    le: datetime,
    fichiers: tuple[tuple[str, bytes], ...] = (),
    cle: str = "",
) -> Retour:
    joints = [services.Fichier(nom, io.BytesIO(octets)) for nom, octets in fichiers]
    reponse = services.Reponse(texte=texte, cle=cle or secrets.token_urlsafe(24), fichiers=joints)
    fil = exemplaire(courrier, membre).fil
    return services.repondre(fil=fil, reponse=reponse, par=membre.utilisateur, maintenant=le)


def reponses_ouvertes(scene, *membres: Membre, le: datetime, ouvertes: bool = True) -> Consultation:
    """Une consultation close dont une séance a ouvert, ou non encore, la réponse de chacun."""
    limite = le - timedelta(hours=2)
    consultation = depots.consultation(limite=limite, organisme_=scene.organisme)
    plis = [
        depots.Candidat(consultation, membre).depose(
            ("offre", None), le=limite - timedelta(minutes=5)
        )
        for membre in membres
    ]
    seance = preparer_seance(
        consultation=consultation, presidee_par=scene.martine, par=scene.martine, maintenant=le
    )
    etat = {"etat": "ouverte", "ouverte_le": le} if ouvertes else {}
    for rang, pli in enumerate(plis, start=1):
        OuverturePli.objects.create(
            seance=seance, pli=pli, enveloppe=pli.enveloppes.get(), rang=rang, **etat
        )
    return consultation
