"""Les lots que le règlement écrit,
et combien on peut en demander et en obtenir : RC-18, comparé.
"""

import re
from collections.abc import Iterator

from beffroi.achat.controles.rules.constat import Ecart, Gravite, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import PAS_TROUVE, absence, dit
from beffroi.achat.relectures.rules import reperage
from beffroi.achat.relectures.rules.reperage import LotEcrit, MaximumDeLots, Trouvaille, plier
from droit.achat import Lot

_MOT = re.compile(r"[a-z]{4,}")
_LOT = re.compile(r"\blots?\b")
_ESTIMATION = re.compile(r"\bestim\w+|\bmontant\b|\bvaleur\b")
_DEPARTAGE = re.compile(
    r"\bprefer\w+|\bpreference|\bordre\b|\bpriorit\w+|\bhierarch\w+|\btirage|\bclass\w+|\bdavantage"
    r"|\bd'abord|\bpremiers?\b|\bau-dela"
)
_SENS_DES_MOTS = "Les mots diffèrent ; le sens peut être le même."


def comparer(projet: Projet, reglement: Reglement) -> Reponses:
    """Les mêmes lots partout :
    le nombre, les intitulés, les codes CPV, les montants, les limites (CCP, art. R. 2113-1).
    """
    attendus = {lot.numero: lot for lot in projet.achat.allotissement.lots}
    ecrits = reperage.lots(reglement.texte)
    yield from _nombre(attendus, reglement)
    for ecrit in ecrits:
        lot = attendus.get(ecrit.valeur.numero)
        if lot is None:
            yield _inconnu(ecrit, attendus)
            continue
        yield from _intitule(lot, ecrit)
        yield from _cpv(lot, ecrit)
        yield from _montant(projet, lot, ecrit)
    yield from _absents(attendus, ecrits, reglement)
    if attendus:
        yield from _maxima(projet, reglement)


def _nombre(attendus: dict[int, Lot], reglement: Reglement) -> Iterator[Ecart]:
    for annonce in reperage.nombres_de_lots(reglement.texte):
        if annonce.valeur != len(attendus):
            yield Ecart(
                quoi="Le règlement et la consultation n'ont pas le même nombre de lots.",
                ou=annonce,
                attendu=f"{len(attendus)} lots" if attendus else "aucun lot",
                remede="Corrigez le règlement, ou les lots de la consultation.",
            )


def _inconnu(ecrit: Trouvaille[LotEcrit], attendus: dict[int, Lot]) -> Ecart:
    return Ecart(
        quoi=f"Le règlement parle d'un lot {ecrit.valeur.numero} que la consultation n'a pas.",
        ou=ecrit,
        attendu=", ".join(f"lot {numero}" for numero in attendus) or "aucun lot",
        remede="Corrigez le règlement, ou ajoutez ce lot.",
        doute="La ligne peut parler d'autre chose qu'un lot." if not attendus else "",
    )


def _intitule(lot: Lot, ecrit: Trouvaille[LotEcrit]) -> Iterator[Ecart]:
    if not _se_ressemblent(lot.intitule, ecrit.valeur.intitule):
        yield Ecart(
            quoi=f"Le lot {lot.numero} n'a pas le même intitulé dans le règlement.",
            ou=ecrit,
            attendu=lot.intitule,
            remede="Reprenez le même intitulé partout.",
            doute=_SENS_DES_MOTS,
        )


def _se_ressemblent(un: str, autre: str) -> bool:
    """Au moins un mot long en commun : un intitulé abrégé n'est pas un autre lot."""
    mots = set(_MOT.findall(plier(un)))
    return not mots or bool(mots & set(_MOT.findall(plier(autre))))


def _cpv(lot: Lot, ecrit: Trouvaille[LotEcrit]) -> Iterator[Ecart]:
    """Un lot a parfois plusieurs codes : il suffit que celui de la consultation y soit."""
    attendu = lot.code_cpv.strip()[:8]
    if attendu and ecrit.valeur.cpv and attendu not in ecrit.valeur.cpv:
        yield Ecart(
            quoi=f"Le lot {lot.numero} n'a pas le même code CPV dans le règlement.",
            ou=ecrit,
            trouve=", ".join(ecrit.valeur.cpv),
            attendu=attendu,
            remede="Reprenez le même code partout.",
        )


def _montant(projet: Projet, lot: Lot, ecrit: Trouvaille[LotEcrit]) -> Iterator[Ecart]:
    """Un seul montant sur la ligne du lot ; d'un accord-cadre, il peut être un maximum."""
    lus = [m for m in reperage.montants_de(ecrit.valeur.ligne) if m.taxe != "TTC"]
    if lot.montant_estime is None or len(lus) != 1 or lus[0].valeur == lot.montant_estime:
        return
    estime = _ESTIMATION.search(plier(f"{ecrit.valeur.ligne} {ecrit.paragraphe.titre}"))
    yield Ecart(
        quoi=f"Le lot {lot.numero} n'a pas le même montant dans le règlement.",
        ou=ecrit,
        trouve=f"{lus[0].valeur:f} €",
        attendu=f"{lot.montant_estime:f} € HT",
        remede="Reprenez le même montant partout.",
        doute=""
        if estime and projet.achat.execution.accord_cadre is None
        else "Ce montant peut être un minimum, ou un maximum.",
    )


def _absents(
    attendus: dict[int, Lot], ecrits: tuple[Trouvaille[LotEcrit], ...], reglement: Reglement
) -> Iterator[Ecart]:
    if attendus and not dit(reglement, _LOT):
        yield Ecart(
            quoi="La consultation est en lots, et le règlement n'en parle pas.",
            attendu=f"{len(attendus)} lots",
            remede="Présentez chaque lot dans le règlement, ou ôtez les lots de la consultation.",
            doute=PAS_TROUVE,
            absence=True,
        )
        return
    nommes = {ecrit.valeur.numero for ecrit in ecrits}
    for lot in attendus.values():
        if nommes and lot.numero not in nommes:
            yield Ecart(
                quoi=f"Le règlement ne présente pas le lot {lot.numero}.",
                attendu=lot.intitule,
                remede="Ajoutez ce lot au règlement, ou ôtez-le de la consultation.",
                doute="Ce lot est peut-être nommé ailleurs."
                if dit(reglement, _qui_nomme(lot.numero))
                else "",
                absence=True,
            )


def _qui_nomme(numero: int) -> re.Pattern[str]:
    """« lot 3 », « lots n° 1, 2 et 3 », « lots 1 à 3 » :
    le numéro, ou une suite qui peut le contenir.
    """
    return re.compile(
        rf"\blots?\s*(?:n\s?[°o]s?\.?\s?)?(?:\d{{1,3}}\s*(?:,|et|a|-)\s*)*0?{numero}\b"
        rf"|\blots?\s[^.]*\d\s*(?:a|-)\s*\d"
    )


def _maxima(projet: Projet, reglement: Reglement) -> Iterator[Ecart]:
    allotissement, tous = projet.achat.allotissement, len(projet.achat.allotissement.lots)
    permis = {
        "répondre": allotissement.maximum_de_lots_soumis,
        "obtenir": allotissement.maximum_de_lots_attribues or tous,
    }
    ecrits = reperage.maxima_de_lots(reglement.texte)
    for ecrit in ecrits:
        attendu = permis[ecrit.valeur.acte]
        if attendu is not None and min(ecrit.valeur.nombre or tous, tous) != min(attendu, tous):
            yield _autre_maximum(ecrit, attendu, tous)
    yield from _maxima_tus(permis, {ecrit.valeur.acte for ecrit in ecrits}, tous)
    if allotissement.regle_si_plus_de_lots_gagnes.strip() and not dit(reglement, _LOT, _DEPARTAGE):
        yield absence(
            (
                "Le règlement ne dit pas comment se choisissent les lots d'un candidat "
                "premier sur trop de lots."
            ),
            champ="allotissement.regle_si_plus_de_lots_gagnes",
            attendu=allotissement.regle_si_plus_de_lots_gagnes,
            remede="Ajoutez cette règle au règlement.",
        )


def _autre_maximum(ecrit: Trouvaille[MaximumDeLots], attendu: int, tous: int) -> Ecart:
    obtenir = ecrit.valeur.acte == "obtenir"
    return Ecart(
        quoi="Le règlement et la consultation ne limitent pas de même les lots "
        f"{'attribués à un candidat' if obtenir else 'auxquels on répond'}.",
        champ=f"allotissement.maximum_de_lots_{'attribues' if obtenir else 'soumis'}",
        ou=ecrit,
        attendu="tous les lots" if attendu >= tous else f"{attendu} au plus",
        remede="Donnez la même limite partout.",
    )


def _maxima_tus(permis: dict[str, int | None], dits: set[str], tous: int) -> Iterator[Ecart]:
    """Une limite que le règlement tait n'engage pas les candidats."""
    for acte, champ in (("répondre", "soumis"), ("obtenir", "attribués")):
        limite = permis[acte]
        if limite is not None and limite < tous and acte not in dits:
            yield Ecart(
                quoi=f"Le règlement ne dit pas la limite : {limite} lots {champ} au plus.",
                champ=f"allotissement.maximum_de_lots_{plier(champ)}",
                attendu=f"{limite} lots au plus",
                remede="Ajoutez cette limite au règlement, ou ôtez-la de la consultation.",
                doute=PAS_TROUVE,
                absence=True,
                gravite=Gravite.AVERTISSEMENT,
            )
