"""La procédure suivie, en un ou deux temps, et l'accord-cadre s'il y en a un."""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import (
    RIEN,
    Blocs,
    ccp,
    chapitre,
    dire,
    enumerer,
    recu_en_phrase,
    somme,
)
from beffroi.achat.redaction.faits import Faits
from droit.citation import Source
from formats import pluriels
from formats.document import Chapitre, SousTitre, a_completer, phrase


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "La procédure",
        procedure(faits),
        en_un_temps(faits),
        en_deux_temps(faits),
        urgence(faits),
        accord_cadre(faits),
    )


def procedure(faits: Faits) -> Blocs:
    fondement: tuple[Source, ...] = (faits.procedure.article,)
    if faits.est_adaptee:
        fondement = (ccp("L. 2123-1"), faits.procedure.article)
    return (
        dire(f"Procédure suivie : {mots.minuscule(faits.procedure.libelle)}.", selon=fondement),
    )


def en_un_temps(faits: Faits) -> Blocs:
    if faits.est_en_deux_temps:
        return RIEN
    return (
        dire(
            "Toute entreprise peut répondre. Déposez votre candidature et votre offre ensemble, "
            "en une fois."
        ),
    )


def en_deux_temps(faits: Faits) -> Blocs:
    """Candidatures, sélection, puis invitation des candidats retenus, tous en même temps."""
    if not faits.est_en_deux_temps:
        return RIEN
    return (
        dire(
            "La consultation a deux temps. D'abord, vous déposez une candidature seule. "
            "Ensuite, l'acheteur invite les candidats retenus à remettre une offre. "
            "L'invitation part par écrit, en même temps pour tous. "
            "Elle donne la date limite des offres.",
            selon=(ccp("R. 2144-8"), ccp("R. 2144-9")),
        ),
        *nombre_de_candidats(faits),
    )


def nombre_de_candidats(faits: Faits) -> Blocs:
    """Qui limite le nombre de candidats dit combien, et comment il choisit."""
    candidature = faits.achat.candidature
    if candidature.candidats_minimum is None and candidature.candidats_maximum is None:
        return (dire("Tous les candidats qui remplissent les conditions seront invités."),)
    minimum = (
        str(candidature.candidats_minimum)
        if candidature.candidats_minimum is not None
        else a_completer("candidature.candidats_minimum", "le nombre minimal de candidats invités")
    )
    au_plus = (
        f", au plus {candidature.candidats_maximum}"
        if candidature.candidats_maximum is not None
        else ""
    )
    bornes = dire(
        "L'acheteur limite le nombre de candidats invités. Il en invite au moins ",
        minimum,
        (
            f"{au_plus}. S'il y a moins de candidatures recevables, "
            "la procédure peut continuer avec elles."
        ),
        selon=(ccp("R. 2142-15 à R. 2142-18"),),
    )
    criteres = candidature.criteres_de_selection or (
        phrase(
            a_completer(
                "candidature.criteres_de_selection", "les critères de sélection des candidats"
            )
        ),
    )
    return (
        bornes,
        dire("Les candidats sont choisis d'après ces critères :", selon=(ccp("R. 2142-16"),)),
        enumerer(criteres),
    )


def urgence(faits: Faits) -> Blocs:
    """Un délai réduit se justifie."""
    motif = faits.achat.dates.urgence
    if not motif or not faits.est_formalisee or faits.est_une_concession:
        return RIEN
    return (
        dire("Le délai de réponse est réduit pour urgence. Raison : ", mots.phrase_finie(motif)),
    )


def accord_cadre(faits: Faits) -> Blocs:
    """Un accord-cadre a un maximum ; il dit comment il s'exécute et avec combien de titulaires."""
    cadre = faits.achat.execution.accord_cadre
    if cadre is None:
        return RIEN
    titulaires = (
        "un seul titulaire"
        if cadre.titulaires_maximum == 1
        else f"{cadre.titulaires_maximum} titulaires au plus"
    )
    maximum = (
        phrase(cadre.maximum_en_quantite)
        if cadre.maximum_en_quantite and cadre.maximum_en_valeur is None
        else somme(
            cadre.maximum_en_valeur,
            "execution.accord_cadre.maximum_en_valeur",
            "le maximum de l'accord-cadre",
        )
    )
    minimum = (
        dire("Le minimum est de ", mots.euros(cadre.minimum_en_valeur), ".")
        if cadre.minimum_en_valeur is not None
        else dire("Il n'y a pas de minimum.")
    )
    return (
        SousTitre("L'accord-cadre"),
        dire(
            (
                f"Le contrat est un accord-cadre, conclu avec {titulaires}. "
                f"Il s'exécute par {cadre.mode}."
            ),
            selon=(ccp("L. 2125-1, 1°"), ccp("R. 2162-1 à R. 2162-14")),
        ),
        dire("Le maximum, pour toute la durée, est de ", maximum, ".", selon=(ccp("R. 2162-4"),)),
        minimum,
        *duree_de_l_accord_cadre(faits),
    )


def duree_de_l_accord_cadre(faits: Faits) -> Blocs:
    """Plus longue que la durée de la loi,
    plus longue elle-même pour une entité adjudicatrice, elle se justifie.
    """
    cadre, total = faits.achat.execution.accord_cadre, faits.achat.execution.duree_totale_en_mois
    entite = faits.achat.acheteur.type_d_acheteur == "entité adjudicatrice"
    ans = faits.entier(
        f"accord_cadre.duree.{'entite_adjudicatrice' if entite else 'pouvoir_adjudicateur'}"
    )
    if cadre is None or total is None or total <= 12 * ans:
        return RIEN
    return (
        dire(
            f"La durée dépasse {pluriels.compter(ans, 'an')}. Raison : ",
            recu_en_phrase(
                cadre.justification_de_la_duree,
                "execution.accord_cadre.justification_de_la_duree",
                "la raison de cette durée",
            ),
            selon=(ccp("L. 2125-1, 1°"),),
        ),
    )
