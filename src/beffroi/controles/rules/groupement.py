"""Le nombre de candidats et les groupements : RC-30 et RC-31."""

import re

from beffroi.constats.rules.constat import Ecart, Fonctions, Reponses
from beffroi.constats.rules.faits import Projet, Reglement
from beffroi.constats.rules.mentions import absence, tait
from beffroi.relectures.rules.reperage import plier
from droit.decision import Motif
from droit.en_vigueur import DroitInconnu
from droit.regime import seuils

_FORME = re.compile(r"\bconjoint\w*|\bsolidaire\w*")
_IMPOSE = re.compile(r"\bdoi\w+|\boblig\w+|\bexig\w+|\bimpos\w+|\bdevr\w+")
_APRES = re.compile(r"\bapres\b|\battribu\w+|\btransform\w+|\bmandataire\w*")


def _nombre_de_candidats(projet: Projet) -> Reponses:
    """Cinq en appel d'offres restreint, trois ailleurs, pour un pouvoir adjudicateur (CCP, art. R. 2142-17)."""
    candidature = projet.achat.candidature
    minimum, maximum = candidature.candidats_minimum, candidature.candidats_maximum
    if minimum is None and maximum is None:
        return
    plancher = seuils.lue(projet.droit, f"candidats.minimum.{projet.achat.procedure}")
    pouvoir = projet.achat.acheteur.type_d_acheteur == "pouvoir adjudicateur"
    if minimum is None:
        yield Ecart(
            quoi="Le nombre de candidats est limité, sans nombre minimal.",
            trouve=f"{maximum} au plus",
            attendu="un nombre minimal",
            remede="Dites combien de candidats vous inviterez au moins.",
        )
    elif pouvoir and not isinstance(plancher, DroitInconnu) and minimum < plancher.entier:
        yield Ecart(
            quoi="Le nombre minimal de candidats est trop bas.",
            trouve=str(minimum),
            attendu=f"au moins {plancher.entier}",
            pourquoi=Motif(f"{plancher.libelle} : {plancher.entier}.", plancher.article),
            remede="Relevez le nombre minimal de candidats.",
        )
    if minimum is not None and maximum is not None and maximum < minimum:
        yield Ecart(
            quoi="Le nombre maximal de candidats est plus petit que le minimum.",
            champ="candidature.candidats_maximum",
            trouve=f"de {minimum} à {maximum}",
            remede="Corrigez ces deux nombres.",
        )
    if not candidature.criteres_de_selection:
        yield Ecart(
            quoi="Le nombre de candidats est limité, sans dire comment ils seront choisis.",
            champ="candidature.criteres_de_selection",
            attendu="des critères objectifs",
            remede="Ajoutez les critères qui choisissent les candidats.",
        )


def _forme(projet: Projet) -> Reponses:
    """Une forme ne s'exige qu'après l'attribution, et se justifie (CCP, art. R. 2142-22)."""
    candidature = projet.achat.candidature
    if candidature.forme_de_groupement.strip() and not candidature.motif_de_la_forme.strip():
        yield Ecart(
            quoi="Une forme de groupement est exigée, sans dire pourquoi.",
            champ="candidature.motif_de_la_forme",
            trouve=candidature.forme_de_groupement,
            attendu="la raison, liée à la bonne exécution",
            remede="Écrivez la raison, ou laissez la forme libre.",
        )


def _groupement_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    for mention in reglement.mentions("groupement"):
        plie = plier(mention.phrase)
        if _FORME.search(plie) and _IMPOSE.search(plie) and not _APRES.search(plie) and not mention.valeur.niee:
            yield Ecart(
                quoi="Le règlement semble imposer une forme de groupement dès la candidature.",
                ou=mention,
                attendu="une forme libre au dépôt",
                remede="Écrivez que la forme n'est exigée qu'après l'attribution, et pourquoi.",
            )
    interdit = projet.achat.candidature.cumul_de_candidatures_interdit
    if interdit and tait(reglement, "cumul"):
        yield absence(
            "Le règlement ne dit pas qu'une entreprise ne peut pas répondre à plusieurs titres.",
            champ="candidature.cumul_de_candidatures_interdit",
            remede="Ajoutez cette interdiction : sans elle, le cumul est permis.",
        )


FONCTIONS = {
    "RC-30": Fonctions(projet=_nombre_de_candidats),
    "RC-31": Fonctions(projet=_forme, comparaison=_groupement_du_texte),
}
