"""Les adresses des pièces : l'établissement seul, et pas un acheteur."""

from beffroi.personnes.pieces import queries, services
from droit.pieces_de_candidature import Sorte
from tests.architecture.adresses import Adresse, Monde, connexion, reserve_a_l_entreprise

INTITULE = "Attestation que seul l'Atelier lit"


def planter(monde: Monde) -> None:
    """L'Atelier garde une attestation, et l'a remplacée une fois."""
    piece = services.ajouter_une_piece(
        equipe=monde.membre.equipe,
        sorte=Sorte.VIGILANCE,
        intitule=INTITULE,
        fichier=services.Fichier("ancienne.pdf", b"%PDF ancienne"),
        par=monde.membre.utilisateur,
        maintenant=monde.maintenant,
    )
    monde.objets["ancienne_version"] = queries.version_en_cours(piece)
    services.remplacer_le_fichier(
        piece=piece,
        fichier=services.Fichier("nouvelle.pdf", b"%PDF nouvelle"),
        par=monde.membre.utilisateur,
        maintenant=monde.maintenant,
    )
    monde.objets["piece_d_entreprise"] = piece
    monde.secrets |= {INTITULE}


def piece(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["piece_d_entreprise"].reference}


def absente(monde: Monde) -> dict[str, str]:
    return {"reference": "PE-22222222"}


def version(monde: Monde) -> dict[str, str]:
    return {"version": monde.objets["ancienne_version"].reference}


def version_absente(monde: Monde) -> dict[str, str]:
    return {"version": "VP-222222222222"}


# Toute entreprise a les siennes ; qui n'agit pour aucune reçoit 403, et la marche à suivre.
LES_SIENNES = connexion(403, entreprise=200, entreprise_etrangere=200)
FORMULAIRE = {"methodes": ("get", "post"), "par_methode": {"post": reserve_a_l_entreprise(422)}}
CONFIRMATION = {"methodes": ("get", "post"), "par_methode": {"post": reserve_a_l_entreprise(302)}}

ADRESSES = {
    "pieces:liste": Adresse(LES_SIENNES),
    "pieces:ajouter": Adresse(
        LES_SIENNES,
        arguments=lambda monde: {"sorte": "vigilance"},
        absents=lambda monde: {"sorte": "passeport"},
        methodes=("get", "post"),
        par_methode={"post": connexion(403, entreprise=422, entreprise_etrangere=422)},
    ),
    "pieces:piece": Adresse(reserve_a_l_entreprise(), piece, absente),
    "pieces:remplacer": Adresse(reserve_a_l_entreprise(), piece, absente, **FORMULAIRE),
    "pieces:corriger": Adresse(
        reserve_a_l_entreprise(),
        piece,
        absente,
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_entreprise(302)},
    ),
    "pieces:fichier": Adresse(reserve_a_l_entreprise(), version, version_absente),
    "pieces:supprimer_la_version": Adresse(
        reserve_a_l_entreprise(), version, version_absente, **CONFIRMATION
    ),
    "pieces:supprimer": Adresse(reserve_a_l_entreprise(), piece, absente, **CONFIRMATION),
}
