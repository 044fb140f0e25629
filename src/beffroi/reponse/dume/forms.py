"""Le DUME d'une entreprise : qui elle est, ses exclusions, les critères demandés.

Une page, sans script, rien de gardé.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from beffroi.reponse.dume import questionnaire
from formats.dume import Dume
from formats.dume.composition import INFORMATIONS, permet_le_simplifie
from formats.dume.lecture import TAILLE_MAXIMALE
from formats.dume.modele import ROLES, TAILLES, Critere, Operateur, Partie, Representant, Valeur
from formats.dume.questions import Question, est_appelee, questions
from formats.dume.taxonomie import EXCLUSION, SELECTION, par_code

IDENTITE = (
    "raison_sociale",
    "identifiant",
    "adresse",
    "code_postal",
    "ville",
    "pays",
    "contact",
    "courriel",
    "telephone",
)
ROLE = ("role", "groupement", "membres", "taille")
REPRESENTANT = ("prenom", "nom", "qualite")
DEDUITS = ("eo-group", "sme")
EN_GROUPEMENT = ("group-lead", "group-mem")
REPONDEZ = "Répondez à cette question : votre réponse au-dessus l'appelle."
CE_QUI_SE_DEDUIT = {
    "eo-group": "si vous répondez à plusieurs",
    "sme": "si votre entreprise est petite ou moyenne",
}
SIMPLIFIE_REFUSE = "L'acheteur n'accepte pas le DUME simplifié : renseignez ce critère."


@dataclass(frozen=True)
class CritereSaisi:
    """Un critère à l'écran : sa case ou sa première question, puis les autres."""

    critere: Critere
    article: str
    coche: BoundField | None
    champs: tuple[BoundField, ...]
    exigences: tuple[str, ...]
    est_ouvert: bool


class DumeForm(forms.Form):
    """Les champs fixes ; ceux des critères s'ajoutent d'après la demande de l'acheteur."""

    raison_sociale = forms.CharField(label="Nom de l'entreprise", max_length=200)
    identifiant = forms.CharField(label="SIRET, ou numéro officiel hors de France", max_length=60)
    adresse = forms.CharField(label="Adresse", max_length=300, required=False)
    code_postal = forms.CharField(label="Code postal", max_length=20, required=False)
    ville = forms.CharField(label="Ville", max_length=120, required=False)
    pays = forms.RegexField(
        label="Pays (code à trois lettres)",
        regex=r"^[A-Z]{3}\Z",
        help_text="FRA pour la France, BEL pour la Belgique.",
        error_messages={"invalid": "Saisissez trois lettres majuscules, comme FRA."},
    )
    contact = forms.CharField(label="Personne à contacter", max_length=200, required=False)
    courriel = forms.EmailField(
        label="Adresse électronique",
        required=False,
        error_messages={"invalid": "Saisissez une adresse, par exemple nom@entreprise.fr."},
    )
    telephone = forms.CharField(label="Téléphone", max_length=40, required=False)
    taille = forms.ChoiceField(
        label="Taille de l'entreprise", choices=[("", "Choisissez"), *TAILLES.items()]
    )
    role = forms.ChoiceField(label="Votre rôle dans la réponse", choices=list(ROLES.items()))
    groupement = forms.CharField(label="Nom du groupement", max_length=200, required=False)
    membres = forms.CharField(
        label="Autres membres du groupement",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Chaque entreprise et son SIRET.",
    )
    prenom = forms.CharField(label="Prénom de qui engage l'entreprise", max_length=120)
    nom = forms.CharField(label="Son nom", max_length=120)
    qualite = forms.CharField(label="Sa fonction", max_length=120, required=False)
    lots = forms.MultipleChoiceField(label="Lots visés", widget=forms.CheckboxSelectMultiple)
    sur_l_honneur = forms.BooleanField(
        label=(
            "Je déclare sur l'honneur n'être dans aucun autre cas d'exclusion que "
            "ceux que j'ai cochés."
        ),
        error_messages={
            "required": (
                "Cochez cette déclaration, ou cochez les cas qui vous concernent puis celle-ci."
            )
        },
    )
    confirme = forms.BooleanField(
        label="Je confirme que tout est exact aujourd'hui, y compris ce qui vient d'un autre DUME.",
        error_messages={
            "required": "Relisez, puis confirmez : ce que vous reprenez doit être encore exact."
        },
    )

    def __init__(self, *args: Any, demande: Dume, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.demande = demande
        self.conditions = dict.fromkeys(("groupement", "membres"), CE_QUI_SE_DEDUIT["eo-group"])
        allotie = [lot for lot in demande.lots if lot != "LOT-0000"]
        if allotie:
            self.fields["lots"].choices = [(lot, f"Lot {int(lot[4:])}") for lot in allotie]  # type: ignore[attr-defined]
        else:
            del self.fields["lots"]
        for critere in demande.criteres:
            if _famille(critere) == EXCLUSION:
                self.fields[case(critere)] = forms.BooleanField(
                    label="Je suis dans ce cas", required=False
                )
            for question in self.posees(critere):
                champs = questionnaire.champs_de(question)
                self.fields.update(champs)
                self.conditions |= dict.fromkeys(champs, self._quand(critere, question))

    def _quand(self, critere: Critere, question: Question) -> str:
        famille = _famille(critere)
        deduite = (
            "si vous êtes dans ce cas"
            if famille == EXCLUSION
            else CE_QUI_SE_DEDUIT.get(critere.code, "")
        )
        detaille = famille == SELECTION and not permet_le_simplifie(self.demande)
        return questionnaire.quand_repondre(
            question, questions(critere), deduite=deduite, detaille=detaille
        )

    def posees(self, critere: Critere) -> list[Question]:
        """Les questions du critère,
        sauf la première quand une case ou un autre champ y répond déjà.
        """
        toutes = questions(critere)
        if critere.code == "eo-group":
            return []
        sans_la_premiere = _famille(critere) == EXCLUSION or critere.code in DEDUITS
        return [q for q in toutes if not sans_la_premiere or q.id != toutes[0].id]

    def exclusions(self) -> Iterator[CritereSaisi]:
        return (
            self._saisi(critere)
            for critere in self.demande.criteres
            if _famille(critere) == EXCLUSION
        )

    def criteres_demandes(self) -> Iterator[CritereSaisi]:
        return (
            self._saisi(critere)
            for critere in self.demande.criteres
            if _famille(critere) == SELECTION
        )

    def informations(self) -> Iterator[CritereSaisi]:
        return (
            self._saisi(c)
            for c in self.demande.criteres
            if c.code in INFORMATIONS and c.code != "eo-group"
        )

    def _saisi(self, critere: Critere) -> CritereSaisi:
        champs = tuple(
            self[nom] for q in self.posees(critere) for nom in questionnaire.champs_de(q)
        )
        coche = self[case(critere)] if case(critere) in self.fields else None
        ouvert = bool(coche and coche.value()) or any(champ.errors for champ in champs)
        dites = tuple(
            p.exigence.texte
            for p in critere.proprietes()
            if p.exigence and p.type != "LOT_IDENTIFIER"
        )
        return CritereSaisi(critere, critere.article, coche, champs, dites, ouvert)

    def clean(self) -> dict[str, Any]:
        saisi = super().clean() or {}
        self.reponses: dict[str, tuple[Valeur, ...]] = {}
        if saisi.get("role") in EN_GROUPEMENT and not (
            saisi.get("groupement") and saisi.get("membres")
        ):
            self.add_error("groupement", "Nommez le groupement, et ses autres membres.")
        for critere in self.demande.criteres:
            self._repondre(critere, saisi)
        return saisi

    def _repondre(self, critere: Critere, saisi: dict[str, Any]) -> None:
        toutes = questions(critere)
        deduite = self._deduite(critere, saisi)
        if deduite is not None:
            self.reponses[toutes[0].id] = (
                Valeur(type="INDICATOR", texte="true" if deduite else "false"),
            )
        if critere.code == "eo-group" and deduite:
            self._groupement(toutes, saisi)
        for question in self.posees(critere):
            if not est_appelee(question, self.reponses):
                continue
            valeur = questionnaire.valeur_de(question, saisi)
            if valeur is not None:
                self.reponses[question.id] = (valeur,)
            elif question.depend_de or question.id == toutes[0].id:
                self._exiger(question)
        if _famille(critere) == SELECTION and not permet_le_simplifie(self.demande):
            self._exiger_le_detail(toutes)

    def _deduite(self, critere: Critere, saisi: dict[str, Any]) -> bool | None:
        """La première réponse, quand un autre champ la donne :
        la case cochée, le rôle, la taille.
        """
        if _famille(critere) == EXCLUSION:
            return bool(saisi.get(case(critere)))
        if critere.code == "eo-group":
            return saisi.get("role") in EN_GROUPEMENT
        return (
            saisi.get("taille") in ("micro", "small", "medium", "sme")
            if critere.code == "sme"
            else None
        )

    def _groupement(self, toutes: list[Question], saisi: dict[str, Any]) -> None:
        dits = {"CODE": saisi.get("role") or "", "DESCRIPTION": saisi.get("membres") or ""}
        for question in toutes[1:3]:
            self.reponses[question.id] = (
                Valeur(type=question.type, texte=" ".join(dits[question.type].split())),
            )
        self.reponses[toutes[3].id] = (
            Valeur(type="DESCRIPTION", texte=saisi.get("groupement") or ""),
        )

    def _exiger(self, question: Question) -> None:
        for nom in questionnaire.champs_de(question):
            if nom not in self.errors and not self.cleaned_data.get(nom):
                self.add_error(nom, _manque(question))

    def _exiger_le_detail(self, toutes: list[Question]) -> None:
        """Le DUME simplifié n'est pas permis : qui remplit le critère en dit plus que « oui »."""
        premiere, *autres = toutes
        dite = self.reponses.get(premiere.id, ())
        en_dit_plus = any(
            q.id in self.reponses for q in autres if q.type != "INDICATOR" or q.depend_de == ""
        )
        if autres and dite and dite[0].texte == "true" and not en_dit_plus:
            nom = next(n for q in autres if not q.depend_de for n in questionnaire.champs_de(q))
            if nom not in self.errors:
                self.add_error(nom, SIMPLIFIE_REFUSE)

    def operateur(self) -> Operateur:
        dit = self.cleaned_data
        partie = Partie(
            nom=dit["raison_sociale"],
            identifiant=dit["identifiant"],
            pays=dit["pays"],
            rue=dit["adresse"],
            ville=dit["ville"],
            code_postal=dit["code_postal"],
            contact=dit["contact"],
            telephone=dit["telephone"],
            courriel=dit["courriel"],
        )
        qui = Representant(
            prenom=dit["prenom"], nom=dit["nom"], pays=dit["pays"], qualite=dit["qualite"]
        )
        groupement = dit["groupement"] if dit["role"] in EN_GROUPEMENT else ""
        return Operateur(
            partie=partie,
            role=dit["role"],
            taille=dit["taille"],
            groupement=groupement,
            representants=(qui,),
        )


class RepriseForm(forms.Form):
    """Un DUME déjà fait, pour ne pas tout retaper (CCP, art. R. 2143-4)."""

    ancien = forms.FileField(
        label="Un DUME que vous avez déjà (XML)",
        error_messages={"required": "Choisissez le fichier XML de votre DUME."},
    )

    def clean_ancien(self) -> Any:
        fichier = self.cleaned_data["ancien"]
        if fichier.size > TAILLE_MAXIMALE:
            raise forms.ValidationError("Ce fichier dépasse 5 Mo : ce n'est pas un DUME.")
        return fichier


def _manque(question: Question) -> str:
    if question.depend_de:
        return REPONDEZ
    return (
        "Répondez par oui ou par non."
        if question.type == "INDICATOR"
        else "Répondez à cette question."
    )


def case(critere: Critere) -> str:
    return f"exclu-{critere.code}"


def _famille(critere: Critere) -> str:
    return par_code()[critere.code].famille
