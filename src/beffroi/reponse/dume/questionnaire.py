"""Chaque question d'un DUME en champ de formulaire, et sa saisie en réponse.

Rien ne se garde : tout est dans la page.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import slugify

from formats.dume.modele import Valeur
from formats.dume.questions import Question

OUI_NON = (("true", "Oui"), ("false", "Non"))
_NOMBRES = {"QUANTITY_INTEGER": 0, "QUANTITY_YEAR": 0, "QUANTITY": 4, "PERCENTAGE": 4}
LONGUEUR = 2000


def nom_de(question: str, suite: str = "") -> str:
    return f"q-{slugify(question)}{suite}"


def champs_de(question: Question) -> dict[str, forms.Field]:
    """Un champ, ou deux pour une période.

    Aucun n'est exigé d'office : c'est la réponse du dessus qui appelle.
    """
    libelle, genre = question.libelle, question.type
    if genre == "PERIOD":
        return {
            nom_de(question.id, "-du"): _jour(f"{libelle}, du"),
            nom_de(question.id, "-au"): _jour(f"{libelle}, au"),
        }
    return {nom_de(question.id): _champ(genre, libelle)}


def quand_repondre(
    question: Question, parmi: Sequence[Question], *, deduite: str, detaille: bool
) -> str:
    """Ce que l'étiquette annonce : obligatoire, ou dans quel cas, ou facultatif.

    `parmi` : les questions du critère. `deduite` : le cas où la première, que l'écran ne pose pas,
    vaut « oui ». `detaille` : le DUME simplifié n'est pas permis, un « oui » se détaille.
    """
    premiere = parmi[0]
    if question.id == premiere.id:
        return "obligatoire"
    if deduite and question.depend_de == premiere.id:
        return deduite
    if question.depend_de:
        dessus = next(autre.libelle for autre in parmi if autre.id == question.depend_de)
        reponse = dict(OUI_NON)[question.si].lower()
        return (
            f"si vous répondez {reponse} à « {dessus} »"
            if dessus.endswith("?")
            else f"si votre réponse est {reponse}"
        )
    return "si oui, un détail au moins" if detaille else "facultatif"


def _champ(genre: str, libelle: str) -> forms.Field:
    if genre == "INDICATOR":
        return forms.ChoiceField(
            label=libelle, choices=OUI_NON, widget=forms.RadioSelect, required=False
        )
    if genre == "DATE":
        return _jour(libelle)
    if genre == "AMOUNT":
        return forms.DecimalField(
            label=f"{libelle} (en euros)",
            max_digits=15,
            decimal_places=2,
            min_value=0,
            required=False,
        )
    if genre in _NOMBRES:
        return forms.DecimalField(
            label=libelle, max_digits=15, decimal_places=_NOMBRES[genre], required=False
        )
    if genre == "CODE_COUNTRY":
        return forms.RegexField(
            label=f"{libelle} (code à trois lettres, FRA pour la France)",
            regex=r"^[A-Z]{3}\Z",
            required=False,
        )
    if genre == "DESCRIPTION":
        return forms.CharField(
            label=libelle,
            max_length=LONGUEUR,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    return forms.CharField(label=libelle, max_length=400, required=False)


def _jour(libelle: str) -> forms.DateField:
    return forms.DateField(
        label=libelle,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def valeur_de(question: Question, saisi: dict[str, Any]) -> Valeur | None:
    """La réponse saisie ; rien si le champ est vide, ou la période incomplète."""
    if question.type == "PERIOD":
        du, au = (saisi.get(nom_de(question.id, suite)) for suite in ("-du", "-au"))
        if isinstance(du, date) and isinstance(au, date):
            return Valeur(type="PERIOD", texte=du.isoformat(), complement=au.isoformat())
        return None
    brut = saisi.get(nom_de(question.id))
    if brut in (None, ""):
        return None
    texte = f"{brut:f}" if question.type in (*_NOMBRES, "AMOUNT") else str(brut)
    complement = {"AMOUNT": "EUR", "QUANTITY_YEAR": "YEAR"}.get(question.type, "")
    return Valeur(type=question.type, texte=" ".join(texte.split()), complement=complement)


def initiales(
    posees: Iterable[Question], reponses: dict[str, tuple[Valeur, ...]]
) -> dict[str, str]:
    """Ce qu'un DUME repris met dans les champs : la première réponse à chaque question."""
    dites: dict[str, str] = {}
    for question in posees:
        for valeur in reponses.get(question.id, ())[:1]:
            if question.type == "PERIOD":
                dites |= {
                    nom_de(question.id, "-du"): valeur.texte,
                    nom_de(question.id, "-au"): valeur.complement,
                }
            else:
                dites[nom_de(question.id)] = _normale(question.type, valeur.texte)
    return dites


def _normale(genre: str, texte: str) -> str:
    return (
        {"1": "true", "0": "false"}.get(texte, texte) if genre == "INDICATOR" else texte[:LONGUEUR]
    )
