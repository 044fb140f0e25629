"""Les lots, à combien on peut répondre, combien on peut en obtenir ;
ou la raison de n'en pas faire.
"""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import (
    RIEN,
    Blocs,
    ccp,
    chapitre,
    dire,
    enumerer,
    prevenir,
    recu,
    recu_en_phrase,
)
from beffroi.achat.redaction.faits import Faits
from beffroi.achat.redaction.reglement.objet import article_de_reserve
from formats import pluriels
from formats.document import Chapitre, Tableau, a_completer, gras, phrase


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "Les lots",
        sans_lot(faits),
        tableau(faits),
        details(faits),
        reponse_par_lot(faits),
        attribution_par_lot(faits),
    )


def sans_lot(faits: Faits) -> Blocs:
    """Ne pas allotir se justifie (le motif peut aussi rester au dossier,
    mais le lire ici évite une question).
    """
    if faits.lots:
        return RIEN
    debut = f"{mots.majuscule(faits.contrat)} n'est pas divisé en lots."
    if faits.est_une_concession:
        return (dire(debut),)
    motif = recu_en_phrase(
        faits.achat.allotissement.motif_sans_lot,
        "allotissement.motif_sans_lot",
        "la raison de ne pas faire de lots",
    )
    return (dire(f"{debut} Raison : ", motif, selon=(ccp("L. 2113-11"),)),)


def tableau(faits: Faits) -> Blocs:
    if not faits.lots:
        return RIEN
    lignes = tuple(
        (
            phrase(gras(str(lot.numero))),
            phrase(lot.intitule),
            recu(lot.code_cpv, f"allotissement.lots.{rang}.code_cpv", "le code CPV"),
        )
        for rang, lot in enumerate(faits.lots)
    )
    nombre = pluriels.compter(len(faits.lots), "lot")
    fondement = faits.selon(marche=(ccp("L. 2113-10"),), concession=(ccp("R. 3121-3"),))
    return (
        dire(f"{mots.majuscule(faits.contrat)} est divisé en {nombre}.", selon=fondement),
        Tableau(
            legende="", entetes=("Lot", "Intitulé", "Code CPV"), lignes=lignes, largeurs=(1, 8, 3)
        ),
    )


def details(faits: Faits) -> Blocs:
    """Ce qu'un lot a de particulier : sa description, à qui il est réservé."""
    decrits = [
        f"Lot {lot.numero}, {lot.intitule} : {mots.phrase_finie(lot.description)}"
        for lot in faits.lots
        if lot.description
    ]
    reserves = tuple(
        prevenir(
            f"Le lot {lot.numero} est réservé à : {lot.reserve_a}.", selon=article_de_reserve(faits)
        )
        for lot in faits.lots
        if lot.reserve_a
    )
    liste: Blocs = (enumerer(decrits),) if decrits else RIEN
    return liste + reserves + (structures_reservees(faits) if reserves else RIEN)


def structures_reservees(faits: Faits) -> Blocs:
    part = faits.entier("marche_reserve.proportion_minimale")
    return (
        dire(
            f"Les structures concernées emploient au moins {part} % de travailleurs "
            "handicapés ou défavorisés."
        ),
    )


def reponse_par_lot(faits: Faits) -> Blocs:
    """À combien de lots on peut répondre, et comment."""
    if not faits.lots:
        return RIEN
    maximum = faits.achat.allotissement.maximum_de_lots_soumis
    combien = (
        "Vous pouvez répondre à un lot, à plusieurs lots ou à tous les lots."
        if maximum is None or maximum >= len(faits.lots)
        else f"Vous pouvez répondre à {pluriels.compter(maximum, 'lot')} au plus."
    )
    if faits.est_une_concession:
        return (dire(f"{combien} Présentez une offre par lot."),)
    return (
        dire(combien, selon=(ccp("R. 2113-1"),)),
        dire(
            (
                "Présentez une offre par lot. Une offre ne peut pas dépendre du "
                "nombre de lots obtenus."
            ),
            selon=(ccp("L. 2151-1"),),
        ),
    )


def attribution_par_lot(faits: Faits) -> Blocs:
    """Combien de lots une même entreprise peut obtenir,
    et comment on choisit si elle en gagne davantage.
    """
    allotissement = faits.achat.allotissement
    if not faits.lots:
        return RIEN
    fondement = faits.selon(marche=(ccp("R. 2113-1"),))
    if allotissement.maximum_de_lots_attribues is None:
        return (dire("Une même entreprise peut obtenir tous les lots.", selon=fondement),)
    obtenus = pluriels.compter(allotissement.maximum_de_lots_attribues, "lot")
    regle = (
        mots.phrase_finie(allotissement.regle_si_plus_de_lots_gagnes)
        if allotissement.regle_si_plus_de_lots_gagnes
        else phrase(
            a_completer(
                "allotissement.regle_si_plus_de_lots_gagnes",
                "la règle si une entreprise gagne plus de lots",
            ),
            ".",
        )
    )
    return (
        dire(
            f"Une même entreprise peut obtenir {obtenus} au plus. Si elle en gagne davantage : ",
            regle,
            selon=fondement,
        ),
    )
