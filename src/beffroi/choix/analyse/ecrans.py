"""Ce que les pages de l'analyse montrent, prêt à l'emploi."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from beffroi.achat.consultations.models import Consultation, Lot
from beffroi.choix.analyse import cotation, dessins, queries
from beffroi.choix.analyse.grille import Case, ecrire, en_clair, lire
from beffroi.choix.analyse.models import Evaluateur, Note, NoteRetenue
from beffroi.choix.analyse.queries.lecture import (
    Analyse,
    LigneDOffre,
    LotAAnalyser,
    analyse_de,
    analyses_de,
)
from beffroi.choix.analyse.rules import formules
from beffroi.choix.analyse.services import criteres_publies
from beffroi.choix.analyse.services.grille import un_prix_est_connu
from beffroi.choix.analyse.services.notes import moyennes_de
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.queries import agents_de


@dataclass(frozen=True)
class Etape:
    """Un pas de l'analyse : fait ou à faire, ce qu'il en est, et la page où il se fait."""

    nom: str
    fait: bool
    phrase: str
    route: str
    # Les évaluateurs se nomment pour la consultation entière.
    du_lot: bool = True
    ancre: str = ""


def lots(consultation: Consultation, tous: Sequence[Lot]) -> list[dict[str, Any]]:
    """Une ligne par lot : combien d'offres, et où l'on en est."""
    ouverts = queries.lots_ouverts(consultation)
    analyses = analyses_de([LotAAnalyser(consultation, lot.numero) for lot in tous])
    return [
        {
            "lot": lot,
            "offres": len(analyse.offres),
            "phrase": phrase_de(analyse, ouvertes=lot.numero in ouverts),
        }
        for lot, analyse in zip(tous, analyses, strict=True)
    ]


def phrase_de(analyse: Analyse, *, ouvertes: bool) -> str:
    """Où en est l'analyse d'un lot, en une phrase."""
    if not ouvertes:
        return (
            "Les offres ne sont pas ouvertes."
            if analyse.grille is None
            else "La grille est prête, les offres fermées."
        )
    if analyse.rapport:
        return "Le rapport est validé."
    if analyse.grille is None:
        return "La grille est à arrêter."
    if not analyse.offres:
        return "Les offres ouvertes sont à inscrire."
    manquent = a_retenir(analyse)
    return (
        f"Il reste {manquent} note{'s' if manquent > 1 else ''} à retenir."
        if manquent
        else "Les offres sont classées."
    )


def a_retenir(analyse: Analyse) -> int:
    return sum(
        case.cle not in ligne.retenues
        for ligne in analyse.en_course
        for case in analyse.cases_a_noter
    )


def lot(consultation: Consultation, cle: int | None, personne: Utilisateur) -> dict[str, Any]:
    """L'état du lot, ses étapes, ses offres."""
    analyse = analyse_de(consultation, cle)
    ouvertes = queries.ouvertures_d_offres(consultation, cle)
    inscrites = {ligne.offre.pli_id for ligne in analyse.offres}
    mien = next(
        (e for e in analyse.evaluateurs if e.utilisateur_id == personne.pk and e.retire_le is None),
        None,
    )
    classees = {(o.pli.pk, o.variante): o for o in queries.classer(analyse)} if ouvertes else {}
    return {
        "analyse": analyse,
        "ouvertes": bool(ouvertes),
        "a_inscrire": len({o.pli_id for o in ouvertes} - inscrites),
        "etapes": etapes(analyse) if ouvertes else [],
        "lignes": [
            (ligne, classees.get((ligne.offre.pli_id, ligne.offre.variante)))
            for ligne in analyse.offres
        ],
        "mien": mien,
        "mes_notes": notes_manquantes(analyse, mien) if mien else 0,
    }


def etapes(analyse: Analyse) -> list[Etape]:
    montants = sum(ligne.montant is None for ligne in analyse.en_course)
    manquent, notent = a_retenir(analyse), [e for e in analyse.evaluateurs if e.note]
    tous_notent = bool(notent) and not any(notes_manquantes(analyse, e) for e in notent)
    dits = (
        f"{len(notent)} peuvent noter" if notent else "Personne ne peut noter encore",
        f"{montants} à retenir" if montants else "Tous retenus",
        f"{manquent} à retenir" if manquent else "Toutes retenues",
    )
    return [
        Etape(
            "Grille",
            analyse.grille is not None,
            "Critères, échelle, formule du prix",
            "analyse:grille",
        ),
        Etape("Évaluateurs", bool(notent), dits[0], "analyse:evaluateurs", du_lot=False),
        Etape("Notes des évaluateurs", tous_notent, "Chacun sa grille", "analyse:notes"),
        Etape(
            "Montants",
            bool(analyse.offres) and not montants,
            dits[1],
            "analyse:lot",
            ancre="#offres",
        ),
        Etape(
            "Notes retenues", bool(analyse.offres) and not manquent, dits[2], "analyse:comparaison"
        ),
        Etape(
            "Rapport d'analyse",
            analyse.rapport is not None,
            "Classement, raisons, proposition",
            "analyse:rapport",
        ),
    ]


def notes_manquantes(analyse: Analyse, evaluateur: Evaluateur) -> int:
    """Ce que cette personne n'a pas encore noté, des offres en course."""
    return sum(
        (note := ligne.notes.get(case.cle, {}).get(evaluateur.pk)) is None or note.valeur is None
        for ligne in analyse.en_course
        for case in analyse.cases_a_noter
    )


def grille(consultation: Consultation, cle: int | None, *, le: datetime) -> dict[str, Any]:
    """Les critères publiés ou recopiés, et la courbe de la formule."""
    analyse = analyse_de(consultation, cle)
    publies = criteres_publies(consultation, cle, le=le)
    ouvertes = queries.sont_ouvertes(consultation, cle)
    gardee = analyse.grille
    montres = analyse.criteres or lire(ecrire(publies))
    return {
        "grille": gardee,
        "publies": publies,
        "criteres": montres,
        "prix_connu": ouvertes and un_prix_est_connu(consultation, cle),
        "formules": list(formules.FORMULES.values()),
        "courbe": dessins.courbe(analyse) if gardee and gardee.formule else None,
        "initial": _initial(analyse) if gardee else {},
        "analyse": analyse,
        "changeable": not analyse.est_close,
    }


def _initial(analyse: Analyse) -> dict[str, str]:
    gardee = analyse.grille
    if gardee is None:
        return {}
    lignes: list[str] = []
    for critere in analyse.criteres:
        poids = f" ; {critere.poids:f}" if critere.poids is not None else ""
        lignes.append(f"{critere.nom} ; {critere.sorte}{poids}")
        lignes += [
            f"- {sous.nom} ; {sous.poids:f}" for sous in critere.sous if sous.poids is not None
        ]
    return {
        "criteres": "\n".join(lignes),
        "echelle": en_clair(gardee.echelle),
        "formule": gardee.formule,
        **{code: str(valeur).replace(".", ",") for code, valeur in gardee.parametres.items()},
        "pse": ", ".join(str(numero) for numero in gardee.pse),
    }


def evaluateurs(
    consultation: Consultation, personne: Utilisateur, *, le: datetime
) -> dict[str, Any]:
    tous = list(
        Evaluateur.objects.filter(consultation=consultation).select_related(
            "utilisateur", "nomme_par"
        )
    )
    nommes = {e.utilisateur_id for e in tous if e.retire_le is None}
    agents = [
        h.utilisateur
        for h in agents_de(consultation.organisme, le)
        if h.utilisateur_id not in nommes
    ]
    return {
        "evaluateurs": tous,
        "nommables": agents,
        "mien": next(
            (e for e in tous if e.utilisateur_id == personne.pk and e.retire_le is None), None
        ),
    }


@dataclass(frozen=True)
class CaseNotee:
    """Une case d'un évaluateur, telle que la page la montre."""

    case: Case
    nom: str
    valeur: str
    vue: str
    commentaire: str = ""
    erreur: str = ""


def mes_notes(
    analyse: Analyse,
    evaluateur: Evaluateur,
    *,
    saisies: Mapping[str, str] | None = None,
    erreurs: Mapping[str, str] | None = None,
) -> list[tuple[LigneDOffre, list[CaseNotee]]]:
    """La grille d'un évaluateur : une ligne par offre, une case par critère.

    `saisies` : ce qu'il vient de taper.
    """
    saisies, erreurs = saisies or {}, erreurs or {}
    return [
        (
            ligne,
            [_case(ligne, case, evaluateur, saisies, erreurs) for case in analyse.cases_a_noter],
        )
        for ligne in analyse.en_course
    ]


def _case(
    ligne: LigneDOffre,
    case: Case,
    evaluateur: Evaluateur,
    saisies: Mapping[str, str],
    erreurs: Mapping[str, str],
) -> CaseNotee:
    note: Note | None = ligne.notes.get(case.cle, {}).get(evaluateur.pk)
    nom = f"n-{ligne.offre.reference}-{case.cle}"
    gardee = en_clair(note.valeur) if note and note.valeur is not None else ""
    return CaseNotee(
        case=case,
        nom=nom,
        valeur=saisies.get(nom, gardee),
        vue=str(note.pk) if note else "",
        commentaire=saisies.get(nom.replace("n-", "c-", 1), note.commentaire if note else ""),
        erreur=erreurs.get(nom, ""),
    )


@dataclass(frozen=True)
class CaseComparee:
    """Les notes des évaluateurs sur une case, leur moyenne, leur écart, et ce qui est retenu."""

    case: Case
    notes: tuple[tuple[Evaluateur, Note | None], ...]
    moyenne: Decimal | None
    ecart: Decimal | None
    retenue: NoteRetenue | None
    forte: bool


def comparaison(
    analyse: Analyse, offre: LigneDOffre | None = None
) -> list[tuple[LigneDOffre, list[CaseComparee]]]:
    """Chaque offre, chaque case : qui a noté quoi. Un écart du tiers de l'échelle se signale."""
    moyennes = moyennes_de(analyse.consultation, analyse.lot)
    notent = [e for e in analyse.evaluateurs if e.note]
    seuil = analyse.grille.echelle / 3 if analyse.grille else Decimal(0)
    lignes = [offre] if offre else analyse.en_course
    return [
        (ligne, [_comparee(ligne, case, notent, moyennes, seuil) for case in analyse.cases_a_noter])
        for ligne in lignes
    ]


def _comparee(
    ligne: LigneDOffre,
    case: Case,
    notent: Sequence[Evaluateur],
    moyennes: Mapping[tuple[int, str], Decimal | None],
    seuil: Decimal,
) -> CaseComparee:
    notes = tuple((e, ligne.notes.get(case.cle, {}).get(e.pk)) for e in notent)
    valeurs = [note.valeur for _, note in notes if note and note.valeur is not None]
    ecart = max(valeurs) - min(valeurs) if len(valeurs) > 1 else None
    return CaseComparee(
        case=case,
        notes=notes,
        moyenne=moyennes.get((ligne.offre.pk, case.cle)),
        ecart=ecart,
        retenue=ligne.retenues.get(case.cle),
        forte=ecart is not None and ecart > seuil,
    )


def peut_comparer(analyse: Analyse, personne: Utilisateur, *, conduit: bool) -> bool:
    """Chacun note sans voir les autres :
    la comparaison s'ouvre à un évaluateur quand il a tout noté.
    """
    mien = next(
        (e for e in analyse.evaluateurs if e.utilisateur_id == personne.pk and e.note), None
    )
    return conduit or mien is None or not notes_manquantes(analyse, mien)


def alertes_de_la_formule(analyse: Analyse) -> Sequence[Any]:
    return cotation.notes_des_prix(analyse).alertes
