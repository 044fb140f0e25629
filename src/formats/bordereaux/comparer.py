"""Comparer un bordereau reçu au cadre de l'acheteur, cellule par cellule.

Rien n'est corrigé : l'acheteur décide.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from formats.bordereaux.modele import Bordereau, Constat, Ligne, Total

CENTIME, DEMI_CENTIME = Decimal("0.01"), Decimal("0.005")


@dataclass(frozen=True)
class LigneComparee:
    """Une ligne du cadre et celle de l'entreprise.

    `calcule` : la quantité du cadre par le prix de l'entreprise.
    """

    cadre: Ligne | None
    recue: Ligne | None
    calcule: Decimal | None
    constats: tuple[Constat, ...] = ()


@dataclass(frozen=True)
class Comparaison:
    """`total_ecrit` : celui que l'entreprise annonce. `total_des_montants` : la somme de ses
    montants. `total_calcule` : les quantités du cadre par ses prix. Ils devraient être égaux ;
    sinon l'acheteur dit lequel vaut.
    """

    lignes: tuple[LigneComparee, ...]
    constats: tuple[Constat, ...]
    total_ecrit: Decimal | None
    total_des_montants: Decimal
    total_calcule: Decimal
    est_complete: bool

    @property
    def est_conforme(self) -> bool:
        """Aucune cellule changée, aucun prix absent, aucune erreur de calcul."""
        return not self.constats


def comparer(cadre: Bordereau, recu: Bordereau) -> Comparaison:
    """Chaque ligne du cadre, puis celles que l'entreprise a ajoutées, puis les totaux."""
    paires = list(_apparier(cadre.lignes, recu.lignes))
    lignes = tuple(_comparer_une_ligne(c, r, cadre, recu) for c, r in paires)
    calcule = sum((ligne.calcule for ligne in lignes if ligne.calcule is not None), Decimal(0))
    ecrit = total_ecrit(recu)
    montants = sum(
        (montant for ligne in recu.lignes if (montant := _montant(ligne)) is not None), Decimal(0)
    )
    constats = (*(c for ligne in lignes for c in ligne.constats), *totaux_faux(recu))
    complete = all(ligne.calcule is not None for ligne in lignes if ligne.cadre is not None)
    return Comparaison(lignes, constats, ecrit, montants, calcule, complete)


def verifier(recu: Bordereau) -> tuple[Constat, ...]:
    """Sans cadre : les seules erreurs de calcul, et les prix nuls."""
    lignes = [
        c
        for ligne in recu.lignes
        for c in (*_calcul_faux(ligne, recu), *_prix_a_regarder(ligne, recu))
    ]
    return (*lignes, *totaux_faux(recu))


def total_ecrit(recu: Bordereau) -> Decimal | None:
    """Le dernier total hors taxes ;
    sur plusieurs feuilles sans total général, la somme de leurs derniers.
    """
    totaux = [total for total in recu.totaux if total.sorte == "total"]
    generaux = [
        total
        for total in totaux
        if "général" in total.libelle.casefold() or "general" in total.libelle.casefold()
    ]
    if generaux:
        return generaux[-1].montant
    derniers = {total.feuille: total.montant for total in totaux}
    feuilles = {ligne.feuille for ligne in recu.lignes}
    return sum(derniers.values(), Decimal(0)) if derniers and set(derniers) >= feuilles else None


def _apparier(
    cadre: Sequence[Ligne], recu: Sequence[Ligne]
) -> Iterator[tuple[Ligne | None, Ligne | None]]:
    """Par le numéro, puis par la désignation, puis par la place :
    ce qui reste manque, ou s'ajoute.
    """
    trouvees: dict[int, Ligne] = {}
    prises: set[int] = set()
    for cle in (_cle_entiere, _cle_numero, _cle_designation, _cle_place):
        libres = _uniques([ligne for ligne in recu if id(ligne) not in prises], cle)
        for repere, ligne in _uniques(
            [ligne for ligne in cadre if id(ligne) not in trouvees], cle
        ).items():
            if repere in libres:
                trouvees[id(ligne)] = libres[repere]
                prises.add(id(libres[repere]))
    for ligne in cadre:
        yield ligne, trouvees.get(id(ligne))
    for ligne in recu:
        if id(ligne) not in prises:
            yield None, ligne


def _uniques(
    lignes: Sequence[Ligne], cle: Callable[[Ligne], tuple[str, ...]]
) -> dict[tuple[str, ...], Ligne]:
    """Les lignes dont la clé n'est à aucune autre ; une clé vide n'en est pas une."""
    cles = [cle(ligne) for ligne in lignes]
    fois = Counter(cles)
    return {c: ligne for c, ligne in zip(cles, lignes, strict=True) if fois[c] == 1 and all(c)}


def _cle_entiere(ligne: Ligne) -> tuple[str, ...]:
    return (ligne.feuille, plie(ligne.numero), plie(ligne.designation))


def _cle_numero(ligne: Ligne) -> tuple[str, ...]:
    return (plie(ligne.numero),)


def _cle_designation(ligne: Ligne) -> tuple[str, ...]:
    return (plie(ligne.designation),)


def _cle_place(ligne: Ligne) -> tuple[str, ...]:
    return (ligne.feuille, str(ligne.rang))


def plie(texte: str) -> str:
    """Casse, espaces, apostrophes, exposants ne font pas une différence : « m² » est « M2 »."""
    return " ".join(
        unicodedata.normalize("NFKC", texte).casefold().replace("’", "'").split()
    ).rstrip(". :")


def _comparer_une_ligne(
    cadre: Ligne | None, recue: Ligne | None, du_cadre: Bordereau, du_recu: Bordereau
) -> LigneComparee:
    if recue is None:
        assert cadre is not None
        nom = _nom(cadre)
        constat = Constat(
            "ligne_manquante",
            f"La ligne {nom} du cadre manque.",
            cadre.feuille,
            du_cadre.adresse(cadre, "designation"),
            avant=nom,
        )
        return LigneComparee(cadre, None, None, (constat,))
    if cadre is None:
        phrase = f"L'entreprise a ajouté la ligne {_nom(recue)}, que le cadre n'a pas."
        effet = -(_montant(recue) or Decimal(0))
        ajout = Constat(
            "ligne_ajoutee",
            phrase,
            recue.feuille,
            du_recu.adresse(recue, "designation"),
            apres=_nom(recue),
            effet_ht=effet,
        )
        return LigneComparee(None, recue, None, (ajout, *_calcul_faux(recue, du_recu)))
    constats = (
        *_textes_changes(cadre, recue, du_recu),
        *_quantite_changee(cadre, recue, du_recu),
        *_prix_a_regarder(recue, du_recu),
        *_calcul_faux(recue, du_recu),
    )
    return LigneComparee(cadre, recue, _calcule(cadre, recue), constats)


def _calcule(cadre: Ligne, recue: Ligne) -> Decimal | None:
    """La quantité du cadre fait foi si elle existe ;
    sans quantité, c'est un prix unitaire, ou un forfait.
    """
    quantite = cadre.quantite if cadre.quantite is not None else recue.quantite
    if recue.prix_unitaire is not None:
        return au_centime(recue.prix_unitaire * (quantite if quantite is not None else 1))
    return recue.montant


def _montant(ligne: Ligne) -> Decimal | None:
    if ligne.montant is not None:
        return ligne.montant
    return _calcule(ligne, ligne)


def _textes_changes(cadre: Ligne, recue: Ligne, du_recu: Bordereau) -> Iterator[Constat]:
    for role, dit in (
        ("numero", "Le numéro"),
        ("designation", "La désignation"),
        ("unite", "L'unité"),
    ):
        avant, apres = getattr(cadre, role), getattr(recue, role)
        if plie(avant) != plie(apres) and avant:
            verbe = "a été changé" if role == "numero" else "a été changée"
            phrase = (
                f"{dit} de la ligne {_nom(cadre)} {verbe} : "
                f"« {_court(avant)} » est devenu « {_court(apres)} »."
            )
            yield Constat(
                f"{role}_change", phrase, recue.feuille, du_recu.adresse(recue, role), avant, apres
            )


def _quantite_changee(cadre: Ligne, recue: Ligne, du_recu: Bordereau) -> Iterator[Constat]:
    if cadre.quantite is None or recue.quantite == cadre.quantite:
        return
    avant, apres = _ecrit(cadre.quantite), _ecrit(recue.quantite)
    effet = None
    if recue.prix_unitaire is not None and recue.quantite is not None:
        effet = au_centime((cadre.quantite - recue.quantite) * recue.prix_unitaire)
    phrase = (
        f"La quantité de la ligne {_nom(cadre)} a été changée : "
        f"{avant} est devenu {apres or 'vide'}."
    )
    yield Constat(
        "quantite_change",
        phrase,
        recue.feuille,
        du_recu.adresse(recue, "quantite"),
        avant,
        apres,
        effet,
    )


def _prix_a_regarder(recue: Ligne, du_recu: Bordereau) -> Iterator[Constat]:
    role = (
        "prix_unitaire"
        if any("prix_unitaire" in f.colonnes for f in du_recu.feuilles if f.nom == recue.feuille)
        else "montant"
    )
    prix = recue.prix_unitaire if role == "prix_unitaire" else recue.montant
    adresse = du_recu.adresse(recue, role)
    if prix is None:
        yield Constat(
            "prix_manquant", f"La ligne {_nom(recue)} n'a pas de prix.", recue.feuille, adresse
        )
    elif prix == 0:
        mot = recue.mentions.get(role, "")
        raison = f" (« {mot} »)" if mot else ""
        yield Constat(
            "prix_nul",
            f"Le prix de la ligne {_nom(recue)} est zéro{raison}.",
            recue.feuille,
            adresse,
            apres="0",
        )
    elif prix < 0:
        yield Constat(
            "prix_negatif",
            f"Le prix de la ligne {_nom(recue)} est négatif.",
            recue.feuille,
            adresse,
            apres=_ecrit(prix),
        )


def _calcul_faux(ligne: Ligne, recu: Bordereau) -> Iterator[Constat]:
    """Quantité × prix unitaire, à un demi-centime près : un arrondi n'est pas une erreur."""
    if ligne.quantite is None or ligne.prix_unitaire is None or ligne.montant is None:
        return
    calcule = ligne.quantite * ligne.prix_unitaire
    if abs(calcule - ligne.montant) <= DEMI_CENTIME:
        return
    arrondi = au_centime(calcule)
    phrase = (
        f"Ligne {_nom(ligne)} : {_ecrit(ligne.quantite)} × {_ecrit(ligne.prix_unitaire)} font "
        f"{_ecrit(arrondi)}, "
        f"et le montant écrit est {_ecrit(ligne.montant)}."
    )
    yield Constat(
        "montant_faux",
        phrase,
        ligne.feuille,
        recu.adresse(ligne, "montant"),
        _ecrit(ligne.montant),
        _ecrit(arrondi),
        arrondi - ligne.montant,
    )


def totaux_faux(recu: Bordereau) -> Iterator[Constat]:
    """Un total doit être la somme des lignes depuis le début, ou depuis un total qui le précède."""
    for feuille in dict.fromkeys(total.feuille for total in recu.totaux):
        montants = [
            _montant(ligne) or Decimal(0) for ligne in recu.lignes if ligne.feuille == feuille
        ]
        bornes = [0]
        for total in (t for t in recu.totaux if t.feuille == feuille and t.sorte != "taxes"):
            yield from _total_faux(total, montants, bornes, recu)
            bornes.append(total.lignes_avant)


def _total_faux(
    total: Total, montants: Sequence[Decimal], bornes: Sequence[int], recu: Bordereau
) -> Iterator[Constat]:
    attendus = [
        sum(montants[borne : total.lignes_avant], Decimal(0)) for borne in sorted(set(bornes))
    ]
    if total.sorte == "total":
        attendus.append(sum((_montant(ligne) or Decimal(0) for ligne in recu.lignes), Decimal(0)))
    tolerance = DEMI_CENTIME * max(len(montants), 1)
    if any(abs(attendu - total.montant) <= tolerance for attendu in attendus):
        return
    attendu = au_centime(attendus[-1] if total.sorte == "sous-total" else attendus[0])
    colonne = next(
        (f.colonnes.get("montant", "") for f in recu.feuilles if f.nom == total.feuille), ""
    )
    phrase = (
        f"« {_court(total.libelle)} » : les lignes font {_ecrit(attendu)}, "
        f"et le total écrit est {_ecrit(total.montant)}."
    )
    yield Constat(
        "total_faux",
        phrase,
        total.feuille,
        f"{colonne}{total.rang}",
        _ecrit(total.montant),
        _ecrit(attendu),
        attendu - total.montant,
    )


def au_centime(montant: Decimal) -> Decimal:
    return montant.quantize(CENTIME, ROUND_HALF_UP)


def _ecrit(nombre: Decimal | None) -> str:
    """« 1234,5 » : le nombre exact, sans zéro de trop."""
    if nombre is None:
        return ""
    texte = f"{nombre:f}"
    return (texte.rstrip("0").rstrip(".") if "." in texte else texte).replace(".", ",")


def _nom(ligne: Ligne) -> str:
    return " ".join(
        part
        for part in (ligne.numero, f"« {_court(ligne.designation)} »" if ligne.designation else "")
        if part
    )


def _court(texte: str) -> str:
    return texte if len(texte) <= 80 else f"{texte[:79]}…"
