"""Le résultat d'une entreprise sur papier : les mêmes faits que sa page."""

from collections.abc import Mapping
from datetime import datetime

from beffroi.choix.attribution import ecrans
from beffroi.choix.attribution.models import Lettre, SuiteDonnee
from beffroi.choix.attribution.queries.classement import nombre
from beffroi.choix.attribution.redaction import avantages_de
from formats.document import (
    Bloc,
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Paragraphe,
    SousTitre,
    Tableau,
    pdf,
    phrase,
)

Issue = SuiteDonnee.Issue


def resultat_pdf(lettre: Lettre, *, le: datetime) -> bytes:
    """Le PDF archivable : ce que l'entreprise a reçu, et ses notes, lot par lot."""
    vue, consultation = ecrans.resultat(lettre, le=le), lettre.consultation
    chapitres = [
        Chapitre(
            f"Lot {suite.attribution.lot}, {intitule}" if intitule else "Votre offre",
            tuple(blocs_de(suite)),
        )
        for suite, intitule, _ in vue["suites"]
    ]
    recue = tuple(Paragraphe(phrase(ligne)) for ligne in lettre.texte.splitlines() if ligne.strip())
    return pdf(
        Document(
            titre="Résultat de la consultation",
            objet=consultation.titre,
            reference=consultation.reference,
            emetteur=Emetteur(consultation.organisme.nom),
            etabli_le=le,
            ouverture=(
                Fiche(
                    (
                        ("Entreprise", phrase(lettre.equipe.nom)),
                        ("Lettre", phrase(f"{lettre.reference}, envoyée le {vue['envoyee']}")),
                    )
                ),
            ),
            chapitres=(*chapitres, Chapitre("La lettre que vous avez reçue", recue)),
        )
    )


def blocs_de(suite: SuiteDonnee) -> list[Bloc]:
    faits = [("Votre offre", phrase(suite.get_issue_display()))]
    if suite.elimination:
        faits.append(("Éliminée", phrase(suite.elimination)))
    if suite.rang:
        faits.append(("Votre place", phrase(str(suite.rang))))
    if suite.note is not None:
        faits.append(("Votre note", phrase(nombre(suite.note))))
    if suite.attribution.pli:
        plusieurs = len(suite.attribution.retenues) > 1
        faits.append(
            (
                "Entreprises retenues" if plusieurs else "Entreprise retenue",
                phrase(suite.attribution.noms),
            )
        )
    blocs: list[Bloc] = [Fiche(tuple(faits))]
    if suite.notes:
        lignes = tuple(
            (phrase(critere_de(n)), phrase(str(n["note"])), phrase(str(n["sur"])))
            for n in suite.notes
        )
        blocs.append(
            Tableau(
                legende="Vos notes",
                entetes=("Critère", "Note", "Sur"),
                lignes=lignes,
                largeurs=(4, 1, 1),
                a_droite=(1, 2),
            )
        )
    for titre, texte in textes_de(suite):
        blocs += [
            SousTitre(titre),
            *(Paragraphe(phrase(ligne)) for ligne in texte.splitlines() if ligne.strip()),
        ]
    return blocs


def critere_de(note: Mapping[str, str]) -> str:
    """« Valeur technique : le mémoire décrit chaque étape. »"""
    dit = note.get("dit") or ""
    return f"{note['nom']} : {dit}" if dit else str(note["nom"])


def textes_de(suite: SuiteDonnee) -> list[tuple[str, str]]:
    """Ce qui s'explique en phrases ;
    une offre éliminée n'a pas droit aux avantages de la retenue (R. 2181-4).
    """
    attribution = suite.attribution
    a_dire = suite.issue == Issue.REJETEE and not suite.elimination
    avantages = (
        avantages_de(attribution, "Caractéristiques et avantages de l'offre retenue")
        if a_dire
        else []
    )
    titre = (
        "Pourquoi personne n'est retenu" if suite.issue == Issue.SANS_SUITE else "Pourquoi ce choix"
    )
    dits = [
        ("Pourquoi votre offre n'est pas retenue", suite.motif),
        (titre, attribution.motif),
        *avantages,
    ]
    return [(nom, texte) for nom, texte in dits if texte]
