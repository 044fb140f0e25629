"""Ce qui suit l'attribution : RC-34, RC-35, RC-37 et RC-45."""

import re

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Impossible, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import absence, tait
from beffroi.achat.relectures.rules import reperage
from beffroi.achat.relectures.rules.reperage import plier
from droit.en_vigueur import DroitInconnu
from droit.regime import seuils

_MOIS_PAR_AN = 12
_ANNEE_DES_CCAG = 2021
_CCAG = {
    "FCS": "Fournitures courantes et services",
    "Travaux": "Travaux",
    "PI": "Prestations intellectuelles",
    "TIC": "Techniques de l'information et de la communication",
    "MI": "Marchés industriels",
    "MOE": "Maîtrise d'œuvre",
}
_TROIS_ANS = re.compile(
    r"\btrois\s+(?:\(3\)\s+)?ans\b|\b3\s+ans\b|\btrois\s+annees\b|\b36\s+mois\b"
)
_DELAI_DE_PAIEMENT = 30


def _accord_cadre(projet: Projet) -> Reponses:
    accord = projet.achat.execution.accord_cadre
    if accord is None:
        return
    if accord.maximum_en_valeur is None and not accord.maximum_en_quantite.strip():
        yield Ecart(
            quoi="L'accord-cadre n'a pas de maximum.",
            champ="execution.accord_cadre.maximum_en_valeur",
            attendu="un maximum en valeur ou en quantité",
            remede="Fixez un maximum.",
        )
    elif (
        accord.maximum_en_valeur is not None
        and accord.minimum_en_valeur is not None
        and accord.minimum_en_valeur > accord.maximum_en_valeur
    ):
        yield Ecart(
            quoi="Le minimum de l'accord-cadre dépasse son maximum.",
            champ="execution.accord_cadre.minimum_en_valeur",
            trouve=f"{accord.minimum_en_valeur} € HT",
            attendu=f"au plus {accord.maximum_en_valeur} € HT",
            remede="Corrigez ces deux montants.",
        )
    yield from _duree_de_l_accord(projet, justifiee=bool(accord.justification_de_la_duree.strip()))


def _duree_de_l_accord(projet: Projet, *, justifiee: bool) -> Reponses:
    """Quatre ans, huit pour une entité adjudicatrice, sauf justification (CCP, art. L. 2125-1)."""
    mois = projet.achat.execution.duree_totale_en_mois
    if mois is None:
        yield Impossible("La durée de l'accord-cadre n'est pas dite.")
        return
    entite = projet.achat.acheteur.type_d_acheteur == "entité adjudicatrice"
    duree = seuils.lue(
        projet.droit,
        f"accord_cadre.duree.{'entite_adjudicatrice' if entite else 'pouvoir_adjudicateur'}",
    )
    if isinstance(duree, DroitInconnu):
        yield Impossible(duree.phrase)
    elif mois > duree.entier * _MOIS_PAR_AN and not justifiee:
        yield Ecart(
            quoi="L'accord-cadre dure trop longtemps, et la raison n'est pas dite.",
            champ="execution.duree_en_mois",
            trouve=f"{mois} mois, reconductions comprises",
            attendu=f"au plus {duree.entier} ans",
            remede="Raccourcissez-le, ou écrivez ce qui justifie cette durée.",
        )


def _similaires(projet: Projet, reglement: Reglement) -> Reponses:
    """Le premier marché annonce les prestations similaires ;
    elles se concluent dans les trois ans (CCP, art. R. 2122-7).
    """
    mentions = [
        mention
        for mention in reglement.mentions("prestations similaires")
        if not mention.valeur.niee
    ]
    prevues = projet.achat.execution.prestations_similaires
    if prevues and not mentions:
        yield absence(
            "Des prestations similaires sont prévues, et le règlement ne les annonce pas.",
            remede="Annoncez-les : sans cela, vous ne pourrez pas les confier.",
        )
    elif prevues and projet.achat.acheteur.type_d_acheteur == "pouvoir adjudicateur":
        autour = " ".join(plier(mention.paragraphe.texte) for mention in mentions)
        if not _TROIS_ANS.search(autour):
            yield Ecart(
                quoi=(
                    "Le règlement ne dit pas que les prestations similaires se confient "
                    "dans les trois ans."
                ),
                ou=mentions[0],
                attendu="trois ans à compter de la notification",
                remede="Ajoutez ce délai.",
            )
    elif mentions:
        yield Ecart(
            quoi=(
                "Le règlement annonce des prestations similaires que la "
                "consultation ne prévoit pas."
            ),
            ou=mentions[0],
            attendu="la même chose partout",
            remede="Prévoyez-les dans la consultation, leur montant compris, ou ôtez la phrase.",
        )


def _ccag_du_projet(projet: Projet) -> Reponses:
    if projet.achat.est_une_concession:
        return
    liste = seuils.lue(projet.droit, "liste.ccag")
    if isinstance(liste, DroitInconnu):
        yield Impossible(liste.phrase)
        return
    permis = liste.valeur if isinstance(liste.valeur, tuple) else ()
    if plier(projet.achat.execution.ccag) not in {plier(nom) for nom in (*permis, *_CCAG)}:
        yield Ecart(
            quoi="Le cahier des clauses générales n'est pas un des six de 2021.",
            trouve=projet.achat.execution.ccag,
            attendu=", ".join(permis),
            remede="Choisissez-en un, ou « Pas de CCAG ».",
        )


def _ccag_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    choisi = plier(projet.achat.execution.ccag)
    for cite in reperage.ccag_cites(reglement.texte):
        nom, annee = cite.valeur.nom, cite.valeur.annee
        if annee is not None and annee != _ANNEE_DES_CCAG:
            yield Ecart(
                quoi="Le règlement cite un cahier des clauses générales d'avant 2021.",
                ou=cite,
                attendu="un cahier de 2021",
                remede="Citez celui de 2021.",
            )
        elif choisi and choisi not in {plier(nom), plier(_CCAG[nom])}:
            yield Ecart(
                quoi="Le règlement ne cite pas le même cahier des clauses générales.",
                ou=cite,
                attendu=projet.achat.execution.ccag_lisible,
                remede="Citez le même partout.",
            )


def _paiement_du_projet(projet: Projet) -> Reponses:
    if projet.achat.execution.delai_de_paiement_en_jours > _DELAI_DE_PAIEMENT:
        yield Ecart(
            quoi="Le délai de paiement dépasse celui de la loi.",
            champ="execution.delai_de_paiement_en_jours",
            trouve=f"{projet.achat.execution.delai_de_paiement_en_jours} jours",
            attendu=f"au plus {_DELAI_DE_PAIEMENT} jours",
            remede="Ramenez-le à 30 jours.",
        )
    if not projet.achat.acheteur.service_chorus.strip():
        yield Ecart(
            quoi="Le code du service sur Chorus Pro n'est pas dit.",
            champ="acheteur.service_chorus",
            remede="Ajoutez-le si votre organisme en a un : les factures arriveront plus vite.",
        )


def _paiement_du_texte(reglement: Reglement) -> Reponses:
    if tait(reglement, "paiement"):
        yield absence(
            "Le règlement ne parle ni du délai de paiement, ni de Chorus Pro.",
            remede="Ajoutez le délai de 30 jours et l'envoi des factures par Chorus Pro.",
        )


FONCTIONS = {
    "RC-34": Fonctions(projet=_accord_cadre),
    "RC-35": Fonctions(comparaison=_similaires),
    "RC-37": Fonctions(projet=_ccag_du_projet, comparaison=_ccag_du_texte),
    "RC-45": Fonctions(projet=_paiement_du_projet, texte=_paiement_du_texte),
}
