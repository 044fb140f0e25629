"""La forme de ce qui se saisit à l'analyse ;
ce qui est permis est dans les conditions et les règles.
"""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from beffroi.choix.analyse.models import GrilleDAnalyse, MontantRetenu, QualificationDOffre
from beffroi.choix.analyse.rules import formules
from beffroi.choix.analyse.services import ChoixDeGrille, Montant, Pse
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.models import FichierOuvert
from droit.achat import Critere, SousCritere

SORTES = ("prix", "coût", "technique", "délai", "environnement", "social", "autre")
PSE_PAR_OFFRE = 3


def nombre(texte: str) -> Decimal:
    """« 12,5 » ou « 12.5 » ; les espaces de milliers se taisent.

    Lève `ValueError` pour autre chose.
    """
    try:
        lu = Decimal("".join(texte.split()).replace(",", "."))
    except InvalidOperation as illisible:
        raise ValueError(f"« {texte} » n'est pas un nombre.") from illisible
    if not lu.is_finite():
        raise ValueError(f"« {texte} » n'est pas un nombre.")
    return lu


class NombreField(forms.CharField):
    """Un nombre à la française, gardé exact."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, decimales: int = 2, **options: Any) -> None:
        self.decimales = decimales
        super().__init__(max_length=20, **options)

    def clean(self, saisie: Any) -> Any:
        texte = super().clean(saisie)
        if not texte:
            return None
        try:
            lu = nombre(texte)
        except ValueError as illisible:
            raise forms.ValidationError(str(illisible)) from illisible
        if abs(lu) >= Decimal(10) ** 12 or lu != round(lu, self.decimales):
            raise forms.ValidationError(f"Écrivez un nombre à {self.decimales} décimales au plus.")
        return lu


class GrilleForm(forms.Form):
    """L'échelle et la formule ; les critères seulement quand la plateforme ne les connaît pas."""

    criteres = forms.CharField(
        label="Critères du règlement",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        help_text="Un critère par ligne : nom ; sorte ; poids. Les sortes : prix, coût, technique, "
        "délai, environnement, "
        "social, autre. Un sous-critère sur la ligne qui suit, après un tiret : - nom ; poids.",
    )
    echelle = NombreField(label="La note la plus haute d'une case", initial="10")
    formule = forms.ChoiceField(
        label="Comment le prix est noté",
        choices=[("", "Aucune formule"), *((f.code, f.nom) for f in formules.FORMULES.values())],
        required=False,
    )
    bas = NombreField(
        label="Prix bas, en euros",
        required=False,
        help_text="Pour la formule entre deux prix annoncés.",
    )
    haut = NombreField(
        label="Prix haut, en euros",
        required=False,
        help_text="Pour la formule entre deux prix annoncés.",
    )
    coefficient = NombreField(
        label="Coefficient", required=False, help_text="Pour la formule de l'écart. D'office : 1."
    )
    pse = forms.CharField(
        label="Prestations supplémentaires comptées",
        required=False,
        max_length=60,
        help_text=(
            "Leurs numéros, séparés par des virgules. Elles comptent pour toutes les offres, "
            "ou pour aucune."
        ),
    )
    motif = forms.CharField(
        label="Pourquoi la grille change",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *arguments: Any,
        publies: Sequence[Critere],
        derniere: GrilleDAnalyse | None,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        if publies:
            del self.fields["criteres"]
        if derniere is None:
            del self.fields["motif"]

    def clean_criteres(self) -> list[Critere]:
        try:
            return criteres_recopies(self.cleaned_data["criteres"])
        except ValueError as faute:
            raise forms.ValidationError(str(faute)) from faute

    def clean_pse(self) -> list[int]:
        morceaux = [
            morceau.strip() for morceau in self.cleaned_data["pse"].split(",") if morceau.strip()
        ]
        if not all(morceau.isdecimal() and 0 < int(morceau) < 100 for morceau in morceaux):
            raise forms.ValidationError("Écrivez des numéros séparés par des virgules : 1, 2.")
        return [int(morceau) for morceau in morceaux]

    def clean_echelle(self) -> Decimal:
        echelle: Decimal = self.cleaned_data["echelle"]
        if not 0 < echelle <= 100:
            raise forms.ValidationError("Une échelle va de plus de 0 à 100.")
        return echelle

    def choix(self) -> ChoixDeGrille:
        donnees = self.cleaned_data
        formule = formules.FORMULES.get(donnees["formule"])
        codes = [parametre.code for parametre in formule.parametres] if formule else []
        return ChoixDeGrille(
            echelle=donnees["echelle"],
            formule=donnees["formule"],
            parametres={code: donnees[code] for code in codes if donnees[code] is not None},
            pse=donnees["pse"],
            recopies=donnees.get("criteres", ()),
            motif=donnees.get("motif", ""),
        )


def criteres_recopies(texte: str) -> list[Critere]:
    """« Prix ; prix ; 40 », puis « - Méthode ; 30 » sous son critère.

    Lève `ValueError` en nommant la ligne.
    """
    lus: list[tuple[str, str, Decimal | None, list[SousCritere]]] = []
    for rang, ligne in enumerate(texte.splitlines(), start=1):
        parties = [partie.strip() for partie in ligne.split(";")]
        if not ligne.strip():
            continue
        if ligne.lstrip().startswith("-"):
            if not lus or len(parties) != 2:
                raise ValueError(
                    f"Ligne {rang} : un sous-critère s'écrit « - nom ; poids », sous son critère."
                )
            lus[-1][3].append(SousCritere(nom=parties[0].lstrip("- "), poids=nombre(parties[1])))
            continue
        if len(parties) not in (2, 3) or parties[1].lower() not in SORTES or not parties[0]:
            raise ValueError(
                f"Ligne {rang} : écrivez « nom ; sorte ; poids », "
                f"la sorte parmi {', '.join(SORTES)}."
            )
        poids = nombre(parties[2]) if len(parties) == 3 and parties[2] else None
        lus.append((parties[0], parties[1].lower(), poids, []))
    return [
        Critere(nom=nom, sorte=sorte, poids=poids, sous_criteres=tuple(sous))  # type: ignore[arg-type]
        for nom, sorte, poids, sous in lus
    ]


class NommerForm(forms.Form):
    """Qui note, parmi les agents de l'organisme."""

    personne = forms.ChoiceField(
        label="Qui note ?", error_messages={"required": "Choisissez une personne."}
    )

    def __init__(self, *arguments: Any, agents: Sequence[Utilisateur], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.agents = {agent.reference: agent for agent in agents}
        self.fields["personne"].choices = [  # type: ignore[attr-defined]
            ("", "Choisir"),
            *((r, a.nom) for r, a in self.agents.items()),
        ]

    def choisie(self) -> Utilisateur:
        return self.agents[self.cleaned_data["personne"]]


class MontantForm(forms.Form):
    """Le montant qu'une personne lit dans l'offre, et d'où il vient."""

    montant = NombreField(
        label="Montant hors taxes, en euros",
        error_messages={"required": "Écrivez le montant lu dans l'offre."},
    )
    provenance = forms.ChoiceField(
        label="D'où vient-il ?",
        choices=MontantRetenu.Provenance.choices,
        widget=forms.RadioSelect,
        initial="acte",
    )
    precision = forms.CharField(
        label="Comment il est obtenu",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=(
            "À écrire s'il n'est pas lu tel quel dans l'acte d'engagement, "
            "ou s'il en remplace un autre."
        ),
    )
    fichier = forms.ChoiceField(label="Le fichier qui le porte", required=False)
    vue = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, fichiers: Sequence[FichierOuvert], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fichiers = {fichier.reference: fichier for fichier in fichiers}
        self.fields["fichier"].choices = [  # type: ignore[attr-defined]
            ("", "Aucun"),
            *((r, f.nom) for r, f in self.fichiers.items()),
        ]
        for rang in range(1, PSE_PAR_OFFRE + 1):
            self.fields[f"pse_{rang}_nom"] = forms.CharField(
                label=f"Prestation supplémentaire {rang}", required=False, max_length=120
            )
            self.fields[f"pse_{rang}_montant"] = NombreField(
                label=f"Son montant hors taxes ({rang})", required=False
            )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        for rang in range(1, PSE_PAR_OFFRE + 1):
            if donnees.get(f"pse_{rang}_nom") and donnees.get(f"pse_{rang}_montant") is None:
                self.add_error(f"pse_{rang}_montant", "Écrivez le montant de cette prestation.")
        return donnees

    def choix(self) -> Montant:
        donnees = self.cleaned_data
        return Montant(
            montant=donnees["montant"],
            provenance=donnees["provenance"],
            precision=donnees["precision"],
            pse=[
                Pse(
                    rang,
                    donnees[f"pse_{rang}_nom"] or f"Prestation {rang}",
                    donnees[f"pse_{rang}_montant"],
                )
                for rang in range(1, PSE_PAR_OFFRE + 1)
                if donnees[f"pse_{rang}_montant"] is not None
            ],
            fichier=self.fichiers.get(donnees["fichier"]),
            vue=donnees["vue"],
        )


class QualificationForm(forms.Form):
    """Ce que l'acheteur dit de l'offre, et pourquoi."""

    qualification = forms.ChoiceField(
        label="Cette offre est",
        choices=QualificationDOffre.Qualification.choices,
        widget=forms.RadioSelect,
    )
    motif = forms.CharField(
        label="Pourquoi",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Ce qui manque ou dépasse, et la pièce du dossier qui l'exige. L'entreprise le lira."
        ),
    )
    vue = forms.CharField(required=False, widget=forms.HiddenInput)


class VarianteForm(forms.Form):
    intitule = forms.CharField(label="Ce que la variante propose", max_length=200)


class MotifForm(forms.Form):
    motif = forms.CharField(
        label="Pourquoi ?", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class RapportForm(forms.Form):
    """Ce que le rapport propose à qui décide."""

    proposition = forms.CharField(
        label="Ce que le rapport propose",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="À qui attribuer et pourquoi, ou ce qui empêche d'attribuer.",
    )
