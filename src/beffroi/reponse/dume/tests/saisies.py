"""Ce qu'une personne saisit dans le formulaire d'un DUME, entier et sans motif d'exclusion."""

from beffroi.reponse.dume.questionnaire import nom_de
from formats.dume import Dume
from formats.dume.taxonomie import par_code

IDENTITE = {
    "raison_sociale": "Atelier du Faîtage",
    "identifiant": "33245605200049",
    "pays": "FRA",
    "taille": "large",
    "role": "sole-tenderer",
    "prenom": "Sophie",
    "nom": "Faîtier",
    "sur_l_honneur": "on",
    "confirme": "on",
}


def saisie(demande: Dume, **autres: str) -> dict[str, str]:
    """Chaque critère de sélection rempli par l'entreprise elle-même ;
    ni appui, ni sous-traitant.
    """
    dits = dict(IDENTITE)
    for critere in demande.criteres:
        famille = par_code()[critere.code].famille
        if famille == "SC":
            dits[champ(critere.code)] = "true"
        elif critere.code in ("relied", "subco-ent"):
            dits[champ(critere.code)] = "false"
    return {**dits, **autres}


def champ(code: str, suite: str = "") -> str:
    """Le nom du champ de la première question d'un critère, ou de celle que dit `suite`."""
    connu = par_code()[code]
    return nom_de(f"{connu.racine}/{suite}" if suite else connu.premiere_question().id)
