"""Les recours et l'attente avant la signature : RC-38 et RC-39."""

import re

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import absence, tait
from beffroi.achat.relectures.rules.reperage import Mention, Trouvaille, plier
from droit import tribunaux
from droit.en_vigueur import DroitInconnu
from droit.regime import seuils

_VILLE = re.compile(
    r"\btribunal\s+administratif\s+(?:de\s+|d')"
    r"(?P<ville>[a-z][a-z'\-]+(?:[\s-](?:en|de|la|sur)[\s-][a-z\-]+)?)"
)
_JOURS = re.compile(r"\b(?P<jours>\d{1,2})\s+jours?\b")
_PRECONTRACTUEL = re.compile(r"\bprecontractuel\b|\bl\.?\s?551-1\b")
_CONTRACTUEL = re.compile(r"\brefere\s+contractuel\b|\bl\.?\s?551-13\b")
_CONTESTATION = re.compile(
    r"\bvalidite\s+du\s+contrat|\btarn-et-garonne|\bpleine\s+juridiction|\bpleine\s+contentieux"
    r"|\brecours\s+en\s+contestation"
)


def _tribunal(projet: Projet) -> str:
    """Celui de la fiche, sinon celui du département de l'acheteur (CJA, art. R. 221-3)."""
    acheteur = projet.achat.acheteur
    competent = tribunaux.competent(projet.droit, acheteur.code_postal)
    return acheteur.tribunal.strip() or (competent.nom if competent else "")


def _tribunal_du_projet(projet: Projet) -> Reponses:
    if not _tribunal(projet):
        yield Ecart(
            quoi="Le tribunal compétent n'est pas renseigné.",
            attendu="le tribunal administratif du ressort",
            remede="Ajoutez-le dans la fiche de l'organisme.",
        )


def _tribunal_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    tribunal = _tribunal(projet)
    attendu = plier(tribunal)
    for mention in reglement.mentions("tribunal"):
        trouve = _VILLE.search(plier(mention.phrase))
        if trouve and attendu and trouve["ville"] not in attendu:
            yield Ecart(
                quoi="Le règlement nomme un autre tribunal.",
                ou=mention,
                trouve=mention.texte,
                attendu=tribunal,
                remede="Nommez le tribunal du ressort de l'acheteur.",
            )
    if tait(reglement, "tribunal"):
        yield absence(
            "Le règlement ne nomme pas le tribunal compétent.",
            attendu=tribunal,
            remede="Ajoutez le tribunal, son adresse et sa messagerie.",
        )


def _voies_de_recours(reglement: Reglement) -> Reponses:
    if tait(reglement, "recours"):
        yield absence(
            "Le règlement ne dit rien des recours.", remede="Ajoutez les recours et leurs délais."
        )
        return
    paragraphes = " ".join(
        plier(mention.paragraphe.texte) for mention in reglement.mentions("recours")
    )
    voies = {
        "le référé précontractuel": _PRECONTRACTUEL,
        "le référé contractuel": _CONTRACTUEL,
        "le recours en contestation de la validité du contrat": _CONTESTATION,
    }
    manquantes = [nom for nom, motif in voies.items() if not motif.search(paragraphes)]
    if manquantes:
        yield absence(
            f"Le règlement ne cite pas {', ni '.join(manquantes)}.",
            attendu=", ".join(voies),
            remede="Complétez la liste des recours.",
        )


def _attente(projet: Projet, reglement: Reglement) -> Reponses:
    """Onze jours, seize hors voie électronique,
    pour les seules procédures formalisées (CCP, art. R. 2182-1).
    """
    famille = "concession" if projet.achat.est_une_concession else "marche"
    lues = [
        seuils.lue(projet.droit, f"suspension.{famille}.{voie}")
        for voie in ("electronique", "autre")
    ]
    permis = {lue.entier for lue in lues if not isinstance(lue, DroitInconnu)}
    for mention in reglement.mentions("suspension"):
        if mention.valeur.niee or "refere suspension" in plier(mention.phrase):
            continue
        if not projet.formalisee:
            yield Ecart(
                quoi=(
                    "Le règlement annonce une attente avant la signature que la "
                    "loi n'exige pas ici."
                ),
                ou=mention,
                attendu="aucune attente exigée",
                remede="Ôtez-la, ou gardez-la en sachant qu'elle vous engage.",
            )
        else:
            yield from _duree_de_l_attente(mention, permis)


def _duree_de_l_attente(mention: Trouvaille[Mention], permis: set[int]) -> Reponses:
    ecrits = {int(trouve["jours"]) for trouve in _JOURS.finditer(plier(mention.phrase))}
    if ecrits and permis and not ecrits <= permis:
        yield Ecart(
            quoi="Le règlement donne une attente qui n'est pas celle de la loi.",
            ou=mention,
            trouve=", ".join(f"{jours} jours" for jours in sorted(ecrits)),
            attendu=" ou ".join(f"{jours} jours" for jours in sorted(permis)),
            remede="Corrigez cette durée.",
        )


FONCTIONS = {
    "RC-38": Fonctions(
        projet=_tribunal_du_projet, texte=_voies_de_recours, comparaison=_tribunal_du_texte
    ),
    "RC-39": Fonctions(comparaison=_attente),
}
