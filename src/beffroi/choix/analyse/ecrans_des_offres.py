"""Ce que les pages d'une offre et des résultats montrent."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from beffroi.achat.preparation.queries import achat_de
from beffroi.choix.analyse import bordereaux, cotation, dessins, queries, questions_de_prix
from beffroi.choix.analyse.ecrans import a_retenir
from beffroi.choix.analyse.grille import en_clair
from beffroi.choix.analyse.queries.lecture import Analyse, LigneDOffre
from beffroi.choix.analyse.rules import classement as regles_du_classement
from beffroi.choix.analyse.rules import qualification, substitution

QUALIFIEES = ("irreguliere", "inacceptable", "inappropriee")


def offre(analyse: Analyse, ligne: LigneDOffre, *, le: datetime) -> dict[str, Any]:
    """Les fichiers de l'offre, ce que chaque qualification entraîne ici,
    et la question de prix s'il y en a une.
    """
    fichiers = bordereaux.fichiers_de(ligne.offre)
    soupcon = next(
        (s for autre, s in questions_de_prix.soupcons(analyse, le=le) if autre is ligne), None
    )
    achat = achat_de(analyse.consultation, le=le)
    cadre = qualification.cadre_de(
        analyse.consultation.type_de_procedure, negociation_prevue=achat.offre.negociation.prevue
    )
    return {
        "fichiers": fichiers,
        "tableaux": bordereaux.tableaux(fichiers),
        "soupcon": soupcon,
        "question": questions_de_prix.question_a(
            ligne.offre.pli.equipe_id, analyse.consultation.pk, le=le
        ),
        "effets": [
            (qualification.DEFINITIONS[cle], qualification.effets(cle, cadre=cadre))  # type: ignore[arg-type]
            for cle in QUALIFIEES
        ],
        "histoire": list(ligne.offre.montants.select_related("retenu_par").order_by("-pk")),
        "dites": list(ligne.offre.qualifications.select_related("prise_par").order_by("-pk")),
        "regime_des_variantes": achat.offre.variantes.regime or "",
    }


def montant_initial(ligne: LigneDOffre) -> dict[str, str]:
    montant = ligne.montant
    if montant is None:
        return {}
    pse = {
        f"pse_{p['numero']}_{quoi}": valeur
        for p in montant.pse
        for quoi, valeur in (("nom", p["intitule"]), ("montant", en_clair(Decimal(p["montant"]))))
    }
    return {
        "montant": en_clair(montant.montant),
        "provenance": montant.provenance,
        "vue": str(montant.pk),
        **pse,
    }


def qualification_initiale(ligne: LigneDOffre) -> dict[str, str]:
    dite = ligne.qualification
    return (
        {"qualification": dite.qualification, "motif": dite.motif, "vue": str(dite.pk)}
        if dite
        else {}
    )


def prix(analyse: Analyse, ligne: LigneDOffre, *, fichier: str, cadre: str) -> dict[str, Any]:
    """Le bordereau choisi, et le cadre choisi ; d'office, la première pièce de prix."""
    tableaux = bordereaux.tableaux(bordereaux.fichiers_de(ligne.offre))
    cadres = bordereaux.cadres(analyse.consultation)
    choisi = next(
        (f for f in tableaux if f.reference == fichier), tableaux[0] if tableaux else None
    )
    attendu = next(
        (piece for piece in cadres if piece.reference == cadre), cadres[0] if cadres else None
    )
    lus = (
        bordereaux.lire_les_prix(choisi, None if cadre == "aucun" else attendu) if choisi else None
    )
    return {
        "tableaux": tableaux,
        "cadres": cadres,
        "choisi": choisi,
        "attendu": None if cadre == "aucun" else attendu,
        "lus": lus,
        "montrees": _lignes_du_prix(lus)[: bordereaux.LIGNES_MONTREES] if lus else [],
    }


def _lignes_du_prix(lus: bordereaux.PrixLus) -> list[Any]:
    """Les lignes qui ont un constat d'abord, dans l'ordre du bordereau."""
    if lus.comparaison is None:
        return []
    return sorted(lus.comparaison.lignes, key=lambda ligne: not ligne.constats)


def classement(analyse: Analyse, *, le: datetime) -> dict[str, Any]:
    """Les rangs, la courbe du prix, la sensibilité, les offres à regarder, et qui vient ensuite."""
    criteres = cotation.criteres_notes(analyse)
    regles = (
        regles_du_classement.classer(cotation.offres_notees(analyse), criteres)
        if criteres
        else None
    )
    soupcons = questions_de_prix.soupcons(analyse, le=le)
    equipes = [ligne.offre.pli.equipe_id for ligne, _ in soupcons]
    questions = questions_de_prix.questions_a(equipes, analyse.consultation.pk, le=le)
    return {
        "classees": queries.classer(analyse),
        "manquent": a_retenir(analyse),
        "incompletes": regles.incompletes if regles else (),
        "regle": regles.regle if regles else "",
        "courbe": dessins.courbe(analyse),
        "bandes": dessins.bandes(analyse),
        "alertes": cotation.notes_des_prix(analyse).alertes,
        "soupcons": [
            (ligne, soupcon, questions[ligne.offre.pli.equipe_id]) for ligne, soupcon in soupcons
        ],
        "suivante": _suivante(regles),
    }


def _suivante(regles: regles_du_classement.Classement | None) -> substitution.Substitution | None:
    """À qui demander si le premier fait défaut, tant qu'il y a un premier et un second."""
    if regles is None or len(regles.lignes) < 2 or len(regles.premieres) != 1:
        return None
    return substitution.suivantes(
        regles, defaillantes=[regles.premieres[0].cle], defaillance="candidature"
    )
