"""Qui entre où : un agent occulte, et n'enregistre que ce qu'il a lui-même demandé."""

from datetime import timedelta

from beffroi.garde.occultation.models import DocumentOcculte
from beffroi.socle.fondations import chiffrement
from tests.architecture.adresses import Adresse, Attendus, Monde, attendus

VIDE = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def planter(monde: Monde) -> None:
    chiffrement.ranger("occultation/essai", b"")
    monde.objets["document_occulte"] = DocumentOcculte.objects.create(
        demande_par=monde.agent,
        nom="offre-de-dupont-occulte.pdf",
        pages=1,
        taille=0,
        sha256=VIDE,
        sha256_d_origine=VIDE,
        cle_de_stockage="occultation/essai",
        fait_le=monde.maintenant,
        expire_le=monde.maintenant + timedelta(days=1),
    )
    monde.secrets.add("offre-de-dupont-occulte.pdf")


def aux_agents(statut: int) -> Attendus:
    return attendus(statut, anonyme=302, entreprise=404, entreprise_etrangere=404)


ADRESSES = {
    "communications:occulter": Adresse(
        aux_agents(200), methodes=("get", "post"), par_methode={"post": aux_agents(422)}
    ),
    "communications:fichier": Adresse(
        attendus(404, anonyme=302, agent=200),
        lambda monde: {"reference": monde.objets["document_occulte"].reference},
        lambda _: {"reference": "DO-222222222222"},
    ),
}
