"""La grille d'un lot dans un tableur : chaque offre, chaque case, chaque évaluateur.

Aucune cellule ne devient une formule.
"""

from decimal import Decimal

from beffroi.choix.analyse import queries
from beffroi.choix.analyse.queries.lecture import Analyse, LigneDOffre
from beffroi.choix.analyse.rapport import libelle
from formats.tableur import Cellule, Feuille

ENTETES = (
    "Rang",
    "Offre",
    "Critère",
    "Case",
    "Poids",
    "Évaluateur",
    "Note",
    "Commentaire",
    "Note retenue",
    "Motif",
)
LARGEURS = (1.5, 5.0, 4.0, 4.0, 1.8, 4.0, 2.0, 8.0, 2.5, 6.0)


def feuille(analyse: Analyse) -> Feuille:
    """Une ligne par case et par évaluateur ; au moins une par case, pour ce qui est retenu."""
    rangs = {(o.pli.pk, o.variante): o for o in queries.classer(analyse)}
    lignes = [
        rangee
        for ligne in analyse.offres
        for rangee in _rangees(analyse, ligne, rangs[ligne.offre.pli_id, ligne.offre.variante])
    ]
    return Feuille(titre="Analyse des offres", entetes=ENTETES, largeurs=LARGEURS, lignes=lignes)


def _rangees(
    analyse: Analyse, ligne: LigneDOffre, place: queries.OffreClassee
) -> list[tuple[Cellule, ...]]:
    rang: Cellule = (
        place.rang
        if place.rang is not None
        else libelle(place.elimination)
        if place.elimination
        else ""
    )
    rangees: list[tuple[Cellule, ...]] = [
        (
            rang,
            ligne.nom,
            "Montant hors taxes",
            "",
            "",
            "",
            _nombre(ligne.montant_classe),
            "",
            _nombre(place.note),
            ligne.motif,
        )
    ]
    for case in analyse.cases:
        retenue = ligne.retenues.get(case.cle)
        fin = (_nombre(retenue.valeur), retenue.motif) if retenue else ("", "")
        notes = [n for e in analyse.evaluateurs if (n := ligne.notes.get(case.cle, {}).get(e.pk))]
        noms = {e.pk: e.utilisateur.nom for e in analyse.evaluateurs}
        debut = (rang, ligne.nom, case.critere, case.nom, _nombre(case.poids))
        rangees += [
            (*debut, noms[n.evaluateur_id], _nombre(n.valeur), n.commentaire, *fin) for n in notes
        ]
        if not notes:
            rangees.append((*debut, "", "", retenue.commentaire if retenue else "", *fin))
    return rangees


def _nombre(valeur: Decimal | None) -> Cellule:
    return "" if valeur is None else valeur
