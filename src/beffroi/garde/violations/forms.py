"""Les formulaires du registre des violations : la forme ici, ce qui est dû dans les règles."""

from typing import Any

from django import forms

from beffroi.garde.violations import queries
from beffroi.garde.violations.models import Violation
from beffroi.garde.violations.services.declaration import Faits, Precision
from beffroi.garde.violations.states import Cas, Risque
from beffroi.socle.guichet.champs import textes
from beffroi.socle.guichet.champs.cle_d_envoi import CleDEnvoiField
from beffroi.socle.guichet.champs.dates import HeureField, JourField, instant

ATTEINTES = (
    ("confidentialite", "Lues ou divulguées sans droit"),
    ("integrite", "Changées sans droit"),
    ("disponibilite", "Perdues, ou hors d'atteinte"),
)
RESPONSABLES = (
    ("responsable", "Du centre : comptes, assistance, conventions, journal de sécurité"),
    ("sous_traitant", "D'acheteurs : leurs consultations, les réponses, leurs contrats"),
)
SANS_NOM = "Aucun nom de personne : des catégories, des faits."


def _nombre(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        help_text="À peu près. Vide : pas encore connu.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Écrivez un nombre entier, ou rien."},
    )


def _cases(
    label: str, choix: tuple[tuple[str, str], ...], erreur: str
) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choix,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": erreur},
    )


def _de_qui() -> forms.MultipleChoiceField:
    return _cases(
        "De qui sont les données touchées ?", RESPONSABLES, "Dites de qui sont les données."
    )


def _risque() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Risque pour les personnes",
        choices=Risque.choices,
        widget=forms.RadioSelect,
        help_text=(
            "Ce qu'une personne peut y perdre : argent, réputation, secret, temps. Dans le doute, "
            "le plus grand."
        ),
        error_messages={"required": "Appréciez le risque : il décide de ce qui est dû."},
    )


class DeclarationForm(forms.Form):
    """Ce que l'on sait en la découvrant. Le reste se précise : n'attendez pas."""

    conditions = {"heure_commencee": "avec le jour"}

    titre = textes.texte("En une ligne", SANS_NOM, longueur=120)
    jour_connue = JourField(label="Jour où le centre l'a su")
    heure_connue = HeureField(
        label="Heure où le centre l'a su, à Paris",
        help_text="Les 72 heures courent de là, et non du jour où elle a commencé.",
        error_messages={"required": "Donnez l'heure."},
    )
    jour_commencee = JourField(label="Jour où elle a commencé", required=False)
    heure_commencee = HeureField(label="Heure où elle a commencé, à Paris", required=False)
    atteintes = _cases("Qu'ont subi les données ?", ATTEINTES, "Dites ce que les données ont subi.")
    de_qui = _de_qui()
    nature = textes.texte("Ce qui s'est passé", SANS_NOM, longueur=4000, lignes=4)
    personnes = textes.texte(
        "Quelles personnes", "Par exemple : agents, élus, salariés d'entreprises.", longueur=300
    )
    nombre_de_personnes = _nombre("Combien de personnes")
    donnees = textes.texte(
        "Quelles données", "Par exemple : nom, adresse électronique, curriculum vitæ.", longueur=300
    )
    nombre_d_enregistrements = _nombre("Combien d'enregistrements")
    consequences = textes.texte("Conséquences probables", longueur=4000, lignes=3)
    mesures = textes.texte("Mesures prises, ou proposées", longueur=4000, lignes=3)
    risque = _risque()
    raison_du_risque = textes.texte("Pourquoi ce risque", longueur=1000, lignes=2)
    cle = CleDEnvoiField()

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["connue_le"] = instant(self, "connue")
        self.cleaned_data["commencee_le"] = instant(self, "commencee")
        return self.cleaned_data

    def faits(self) -> Faits:
        lus = self.cleaned_data
        cases: dict[str, Any] = {
            nom: nom in (*lus["atteintes"], *lus["de_qui"])
            for nom, _ in (*ATTEINTES, *RESPONSABLES)
        }
        return Faits(
            **{nom: lus[nom] for nom in Faits.__dataclass_fields__ if nom not in cases}, **cases
        )


class GesteForm(forms.Form):
    """Un geste sur une violation : ce que le service attend, tel qu'il l'attend."""

    def __init__(self, donnees: Any = None, *, violation: Violation) -> None:
        super().__init__(donnees)
        self.violation = violation

    def pour_l_acte(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class GesteDateForm(GesteForm):
    """Le même, qui dit quand il s'est fait."""

    jour_fait = JourField(label="Jour")
    heure_fait = HeureField(label="Heure, à Paris", error_messages={"required": "Donnez l'heure."})

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["faite_le"] = instant(self, "fait")
        return self.cleaned_data

    def pour_l_acte(self) -> dict[str, Any]:
        return {
            nom: valeur
            for nom, valeur in self.cleaned_data.items()
            if nom not in {"jour_fait", "heure_fait"}
        }


class PreciserForm(GesteForm):
    texte = textes.texte("Ce que l'on sait de plus", SANS_NOM, longueur=4000, lignes=4)
    de_qui = _de_qui()
    nombre_de_personnes = _nombre("Combien de personnes")
    nombre_d_enregistrements = _nombre("Combien d'enregistrements")
    risque = _risque()
    cle = CleDEnvoiField()

    def __init__(self, donnees: Any = None, *, violation: Violation) -> None:
        super().__init__(donnees, violation=violation)
        noms = ("nombre_de_personnes", "nombre_d_enregistrements", "risque")
        self.initial = {nom: getattr(violation, nom) for nom in noms}
        self.initial["de_qui"] = [nom for nom, _ in RESPONSABLES if getattr(violation, nom)]

    def pour_l_acte(self) -> dict[str, Any]:
        lus = dict(self.cleaned_data)
        cle, de_qui = lus.pop("cle"), lus.pop("de_qui")
        cases: dict[str, Any] = {nom: nom in de_qui for nom, _ in RESPONSABLES}
        return {"precision": Precision(**lus, **cases), "cle": cle}


class NotifierForm(GesteDateForm):
    conditions = {"motif_du_retard": "passé 72 heures"}
    texte = textes.texte(
        "Ce qui a été transmis",
        "Tout, ou ce qui est su : la suite se complète.",
        longueur=4000,
        lignes=4,
    )
    numero = textes.texte("Numéro donné par la CNIL", longueur=60, requis=False)
    motif_du_retard = textes.texte(
        "Motifs du retard",
        "À donner si les 72 heures sont passées.",
        longueur=1000,
        requis=False,
        lignes=2,
    )
    cle = CleDEnvoiField()


class SansNotifierForm(GesteForm):
    texte = textes.texte("Pourquoi aucun risque n'en résulte", longueur=4000, lignes=4)
    cle = CleDEnvoiField()


class CommuniquerForm(GesteDateForm):
    texte = textes.texte(
        "Comment, et ce qui a été dit",
        "En mots simples ; qui joindre ; quoi faire.",
        longueur=4000,
        lignes=4,
    )
    nombre = _nombre("Personnes prévenues")
    cle = CleDEnvoiField()


class SansCommuniquerForm(GesteForm):
    cas = forms.ChoiceField(
        label="Pourquoi",
        choices=Cas.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez le cas du texte."},
    )
    texte = textes.texte("Les faits qui l'établissent", longueur=4000, lignes=4)
    cle = CleDEnvoiField()


class PrevenirForm(GesteForm):
    organismes = _cases("Adhérents touchés", (), "Cochez au moins un adhérent.")
    message = textes.texte(
        "Ce qui les concerne, ce qu'ils ont à faire", SANS_NOM, longueur=4000, lignes=5
    )

    def __init__(self, donnees: Any = None, *, violation: Violation) -> None:
        super().__init__(donnees, violation=violation)
        self.restants = {une.siret: une for une in queries.a_prevenir(violation)}
        self.fields["organismes"].choices = [  # type: ignore[attr-defined]
            (siret, une.nom) for siret, une in self.restants.items()
        ]

    def pour_l_acte(self) -> dict[str, Any]:
        lus = self.cleaned_data
        return {
            "organismes": [self.restants[siret] for siret in lus["organismes"]],
            "message": lus["message"],
        }


class CloreForm(GesteForm):
    bilan = textes.texte(
        "Ce que l'on en retient",
        "Les faits, les effets, ce qui a changé depuis.",
        longueur=4000,
        lignes=5,
    )
