"""Ce qui préremplit le formulaire :
la fiche de l'entreprise, la réponse en cours, puis un DUME déjà fait.
"""

from dataclasses import asdict
from typing import Any

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.dume import questionnaire
from beffroi.reponse.dume.forms import case
from formats.dume import Dume
from formats.dume.modele import ROLES, TAILLES
from formats.dume.questions import questions
from formats.dume.taxonomie import EXCLUSION, par_code

# Nos tailles sont celles du décret de 2008 ;
# le DUME a celles de la recommandation européenne de 2003.
TAILLES_DU_DUME = {"micro": "micro", "pme": "sme", "eti": "large", "grande": "large"}


def de_l_entreprise(brouillon: BrouillonDeReponse, personne: Utilisateur) -> dict[str, Any]:
    equipe = brouillon.equipe
    membres = brouillon.groupement.get("membres", [])
    return {
        "raison_sociale": equipe.nom,
        "identifiant": equipe.identifiant,
        "adresse": equipe.adresse,
        "code_postal": equipe.code_postal,
        "pays": "FRA" if equipe.pays == "FR" else "",
        "contact": personne.nom,
        "courriel": personne.courriel,
        "taille": TAILLES_DU_DUME.get(equipe.taille, ""),
        "role": "group-lead" if membres else "sole-tenderer",
        "membres": "\n".join(f"{membre['nom']}, {membre['identifiant']}" for membre in membres),
        "lots": [f"LOT-{numero:04}" for numero in brouillon.lots],
    }


def d_un_membre(brouillon: BrouillonDeReponse, rang: int) -> dict[str, Any]:
    """Chaque membre d'un groupement remet le sien (DUME, partie II.A) :
    son nom, son numéro, et avec qui il répond.
    """
    mandataire, membres = brouillon.equipe, brouillon.groupement.get("membres", [])
    autres = [f"{mandataire.nom}, {mandataire.identifiant}, mandataire"]
    autres += [
        f"{autre['nom']}, {autre['identifiant']}"
        for place, autre in enumerate(membres, 1)
        if place != rang
    ]
    return {
        "raison_sociale": membres[rang - 1]["nom"],
        "identifiant": membres[rang - 1]["identifiant"],
        "role": "group-mem",
        "membres": "\n".join(autres),
        "lots": [f"LOT-{numero:04}" for numero in brouillon.lots],
    }


def d_un_dume(ancien: Dume, demande: Dume) -> dict[str, Any]:
    """L'identité, et les réponses aux questions que cette demande pose aussi.

    Les lots et les cases à confirmer, jamais.
    """
    dits = _identite(ancien)
    reponses = dict(ancien.reponses)
    for critere in demande.criteres:
        posees = questions(critere)
        dits |= questionnaire.initiales(posees, reponses)
        premiere = ancien.reponse(posees[0].id) if posees else None
        if par_code()[critere.code].famille == EXCLUSION and premiere is not None:
            dits[case(critere)] = premiere.texte in ("true", "1")
    return dits


def _identite(ancien: Dume) -> dict[str, Any]:
    operateur = ancien.operateur
    if operateur is None:
        return {}
    partie = asdict(operateur.partie)
    dits = {
        "raison_sociale": partie["nom"],
        "adresse": partie["rue"],
        **{
            nom: partie[nom]
            for nom in (
                "identifiant",
                "code_postal",
                "ville",
                "pays",
                "contact",
                "courriel",
                "telephone",
            )
        },
        "groupement": operateur.groupement,
        "taille": operateur.taille if operateur.taille in TAILLES else "",
        "role": operateur.role if operateur.role in ROLES else "",
    }
    if operateur.representants:
        premier = operateur.representants[0]
        dits |= {"prenom": premier.prenom, "nom": premier.nom, "qualite": premier.qualite}
    return {nom: valeur for nom, valeur in dits.items() if valeur}
