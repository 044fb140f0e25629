"""Comment les offres sont jugées :
les critères, leurs poids, leurs sous-critères, lot par lot s'ils diffèrent.
"""

from collections.abc import Sequence
from decimal import Decimal

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import RIEN, Blocs, ccp, chapitre, dire
from beffroi.achat.redaction.faits import Faits
from droit.achat import Critere
from droit.citation import Source
from formats import pluriels
from formats.document import Bloc, Chapitre, Phrase, Tableau, a_completer, gras, phrase


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "Les critères", principe(faits), tableaux(faits), methode(faits), environnement(faits)
    )


def tous(faits: Faits) -> tuple[Critere, ...]:
    """Les critères de l'achat, puis ceux que des lots ont en propre."""
    return (*faits.achat.criteres, *(critere for lot in faits.lots for critere in lot.criteres))


def principe(faits: Faits) -> Blocs:
    fondement: tuple[Source, ...] = faits.selon(
        marche=(ccp("L. 2152-7 et L. 2152-8"), ccp("R. 2152-7"), ccp("R. 2152-11")),
        concession=(ccp("L. 3124-5"), ccp("R. 3124-4 et R. 3124-5")),
    )
    if faits.est_formalisee and not faits.est_une_concession:
        fondement = (*fondement, ccp("R. 2152-12"))
    debut = f"{mots.majuscule(faits.contrat)} va à l'offre économiquement la plus avantageuse."
    if faits.est_une_concession:
        debut = "Le contrat va à l'offre qui présente le meilleur avantage économique global."
    return (dire(f"{debut} Elle est choisie d'après les critères suivants.", selon=fondement),)


def tableaux(faits: Faits) -> Blocs:
    """Un tableau pour tous, et un par lot qui a les siens."""
    if not tous(faits):
        return (dire("Critères : ", a_completer("criteres", "les critères et leurs poids"), "."),)
    communs = any(not lot.criteres for lot in faits.lots) or not faits.lots
    blocs: list[Bloc] = []
    if communs and faits.achat.criteres:
        autres = any(lot.criteres for lot in faits.lots)
        legende = "Critères des autres lots" if autres else ""
        blocs += un_tableau(legende, faits.achat.criteres)
    elif communs:
        blocs.append(
            dire(
                "Critères des autres lots : ",
                a_completer("criteres", "les critères et leurs poids"),
                ".",
            )
        )
    for lot in faits.lots:
        if lot.criteres:
            blocs += un_tableau(f"Critères du lot {lot.numero}, {lot.intitule}", lot.criteres)
    return tuple(blocs)


def un_tableau(legende: str, criteres: Sequence[Critere]) -> Blocs:
    if all(critere.poids is None for critere in criteres):
        return hierarchie(legende, criteres)
    lignes: list[tuple[Phrase, ...]] = []
    for critere in criteres:
        lignes.append((phrase(gras(critere.nom)), phrase(gras(points(critere)))))
        lignes += [
            (phrase(f"dont : {s.nom}"), phrase(en_points(mots.nombre(s.poids))))
            for s in critere.sous_criteres
        ]
    if not any(critere.poids_maximal for critere in criteres):
        total = sum((critere.poids or Decimal(0) for critere in criteres), Decimal(0))
        lignes.append((phrase("Total"), phrase(en_points(mots.nombre(total)))))
    return (
        Tableau(
            legende=legende,
            entetes=("Critère", "Poids"),
            lignes=tuple(lignes),
            largeurs=(5, 2),
            a_droite=(1,),
        ),
    )


def points(critere: Critere) -> str:
    """« 40 points », ou « 30 à 40 points » pour une fourchette."""
    if critere.poids is None:
        return "rang seul"
    haut = f" à {mots.nombre(critere.poids_maximal)}" if critere.poids_maximal is not None else ""
    return en_points(f"{mots.nombre(critere.poids)}{haut}")


def en_points(nombre: str) -> str:
    return f"{nombre} {'point' if nombre in {'0', '1'} else 'points'}"


def hierarchie(legende: str, criteres: Sequence[Critere]) -> Blocs:
    """Sans poids, les critères sont donnés du plus important au moins important."""
    lignes = tuple(
        (phrase(str(rang)), phrase(gras(c.nom))) for rang, c in enumerate(criteres, start=1)
    )
    return (
        dire("Les critères sont donnés par ordre décroissant d'importance."),
        Tableau(legende=legende, entetes=("Rang", "Critère"), lignes=lignes, largeurs=(1, 6)),
    )


def methode(faits: Faits) -> Blocs:
    """Une note par critère, en points ; la façon de noter, quand l'acheteur l'a dite."""
    if not any(critere.poids is not None for critere in tous(faits)):
        return RIEN
    dites = tuple(
        dire(f"Critère « {critere.nom} » : ", mots.phrase_finie(critere.methode))
        for critere in dict.fromkeys(tous(faits))
        if critere.methode
    )
    par_lot = "Chaque lot est jugé à part. " if faits.lots else ""
    return (
        dire(
            f"{par_lot}Chaque critère reçoit une note, au plus égale à ses points. "
            "Les notes s'additionnent. "
            "L'offre qui a le plus de points est classée première."
        ),
        *dites,
    )


def environnement(faits: Faits) -> Blocs:
    """Depuis le 21 août 2026, un critère au moins porte sur l'environnement."""
    cle = (
        "durable.concession.critere_environnemental"
        if faits.est_une_concession
        else "durable.critere_environnemental"
    )
    verts = tuple(dict.fromkeys(f"« {c.nom} »" for c in tous(faits) if c.porte_sur_l_environnement))
    fondement = faits.selon(marche=(ccp("R. 2152-7"),), concession=(ccp("R. 3124-4"),))
    if verts:
        sujet = (
            f"Le critère {verts[0]} porte"
            if len(verts) == 1
            else f"Les critères {pluriels.enumerer(verts)} portent"
        )
        return (dire(f"{sujet} sur l'environnement.", selon=fondement),)
    if tous(faits) and faits.exige(cle):
        quoi = "un critère qui porte sur l'environnement"
        return (
            dire(
                "Critère sur l'environnement : ",
                a_completer("criteres", quoi),
                ".",
                selon=fondement,
            ),
        )
    return RIEN
