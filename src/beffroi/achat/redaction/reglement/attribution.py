"""Après le choix : les pièces de l'entreprise retenue,
l'information des autres, la signature, la notification.
"""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import RIEN, Blocs, ccp, chapitre, dire, enumerer
from beffroi.achat.redaction.faits import Faits
from droit.citation import Jurisprudence
from formats.document import Chapitre, SousTitre

ADRESSE_DONNEE_PAR_L_ENTREPRISE = Jurisprudence("CE", "3 octobre 2012", "359921")


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "L'attribution",
        pieces_de_l_attributaire(faits),
        information(faits),
        suspension(faits),
        adresse_electronique(faits),
        notification(faits),
        sans_suite(faits),
    )


def pieces_de_l_attributaire(faits: Faits) -> Blocs:
    """Seulement ce que l'acheteur ne peut pas obtenir lui-même,
    et seulement de l'entreprise retenue.
    """
    if faits.est_une_concession:
        return (
            dire(
                "L'entreprise retenue prouve qu'elle n'est dans aucun cas d'exclusion, "
                "notamment par ses attestations fiscales et sociales.",
                selon=(ccp("R. 3123-17 et R. 3123-18"),),
            ),
        )
    return (
        dire(
            (
                "L'acheteur demande ces pièces à l'entreprise retenue, "
                "s'il ne peut pas les obtenir lui-même :"
            ),
            selon=(ccp("R. 2144-4"), ccp("R. 2143-6 à R. 2143-10")),
        ),
        enumerer(
            (
                "les attestations fiscales et sociales ;",
                (
                    "un extrait du registre où l'entreprise est inscrite, "
                    "par exemple un extrait K bis ;"
                ),
                (
                    "les documents du code du travail, si elle emploie des salariés "
                    "étrangers ou détachés ;"
                ),
                "le jugement, si elle est en redressement judiciaire.",
            )
        ),
        dire(
            (
                "Si elle ne les fournit pas à temps, sa candidature est rejetée. "
                "L'acheteur sollicite alors l'entreprise suivante."
            ),
            selon=(ccp("R. 2144-7"),),
        ),
    )


def information(faits: Faits) -> Blocs:
    """Le rejet est notifié ; les motifs l'accompagnent, ou viennent sur demande."""
    if faits.est_formalisee:
        fondement = faits.selon(
            marche=(ccp("R. 2181-1"), ccp("R. 2181-3")), concession=(ccp("R. 3125-1"),)
        )
        return (
            SousTitre("Être informé"),
            dire(
                "Si votre réponse n'est pas retenue, vous en êtes informé sans délai. "
                "Le message donne les raisons et le nom de l'entreprise retenue.",
                selon=fondement,
            ),
        )
    motifs = faits.droit.valeur(
        "motifs.concession_sous_le_seuil"
        if faits.est_une_concession
        else "motifs.procedure_adaptee"
    )
    return (
        SousTitre("Être informé"),
        dire(
            "Si votre réponse n'est pas retenue, vous en êtes informé sans délai. "
            "Si vous demandez les raisons, elles vous sont données dans les "
            f"{motifs.entier} jours.",
            selon=(*faits.selon(marche=(ccp("R. 2181-1"),)), motifs.article),
        ),
    )


def suspension(faits: Faits) -> Blocs:
    """Le délai avant la signature ne concerne que les procédures formalisées."""
    if not faits.est_formalisee:
        return RIEN
    valeur = faits.droit.valeur(
        f"suspension.{'concession' if faits.est_une_concession else 'marche'}.electronique"
    )
    return (
        dire(
            f"{mots.majuscule(faits.contrat)} n'est pas signé avant {valeur.entier} jours. "
            "Ce délai de suspension court à partir de l'envoi électronique de cette information. "
            "Il laisse le temps d'un recours.",
            selon=(valeur.article,),
        ),
    )


def adresse_electronique(faits: Faits) -> Blocs:
    """Un message envoyé à l'adresse que l'entreprise a donnée suffit à l'informer."""
    return (
        dire(
            "Tous les messages partent à l'adresse électronique que vous donnez sur la plateforme. "
            "Un message envoyé à cette adresse vous informe valablement. Vérifiez-la, "
            "et lisez-la souvent.",
            selon=(ADRESSE_DONNEE_PAR_L_ENTREPRISE,),
        ),
    )


def notification(faits: Faits) -> Blocs:
    fondement = faits.selon(marche=(ccp("R. 2182-4"),))
    return (
        dire(
            (
                f"{mots.majuscule(faits.contrat)} prend effet quand {faits.titulaire} en "
                "reçoit la notification."
            ),
            selon=fondement,
        ),
    )


def sans_suite(faits: Faits) -> Blocs:
    if faits.est_une_concession:
        return (
            dire(
                "L'autorité concédante peut renoncer à la procédure, "
                "pour un motif d'intérêt général."
            ),
        )
    return (
        dire(
            (
                "L'acheteur peut déclarer la procédure sans suite, à tout moment. "
                "Il en donne les raisons aux entreprises."
            ),
            selon=(ccp("R. 2185-1 et R. 2185-2"),),
        ),
    )
