"""Les lots, leur attribution, leur réservation : RC-18, RC-19 et RC-42."""

import re
from collections import Counter
from decimal import Decimal

from beffroi.achat.controles.rules import lots_du_texte
from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Gravite, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import PAS_TROUVE, tait
from beffroi.achat.relectures.rules.reperage import plier

_CPV = re.compile(r"\d{8}(?:-\d)?")
_ARTICLES_DE_RESERVE = re.compile(r"\bl\.?\s?(?:2113-1[2-6]|3113-[12])\b")


def _lots_du_projet(projet: Projet) -> Reponses:
    allotissement = projet.achat.allotissement
    comptes = Counter(lot.numero for lot in allotissement.lots)
    for numero in sorted(numero for numero, compte in comptes.items() if compte > 1):
        yield Ecart(
            quoi=f"Deux lots portent le numéro {numero}.",
            trouve=str(numero),
            remede="Numérotez chaque lot une seule fois.",
        )
    for lot in allotissement.lots:
        if not _CPV.fullmatch(lot.code_cpv.strip()):
            yield Ecart(
                quoi=f"Le lot {lot.numero} n'a pas de code CPV valable.",
                trouve=lot.code_cpv,
                attendu="huit chiffres",
                remede="Choisissez le code CPV de ce lot.",
            )
        if not lot.intitule.strip():
            yield Ecart(
                quoi=f"Le lot {lot.numero} n'a pas d'intitulé.",
                remede="Donnez un intitulé à ce lot.",
            )
        if lot.montant_estime is None:
            yield Ecart(
                quoi=f"Le montant estimé du lot {lot.numero} n'est pas dit.",
                remede="Estimez ce lot : seul un avis européen publie ce montant.",
                gravite=Gravite.AVERTISSEMENT,
            )
    yield from _montants(projet)
    yield from _attribution(projet)


def _montants(projet: Projet) -> Reponses:
    valeur, lots = projet.achat.valeur_estimee, projet.achat.allotissement.lots
    somme = sum((lot.montant_estime or Decimal(0) for lot in lots), Decimal(0))
    if lots and valeur is not None and somme > valeur:
        yield Ecart(
            quoi="Les lots valent ensemble plus que l'achat entier.",
            champ="valeur_estimee",
            trouve=f"{somme} € HT",
            attendu=f"au plus {valeur} € HT",
            remede="Corrigez le montant de l'achat, ou celui des lots.",
        )


def _attribution(projet: Projet) -> Reponses:
    """Combien de lots on peut demander, combien on peut gagner,
    et que faire au-delà (CCP, art. R. 2113-1).
    """
    allotissement = projet.achat.allotissement
    if not allotissement.est_alloti:
        return
    maximum = allotissement.maximum_de_lots_attribues
    if maximum is not None and not allotissement.regle_si_plus_de_lots_gagnes.strip():
        yield Ecart(
            quoi="Un nombre maximal de lots est fixé, sans dire comment choisir au-delà.",
            champ="allotissement.regle_si_plus_de_lots_gagnes",
            trouve=f"{maximum} lots au plus",
            attendu="la règle qui choisit les lots attribués",
            remede="Écrivez la règle : par exemple, l'ordre des lots que le candidat préfère.",
        )
    if maximum is not None and not 1 <= maximum <= len(allotissement.lots):
        yield Ecart(
            quoi="Le nombre maximal de lots attribués ne va pas avec le nombre de lots.",
            champ="allotissement.maximum_de_lots_attribues",
            trouve=str(maximum),
            attendu=f"de 1 à {len(allotissement.lots)}",
            remede="Corrigez ce nombre.",
        )
    if allotissement.maximum_de_lots_soumis is None:
        yield Ecart(
            quoi="On ne sait pas à combien de lots une entreprise peut répondre.",
            champ="allotissement.maximum_de_lots_soumis",
            attendu="un lot, plusieurs, ou tous",
            remede="Dites-le : tous les lots, si vous n'avez pas de raison de limiter.",
            gravite=Gravite.AVERTISSEMENT,
        )


def _sans_lot(projet: Projet) -> Reponses:
    achat = projet.achat
    if (
        achat.est_une_concession
        or achat.allotissement.est_alloti
        or achat.allotissement.motif_sans_lot.strip()
    ):
        return
    yield Ecart(
        quoi="L'achat n'est pas divisé en lots, et la raison n'est pas dite.",
        attendu="des lots, ou une raison",
        remede="Divisez en lots, ou écrivez pourquoi vous ne le faites pas.",
    )


def _reserve(projet: Projet, reglement: Reglement) -> Reponses:
    """Un contrat ou un lot réservé renvoie à l'article qui le permet (CCP,
    art. R. 2113-7, R. 2113-8 et R. 3113-1).
    """
    article = "l'article L. 2113-12, L. 2113-13 ou L. 2113-15"
    if projet.achat.est_une_concession:
        article = "l'article L. 3113-1 ou L. 3113-2"
    reserves = [f"le lot {lot.numero}" for lot in projet.achat.allotissement.lots if lot.reserve_a]
    if projet.achat.candidature.reserve_a:
        reserves.append("le marché")
    mentions = reglement.mentions("réservation")
    if reserves and tait(reglement, "réservation"):
        yield Ecart(
            quoi=f"Le règlement ne dit pas que {' et '.join(reserves)} est réservé.",
            attendu=f"la réserve, et {article}",
            remede="Ajoutez la réserve et son article, dans le règlement et dans l'avis.",
            doute=PAS_TROUVE,
            absence=True,
        )
    elif reserves and not any(
        _ARTICLES_DE_RESERVE.search(plier(mention.paragraphe.texte)) for mention in mentions
    ):
        yield Ecart(
            quoi="Le règlement réserve le marché sans citer l'article qui le permet.",
            ou=mentions[0],
            attendu=article,
            remede="Ajoutez l'article.",
            gravite=Gravite.AVERTISSEMENT,
        )
    if not reserves:
        for mention in mentions:
            if not mention.valeur.niee and _ARTICLES_DE_RESERVE.search(plier(mention.phrase)):
                yield Ecart(
                    quoi="Le règlement parle d'un marché réservé ; la consultation ne l'est pas.",
                    ou=mention,
                    attendu="aucune réserve",
                    remede="Corrigez le règlement, ou dites la réserve dans la consultation.",
                    doute="La phrase peut citer l'article sans réserver.",
                )


def _non_allotissement_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    if projet.achat.allotissement.est_alloti:
        for mention in reglement.mentions("non-allotissement"):
            yield Ecart(
                quoi="Le règlement dit qu'il n'y a pas de lots ; la consultation en a.",
                ou=mention,
                attendu=f"{len(projet.achat.allotissement.lots)} lots",
                remede="Corrigez le règlement.",
            )


FONCTIONS = {
    "RC-18": Fonctions(projet=_lots_du_projet, comparaison=lots_du_texte.comparer),
    "RC-19": Fonctions(projet=_sans_lot, comparaison=_non_allotissement_du_texte),
    "RC-42": Fonctions(comparaison=_reserve),
}
