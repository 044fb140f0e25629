"""Ce qu'il faut remettre pour être candidat :
rien de plus que ce que le code permet de demander.
"""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import RIEN, Blocs, annexe, ccp, chapitre, dire, enumerer
from beffroi.achat.redaction.faits import Faits
from droit.pieces_de_candidature import MODELES
from formats.document import Chapitre, SousTitre, gras


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "La candidature",
        declaration(faits),
        pieces(faits),
        chiffre_d_affaires(faits),
        capacites_des_autres(faits),
        candidature_incomplete(faits),
        dume(faits),
        preuves(faits),
    )


def pieces_demandees(faits: Faits) -> tuple[str, ...]:
    """Les pièces de candidature, dites sur l'achat ou pièce par pièce, sans doublon."""
    voulues = (
        *faits.achat.candidature.pieces,
        *(piece.intitule for piece in faits.pieces("candidature")),
    )
    return tuple(dict.fromkeys(voulues))


def hors_modeles(faits: Faits) -> tuple[str, ...]:
    """Ce qui est demandé en plus des deux modèles :
    « Lettre de candidature (DC1 ou DUME) » est l'un d'eux, rempli.
    """
    return tuple(piece for piece in pieces_demandees(faits) if not piece.startswith(tuple(MODELES)))


def declaration(faits: Faits) -> Blocs:
    exclusions = faits.selon(
        marche=(ccp("R. 2143-3, 1°"), ccp("L. 2141-1 à L. 2141-5 et L. 2141-7 à L. 2141-11")),
        concession=(ccp("R. 3123-16"), ccp("L. 3123-1 à L. 3123-14")),
    )
    return (
        dire(
            "Joignez une ",
            gras("déclaration sur l'honneur"),
            ". Vous y affirmez n'être dans aucun cas d'exclusion prévu par le code.",
            selon=exclusions,
        ),
        dire(
            "Le dossier contient deux modèles : une lettre de candidature et une "
            "déclaration du candidat. "
            "La lettre porte cette déclaration sur l'honneur. "
            "Ils ne sont pas obligatoires. Les formulaires DC1 et DC2 de l'État "
            "sont acceptés aussi."
        ),
    )


def pieces(faits: Faits) -> Blocs:
    demandees = hors_modeles(faits)
    if not demandees:
        return (dire("Aucune autre pièce n'est demandée pour la candidature."),)
    fondement = faits.selon(
        marche=(ccp("R. 2143-3, 2°"), ccp("R. 2143-11"), annexe(9)),
        concession=(ccp("R. 3123-1 à R. 3123-5"),),
    )
    return (dire("Joignez aussi :", selon=fondement), enumerer(demandees))


def dume(faits: Faits) -> Blocs:
    """Un marché accepte toujours le DUME ; le DUME simplifié seulement si l'acheteur le dit."""
    candidature = faits.achat.candidature
    if faits.est_une_concession and not candidature.dume_accepte:
        return RIEN
    fondement = faits.selon(marche=(ccp("R. 2143-4"),))
    simplifie = (
        (
            "Le DUME simplifié est permis : vous pouvez y affirmer seulement que vous avez les "
            "capacités demandées."
        )
        if candidature.dume_simplifie
        else "Le DUME simplifié n'est pas permis : remplissez les rubriques sur vos capacités."
    )
    return (
        SousTitre("Le DUME"),
        dire(
            "Vous pouvez remplacer ces documents par un document unique de marché européen (DUME). "
            "Le fichier XML du DUME est accepté.",
            selon=fondement,
        ),
        dire(
            (
                f"{simplifie} Un DUME déjà utilisé peut resservir, "
                "si vous confirmez qu'il est toujours exact."
            ),
            selon=fondement,
        ),
    )


def chiffre_d_affaires(faits: Faits) -> Blocs:
    """Un plancher ne dépasse pas la part de la valeur estimée que la loi
    fixe, sauf justification.
    """
    candidature = faits.achat.candidature
    if candidature.chiffre_d_affaires_minimal is None:
        return RIEN
    motif = candidature.motif_du_chiffre_d_affaires
    raison = f" Raison : {mots.phrase_finie(motif)}" if motif else ""
    return (
        dire(
            (
                "Votre chiffre d'affaires annuel doit atteindre "
                f"{mots.euros(candidature.chiffre_d_affaires_minimal)}.{raison}"
            ),
            selon=faits.selon(
                marche=(ccp("R. 2142-6 et R. 2142-7"),), concession=(ccp("R. 3123-4"),)
            ),
        ),
    )


def capacites_des_autres(faits: Faits) -> Blocs:
    fondement = faits.selon(marche=(ccp("R. 2143-12"),), concession=(ccp("R. 3123-19"),))
    return (
        dire(
            "Vous pouvez vous appuyer sur une autre entreprise, par exemple un sous-traitant. "
            "Prouvez alors ses capacités et son engagement à vos côtés.",
            selon=fondement,
        ),
    )


def preuves(faits: Faits) -> Blocs:
    """Les preuves viennent après, et seulement de l'entreprise retenue."""
    if faits.est_une_concession:
        return (
            SousTitre("Les preuves"),
            dire(
                (
                    "Seule l'entreprise retenue fournit ses attestations fiscales et sociales, "
                    "au plus tard avant l'attribution."
                ),
                selon=(ccp("R. 3123-17 et R. 3123-18"),),
            ),
        )
    return (
        SousTitre("Les preuves"),
        dire(
            (
                "Ne joignez pas les attestations fiscales et sociales. "
                "Seule l'entreprise retenue devra les fournir."
            ),
            selon=(ccp("R. 2144-4"),),
        ),
        dire(
            "Vous n'avez pas à donner un document que l'acheteur peut obtenir lui-même, "
            "gratuitement, en ligne. "
            "Vous n'avez pas non plus à redonner un document déjà remis au même acheteur, "
            "s'il est encore valable.",
            selon=(ccp("R. 2143-13"), ccp("R. 2143-14")),
        ),
        dire("De simples copies suffisent.", selon=(ccp("R. 2143-5"),)),
    )


def candidature_incomplete(faits: Faits) -> Blocs:
    if faits.est_une_concession:
        return (
            dire(
                "S'il manque une pièce, l'autorité concédante peut demander aux candidats "
                "concernés de compléter leur dossier. "
                "Les autres candidats en sont informés.",
                selon=(ccp("R. 3123-20"),),
            ),
        )
    return (
        dire(
            "S'il manque une pièce, l'acheteur peut demander à tous les candidats concernés de "
            "compléter leur dossier. "
            "Le délai est le même pour tous.",
            selon=(ccp("R. 2144-2"),),
        ),
    )
