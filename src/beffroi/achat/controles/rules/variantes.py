"""Les variantes : RC-29."""

import re
from typing import Literal

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Gravite, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import PAS_TROUVE, absence, dit
from beffroi.achat.relectures.rules.reperage import Mention, Trouvaille, plier

Regime = Literal["interdites", "autorisées"]
_EXIGENCES = re.compile(
    r"\bexigences?\b|\bconditions?\s+minimales?|\brespect\w+|\bminim\w+|\bdevr\w+|\bdoi\w+\b"
)
_EXIGENCES_MINIMALES = re.compile(r"\b(?:exigences?|conditions?|caracteristiques?)\s+minimales?\b")
_MOTS_D_UN_TITRE = 8
_REPONSE = re.compile(r":\s*(?:non|oui|sans\s+objet|neant|aucune)\b")
_REPONSE_SEULE = re.compile(r"^\W*(?:non|oui|sans\s+objet|neant|aucune)\b")
_HORS_SUJET = ("prestation", "exigences minimales", "enveloppe", "separe")


def regime_par_defaut(projet: Projet) -> Regime | None:
    """Ce que le code répond quand l'acheteur ne dit rien (CCP, art. R. 2151-8) ;
    rien s'il n'a pas été lu.
    """
    variantes = projet.procedure.variantes
    if variantes.startswith("interdites"):
        entite = projet.achat.acheteur.type_d_acheteur == "entité adjudicatrice"
        return "autorisées" if entite and "entité adjudicatrice" in variantes else "interdites"
    return "autorisées" if variantes.startswith("autorisées") else None


def _exigences(projet: Projet) -> Reponses:
    variantes = projet.achat.offre.variantes
    if variantes.proposees:
        yield Ecart(
            quoi=(
                f"Vous n'avez rien dit des variantes : elles sont {variantes.regime}, "
                "et le règlement le dit."
            ),
            champ="offre.variantes.regime",
            attendu="interdites, ou autorisées avec des exigences minimales",
            remede="Laissez ainsi, ou autorisez-les en disant ce qu'elles doivent respecter.",
            gravite=Gravite.INFORMATION,
        )
    elif variantes.regime is None:
        defaut = regime_par_defaut(projet)
        if defaut:
            yield Ecart(
                quoi=f"Vous n'avez rien dit des variantes : elles sont {defaut}.",
                champ="offre.variantes.regime",
                attendu="autorisées, interdites ou exigées",
                remede="Choisissez : autorisées, interdites ou exigées.",
                gravite=Gravite.INFORMATION,
            )
    elif variantes.regime != "interdites" and not variantes.exigences_minimales.strip():
        yield Ecart(
            quoi=f"Les variantes sont {variantes.regime}, sans exigences minimales.",
            champ="offre.variantes.exigences_minimales",
            attendu="ce qu'une variante respecte, et comment la présenter",
            remede="Écrivez les exigences minimales, ou interdisez les variantes.",
        )


def _variantes_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    attendu = projet.achat.offre.variantes.regime or regime_par_defaut(projet)
    if attendu is None:
        return
    yield from _variantes_tues(projet, reglement, attendu)
    for mention in reglement.mentions("variantes"):
        plie = plier(mention.phrase)
        if any(mot in plie for mot in _HORS_SUJET) or not _tranche(plie):
            continue
        if mention.valeur.niee == (attendu == "interdites"):
            continue
        yield Ecart(
            quoi="Le règlement et la consultation ne disent pas la même chose des variantes.",
            ou=mention,
            attendu=f"variantes {attendu}",
            remede="Dites la même chose partout.",
            doute=_doute(projet, mention),
        )


def _variantes_tues(projet: Projet, reglement: Reglement, attendu: str) -> Reponses:
    """Un règlement muet laisse le code répondre :
    ce silence contredit la consultation, ou laisse deviner.
    """
    defaut = regime_par_defaut(projet)
    if not any(_en_parle(reglement, mention) for mention in reglement.mentions("variantes")):
        yield Ecart(
            quoi=(
                "Le règlement ne dit rien des variantes : "
                f"elles seraient {defaut or 'laissées à deviner'}."
            ),
            attendu=f"variantes {attendu}",
            remede="Écrivez-le dans le règlement.",
            doute=PAS_TROUVE,
            absence=True,
        )
    elif (
        attendu != "interdites"
        and projet.achat.offre.variantes.exigences_minimales
        and not _dit_les_exigences(reglement)
    ):
        yield absence(
            "Le règlement permet des variantes sans dire leurs exigences minimales.",
            champ="offre.variantes.exigences_minimales",
            attendu=projet.achat.offre.variantes.exigences_minimales,
            remede="Ajoutez ce qu'une variante doit respecter, et comment la présenter.",
        )


def _dit_les_exigences(reglement: Reglement) -> bool:
    """Dans le paragraphe qui permet les variantes, ou sous ce nom ailleurs."""
    permises = (plier(mention.paragraphe.texte) for mention in reglement.mentions("variantes"))
    return dit(reglement, _EXIGENCES_MINIMALES) or any(
        _EXIGENCES.search(paragraphe) for paragraphe in permises
    )


def _en_parle(reglement: Reglement, mention: Trouvaille[Mention]) -> bool:
    """Un titre seul ne dit rien ;
    suivi de « Sans objet », ou lui-même « Variantes : non », il dit.
    """
    plie = plier(mention.phrase)
    if (
        len(plie.split()) > _MOTS_D_UN_TITRE
        or mention.valeur.niee
        or _tranche(plie)
        or _REPONSE.search(plie)
    ):
        return True
    paragraphes = reglement.texte.paragraphes
    suivant = (
        paragraphes[mention.paragraphe.numero].texte
        if mention.paragraphe.numero < len(paragraphes)
        else ""
    )
    return bool(_REPONSE_SEULE.search(plier(suivant)))


def _tranche(plie: str) -> bool:
    """La phrase autorise, interdit ou exige, et ne fait pas que parler des variantes."""
    return any(
        mot in plie
        for mot in (
            "autoris",
            "interdi",
            "admis",
            "accept",
            "exige",
            "prevu",
            "permis",
            "proposer",
            "possib",
        )
    )


def _doute(projet: Projet, mention: Trouvaille[Mention]) -> str:
    if projet.achat.offre.variantes.regime is None:
        return "La consultation ne dit rien : on lui a prêté la règle du code."
    if projet.achat.offre.variantes.proposees:
        return "Vous n'avez rien choisi : la plateforme propose de les interdire."
    if "lot" in plier(mention.phrase):
        return "La phrase peut ne parler que d'un lot."
    return ""


FONCTIONS = {
    "RC-29": Fonctions(projet=_exigences, comparaison=_variantes_du_texte),
}
