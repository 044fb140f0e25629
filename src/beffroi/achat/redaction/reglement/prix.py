"""Le prix : sa forme, et s'il peut changer pendant le marché (CCP, art. R. 2112-6 à R. 2112-14)."""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import RIEN, Blocs, ccp, dire, recu_en_phrase
from beffroi.achat.redaction.faits import Faits
from formats.document import SousTitre

FORMES = {
    "forfaitaire": "Le prix est forfaitaire.",
    "unitaire": "Les prix sont unitaires : ils s'appliquent aux quantités réellement exécutées.",
    "mixte": "Une part du prix est forfaitaire. Le reste est payé selon des prix unitaires.",
}


def prix(faits: Faits) -> Blocs:
    """La forme et l'évolution du prix, si l'acheteur les a dites.

    Une concession n'a pas de prix.
    """
    if faits.est_une_concession:
        return RIEN
    blocs = forme(faits) + evolution(faits)
    return (SousTitre("Le prix"), *blocs) if blocs else RIEN


def forme(faits: Faits) -> Blocs:
    dite = faits.achat.execution.forme_de_prix
    return (dire(FORMES[dite], selon=(ccp("R. 2112-6"),)),) if dite else RIEN


def evolution(faits: Faits) -> Blocs:
    """Un prix est ferme, ferme et actualisable, ou révisable."""
    ecrire = {"ferme": ferme, "ferme actualisable": actualisable, "révisable": revisable}
    dite = faits.achat.execution.variation_de_prix
    return ecrire[dite](faits) if dite else RIEN


def ferme(faits: Faits) -> Blocs:
    phrase = f"Le prix est ferme : il ne change pas pendant la durée {faits.du_contrat}."
    return (dire(phrase, selon=(ccp("R. 2112-8 et R. 2112-9"),)), *clause(faits))


def actualisable(faits: Faits) -> Blocs:
    """L'attente compte plus de trois mois entre le prix de l'offre et le début ;
    tranche par tranche, s'il y en a.
    """
    tranches = faits.achat.execution.tranches
    debut = "le début de la tranche" if tranches else "le début de l'exécution"
    return (
        dire(
            "Le prix est ferme et actualisable. Il est actualisé une fois si plus de trois mois "
            "séparent le jour où "
            f"l'entreprise l'a fixé et {debut}. L'actualisation suit les conditions économiques "
            "observées trois mois "
            "avant ce début.",
            selon=(ccp("R. 2112-9 à R. 2112-12" if tranches else "R. 2112-9 à R. 2112-11"),),
        ),
        *clause(faits),
    )


def revisable(faits: Faits) -> Blocs:
    """La date du prix initial, le calcul et la périodicité sont écrits."""
    texte = recu_en_phrase(
        faits.achat.execution.clause_de_prix,
        "execution.clause_de_prix",
        "la date du prix de départ, la formule ou l'indice, et tous les combien",
    )
    return (dire("Le prix est révisable. ", texte, selon=(ccp("R. 2112-13"),)),)


def clause(faits: Faits) -> Blocs:
    texte = faits.achat.execution.clause_de_prix.strip()
    return (dire(mots.phrase_finie(texte)),) if texte else RIEN
