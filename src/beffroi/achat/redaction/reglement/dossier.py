"""Le dossier de la consultation :
le lire, l'obtenir en entier, savoir quand il change, poser une question.
"""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import (
    RIEN,
    Blocs,
    annexe,
    ccp,
    chapitre,
    dire,
    enumerer,
    prevenir,
)
from beffroi.achat.redaction.faits import Faits
from droit.achat import DocumentHorsProfil
from formats import dates
from formats.document import Chapitre, Phrase, SousTitre, Tableau, a_completer, phrase


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "Le dossier et les questions",
        acces(faits),
        documents(faits),
        documents_hors_profil(faits),
        changements(faits),
        questions(faits),
    )


def acces(faits: Faits) -> Blocs:
    """Gratuit, complet, direct, sans compte ;
    l'adresse électronique sert seulement à être prévenu.
    """
    return (
        dire(
            "Le dossier est en ligne sur la plateforme. L'accès au dossier est gratuit, libre, "
            "direct et complet. "
            "Vous n'avez besoin d'aucun compte pour le télécharger.",
            selon=(
                *faits.selon(marche=(ccp("R. 2132-2"),), concession=(ccp("R. 3122-9"),)),
                annexe(6, "art. 1"),
            ),
        ),
        dire(
            "Si vous laissez une adresse électronique, "
            "vous serez prévenu des changements et des réponses aux questions. "
            "Sans adresse, revenez voir la page avant de répondre."
        ),
    )


def documents(faits: Faits) -> Blocs:
    if not faits.achat.documents:
        return (
            dire(
                "Le dossier contient : ", a_completer("documents", "les documents du dossier"), "."
            ),
        )
    lignes = tuple(
        (phrase(document.intitule), phrase(document.nom)) for document in faits.achat.documents
    )
    return (
        Tableau(
            legende="Le dossier contient",
            entetes=("Document", "Fichier"),
            lignes=lignes,
            largeurs=(3, 2),
        ),
    )


def documents_hors_profil(faits: Faits) -> Blocs:
    """Un document que le profil ne donne pas : pourquoi, et comment l'obtenir gratuitement."""
    absents = faits.achat.documents_hors_profil
    if not absents:
        return RIEN
    fondement = faits.selon(marche=(ccp("R. 2132-5"),), concession=(ccp("R. 3122-11"),))
    return (
        dire(
            (
                "Certains documents ne sont pas sur la plateforme. Voici pourquoi, "
                "et comment les obtenir."
            ),
            selon=fondement,
        ),
        enumerer(absent(document) for document in absents),
    )


def absent(document: DocumentHorsProfil) -> Phrase:
    engagement = document.engagement_de_confidentialite
    return phrase(
        f"{mots.phrase_finie(document.intitule)} Raison : {mots.phrase_finie(document.raison)} "
        f"Pour l'obtenir : {mots.phrase_finie(document.moyen_d_acces)}",
        f" Confidentialité : {mots.phrase_finie(engagement)}" if engagement else "",
    )


def changements(faits: Faits) -> Blocs:
    """Un changement important prolonge le délai, à proportion."""
    return (
        dire(
            "Le dossier peut changer pendant la consultation. Seule la dernière version compte. "
            "Si le changement est important, la date limite est reportée.",
            selon=faits.selon(marche=(ccp("R. 2151-4"),), concession=(ccp("R. 3122-8"),)),
        ),
    )


def questions(faits: Faits) -> Blocs:
    limite = faits.achat.dates.derniere_question
    quand = (
        dates.echeance(limite)
        if limite is not None
        else a_completer("dates.derniere_question", "la date limite des questions")
    )
    return (
        SousTitre("Poser une question"),
        prevenir("Posez vos questions sur la plateforme : au plus tard le ", quand, "."),
        *delai_de_reponse(faits),
        dire(
            "Chaque réponse est donnée à tous, en même temps. "
            "Le nom de l'entreprise qui a posé la question est caché."
        ),
    )


def delai_de_reponse(faits: Faits) -> Blocs:
    """Six jours avant la limite, quatre en urgence ;
    aucun texte ne fixe ce délai en procédure adaptée.
    """
    if not faits.est_formalisee:
        return RIEN
    cle = "delai.renseignements_complementaires"
    if faits.est_une_concession:
        valeur = faits.droit.valeur(f"{cle}.concession")
    else:
        valeur = faits.droit.valeur(f"{cle}.urgence" if faits.achat.dates.urgence else cle)
    qui = mots.majuscule(faits.acheteur)
    return (
        dire(
            (
                f"{qui} répond au plus tard {valeur.entier} jours avant la date limite, "
                "si la question arrive en temps utile."
            ),
            selon=(valeur.article,),
        ),
    )
