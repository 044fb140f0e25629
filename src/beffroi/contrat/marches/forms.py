"""Les formulaires des contrats : la forme ici, ce qui se refuse dans les règles."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from beffroi.contrat.marches.models import CHOIX_DU_FONDEMENT, Marche, Titulaire
from beffroi.contrat.marches.services.contrats import Reprise, Tenant, Termes
from beffroi.contrat.marches.services.pieces import Fichier, choisi
from beffroi.contrat.marches.services.signature import Signataire, Signature
from beffroi.contrat.marches.services.vie import Changement, Commande, SousTraitance
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.fichiers import FichierField
from beffroi.socle.guichet.champs.nombres import MoisField, MontantField
from beffroi.socle.guichet.champs.textes import texte
from droit.achat import ccag_lisible
from droit.en_vigueur import Droit
from formats.nomenclatures import cpv

# Quatorze chiffres, espacés ou non ; ou un numéro de TVA européen.
_TENANT = re.compile(r"((?:[0-9] ?){13}[0-9]|[A-Z]{2}[0-9A-Z]{2,16}) +(.+)")
PARTIES = (("titulaire", "Le titulaire"), ("acheteur", "L'acheteur"))
PROCEDURES = (
    "sans_publicite",
    "procedure_adaptee_ouverte",
    "procedure_adaptee_restreinte",
    "appel_offres_ouvert",
    "appel_offres_restreint",
    "procedure_avec_negociation",
    "dialogue_competitif",
    "marche_subsequent",
    "concession_au_dessus_du_seuil",
    "concession_sous_le_seuil",
)


class EcartField(MontantField):
    """Un montant qui peut être retiré : « -1 500 »."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.min_value = None
        self.validators = [v for v in self.validators if getattr(v, "code", "") != "min_value"]

    def to_python(self, value: Any) -> Any:
        return super().to_python(
            value.replace("\N{MINUS SIGN}", "-") if isinstance(value, str) else value
        )


def _facultatif(label: str) -> FichierField:
    champ = FichierField()
    champ.required, champ.label = False, label
    return champ


def _fichier(form: forms.Form) -> Fichier:
    recu = form.cleaned_data["fichier"]
    return choisi(recu.name, recu.read(), recu_le=maintenant())


class RienForm(forms.Form):
    """Presser le bouton suffit."""


class TermesForm(forms.Form):
    """Ce qu'un contrat dit, d'où qu'il vienne."""

    conditions = {"maximum": "pour un accord-cadre"}

    numero = texte(
        "Numéro du contrat", "Seize signes au plus, un seul par contrat et par lot.", longueur=40
    )
    objet = texte("Objet", "Celui du contrat, ou du lot.", longueur=1000, lignes=2)
    nature = forms.ChoiceField(label="Nature", choices=Marche.Nature)
    prestation = forms.ChoiceField(label="Prestation principale", choices=Marche.Prestation)
    procedure = forms.ChoiceField(label="Procédure")
    groupement = forms.ChoiceField(label="Groupement", choices=Marche.Groupement, required=False)
    maximum = MontantField(label="Maximum hors taxes", required=False)
    duree_en_mois = MoisField(label="Durée en mois", help_text="Reconductions comprises.")
    forme_de_prix = forms.ChoiceField(label="Forme du prix", choices=Marche.FormeDePrix)
    ccag = forms.ChoiceField(label="CCAG", required=False)
    code_cpv = texte("Code CPV", "Huit chiffres, par exemple 45214210.", longueur=10)
    lieu = forms.RegexField(
        r"^[0-9AB]{2}[0-9]{3}$",
        label="Code postal du lieu d'exécution",
        help_text="Cinq signes, par exemple 62960.",
        error_messages={
            "required": "Donnez un code postal.",
            "invalid": "Un code postal a cinq signes, par exemple 62960.",
        },
    )

    def __init__(self, *args: Any, jour: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        droit = Droit.au(jour)
        self.choisir("procedure", [(cle, droit.procedure(cle).libelle) for cle in PROCEDURES])
        noms = droit.valeur_connue("liste.ccag").liste
        self.choisir("ccag", [("", "À choisir"), *((nom, ccag_lisible(nom)) for nom in noms)])

    def choisir(self, nom: str, valeurs: Sequence[tuple[str, str]]) -> None:
        self.fields[nom].choices = valeurs  # type: ignore[attr-defined]

    def clean_code_cpv(self) -> str:
        code: str = self.cleaned_data["code_cpv"].strip().split("-")[0]
        defaut = cpv.phrase_de_defaut(code)
        if defaut:
            raise forms.ValidationError(defaut)
        return code

    def dits(self) -> dict[str, Any]:
        """Les termes, un maximum n'étant qu'à un accord-cadre."""
        champs = {
            nom: self.cleaned_data[nom]
            for nom in Termes.__dataclass_fields__
            if nom in self.cleaned_data
        }
        return {
            **champs,
            "maximum": champs["maximum"]
            if champs["nature"] == Marche.Nature.ACCORD_CADRE
            else None,
        }


class NaissanceForm(TermesForm):
    """Le contrat d'un lot attribué : l'entreprise et le montant ne se saisissent pas."""

    def __init__(
        self, *args: Any, montant: Decimal | None, plusieurs: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.montant = montant or Decimal(0)
        subsequent = self.initial.get("nature") == Marche.Nature.MARCHE_SUBSEQUENT
        natures = [
            choix
            for choix in Marche.Nature.choices
            if (choix[0] == Marche.Nature.MARCHE_SUBSEQUENT) == subsequent
        ]
        self.choisir("nature", natures)
        if (
            plusieurs
        ):  # Seul un accord-cadre a plusieurs titulaires sans groupement (CCP, art. L. 2125-1).
            self.choisir(
                "nature", [(Marche.Nature.ACCORD_CADRE.value, Marche.Nature.ACCORD_CADRE.label)]
            )
            self.fields["maximum"].required = True
            self.fields["maximum"].error_messages["required"] = (
                "Donnez le maximum de l'accord-cadre."
            )

    def termes(self, considerations: dict[str, list[str]]) -> Termes:
        return Termes(**{**self.dits(), "montant": self.montant, **considerations})


class ContratForm(TermesForm):
    """Un contrat conclu hors de la plateforme, ou sans publicité."""

    conditions = {
        **TermesForm.conditions,
        "accord_cadre": "pour un marché subséquent",
        "signe_le": "s'il est déjà signé",
        "transmis_le": "s'il a dû l'être",
        "notifie_le": "s'il est déjà notifié",
    }

    organisme = forms.ChoiceField(label="Acheteur")
    accord_cadre = forms.ChoiceField(label="Accord-cadre", required=False)
    titulaires = texte(
        "Titulaires",
        (
            "Un par ligne, le mandataire d'abord : le SIRET, puis le nom. "
            "Un accord-cadre peut en avoir plusieurs."
        ),
        longueur=4000,
        lignes=2,
    )
    montant = MontantField(
        label="Montant hors taxes",
        help_text="Le montant initial. Pour un accord-cadre, l'estimation.",
    )
    offres_recues = forms.IntegerField(
        label="Offres reçues", min_value=1, max_value=9999, initial=1
    )
    signe_le = JourField(
        label="Signé par l'acheteur le",
        required=False,
        help_text="Vide : le contrat reste à signer ici.",
    )
    transmis_le = JourField(label="Transmis au préfet le", required=False)
    notifie_le = JourField(
        label="Notification reçue le",
        required=False,
        help_text="Le contrat prend effet ce jour-là.",
    )

    field_order = (
        "organisme",
        "numero",
        "objet",
        "nature",
        "accord_cadre",
        "prestation",
        "procedure",
        "titulaires",
        "groupement",
        "montant",
        "maximum",
        "duree_en_mois",
        "forme_de_prix",
        "ccag",
        "code_cpv",
        "lieu",
        "offres_recues",
        "signe_le",
        "transmis_le",
        "notifie_le",
    )

    def __init__(
        self,
        *args: Any,
        organismes: Sequence[Organisme],
        accords_cadres: Sequence[Marche],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organismes = {organisme.siret: organisme for organisme in organismes}
        self.accords = {accord.reference: accord for accord in accords_cadres}
        self.choisir(
            "organisme", [(siret, organisme.nom) for siret, organisme in self.organismes.items()]
        )
        accords = [(cle, str(accord)[:90]) for cle, accord in self.accords.items()]
        self.choisir("accord_cadre", [("", "Aucun"), *accords])
        if len(self.organismes) == 1:
            self.fields["organisme"].widget = forms.HiddenInput()
            self.fields["organisme"].initial = next(iter(self.organismes))

    def clean_titulaires(self) -> list[Tenant]:
        tenants = []
        for ligne in self.cleaned_data["titulaires"].splitlines():
            siret, nom = _separer(ligne)
            if ligne.strip() and not nom:
                raise forms.ValidationError(f"« {ligne.strip()} » : écrivez le SIRET, puis le nom.")
            if ligne.strip():
                tenants.append(Tenant(siret, nom[:200]))
        return tenants

    @property
    def acheteur(self) -> Organisme:
        return self.organismes[self.cleaned_data["organisme"]]

    def termes(self) -> Termes:
        dits = self.dits()
        accord = (
            self.accords.get(dits["accord_cadre"])
            if dits["nature"] == Marche.Nature.MARCHE_SUBSEQUENT
            else None
        )
        return Termes(**{**dits, "accord_cadre": accord})

    def reprise(self) -> Reprise:
        return Reprise(
            *(self.cleaned_data[nom] for nom in ("signe_le", "transmis_le", "notifie_le"))
        )


def _separer(ligne: str) -> tuple[str, str]:
    """« 802 954 785 00028 Atelier » : l'identifiant d'abord, avec ou sans espaces, puis le nom."""
    trouve = _TENANT.fullmatch(ligne.strip())
    return ("".join(trouve[1].split()), trouve[2]) if trouve else ("", "")


class SignatureForm(forms.Form):
    partie = forms.ChoiceField(label="Qui a signé", choices=PARTIES, widget=forms.RadioSelect)
    le = JourField(
        label="Date de la signature",
        help_text="Celle qui est écrite sur le document, ou dans la signature.",
    )
    fichier = FichierField()

    def signature(self) -> Signature:
        return Signature(self.cleaned_data["partie"], self.cleaned_data["le"], _fichier(self))


class MotifForm(forms.Form):
    motif = texte("Motif", "Le journal le garde.", longueur=1000, lignes=3)


class SignataireForm(forms.Form):
    """« Oui » se dit d'une personne et d'un pouvoir, jamais d'une case seule."""

    nom = texte("Qui a signé pour le titulaire ?", "Le nom que porte la signature.")
    qualite = texte("Sa qualité", "Gérant, président, ou délégataire et de qui.")
    fondement = texte(
        "Ce que vous avez lu",
        "Extrait Kbis, statuts, délégation de signature.",
        longueur=500,
        lignes=2,
    )
    engage = forms.ChoiceField(
        label="Cette personne peut-elle engager le titulaire ?",
        choices=[("oui", "Oui"), ("non", "Non : faites signer de nouveau avant de signer")],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si cette personne peut engager le titulaire."},
    )

    def signataire(self) -> Signataire:
        return Signataire(**self.cleaned_data)


class TransmissionADireForm(forms.Form):
    requise = forms.ChoiceField(
        label="Ce contrat se transmet-il au préfet ?",
        choices=[("oui", "Oui, avant de notifier"), ("non", "Non")],
        widget=forms.RadioSelect,
    )
    motif = texte(
        "Pourquoi", "Le seuil que vous retenez, ou la délibération.", longueur=500, lignes=2
    )


class PreuveForm(forms.Form):
    """Un jour passé, et la pièce qui le prouve."""

    le = JourField(label="Date")
    fichier = FichierField()

    def preuve(self) -> Fichier:
        return _fichier(self)


class DateForm(forms.Form):
    le = JourField(label="Date")


class DateEtPieceForm(forms.Form):
    le = JourField(label="Date")
    fichier = _facultatif("Procès-verbal ou décision, si vous en avez un")

    def piece(self) -> Fichier | None:
        return _fichier(self) if self.cleaned_data["fichier"] else None


class FinForm(PreuveForm):
    motif = texte(
        "Motif de la résiliation", "Intérêt général, faute, force majeure…", longueur=2000, lignes=3
    )
    field_order = ("le", "motif", "fichier")


class AUnTitulaire(forms.Form):
    """Un acte qui peut viser l'un des titulaires. Sans choix à faire, il n'est pas demandé."""

    titulaire: forms.ChoiceField

    def parmi(self, titulaires: Sequence[Titulaire]) -> None:
        self.titulaires = {str(titulaire.pk): titulaire for titulaire in titulaires}
        if len(titulaires) < 2:
            del self.fields["titulaire"]
            return
        choix = [
            (cle, f"{titulaire.nom} ({titulaire.siret})")
            for cle, titulaire in self.titulaires.items()
        ]
        self.fields["titulaire"].choices = [("", "À choisir"), *choix]  # type: ignore[attr-defined]

    def choisi(self) -> Titulaire | None:
        return self.titulaires.get(self.cleaned_data.get("titulaire", ""))


class ModificationForm(AUnTitulaire):
    conditions = dict.fromkeys(
        ("titulaire", "nouveau_siret", "nouveau_nom"), "si un titulaire change"
    )
    fondement = forms.ChoiceField(
        label="Sur quel fondement", choices=CHOIX_DU_FONDEMENT, widget=forms.RadioSelect
    )
    motif = texte(
        "Ce qui change, et pourquoi", "Ce motif est gardé avec le contrat.", longueur=4000, lignes=4
    )
    montant = EcartField(
        label="Montant ajouté, hors taxes",
        required=False,
        help_text="Zéro s'il ne change pas ; précédé de - s'il baisse.",
    )
    mois_en_plus = forms.IntegerField(
        label="Mois ajoutés",
        required=False,
        min_value=-600,
        max_value=600,
        help_text="Zéro si la durée ne change pas.",
    )
    titulaire = forms.ChoiceField(
        label="Titulaire remplacé", required=False, help_text="Si l'un d'eux change."
    )
    nouveau_siret = texte("SIRET du nouveau titulaire", "S'il change.", longueur=18, requis=False)
    nouveau_nom = texte("Nom du nouveau titulaire", requis=False)
    signee_le = JourField(label="Signée le")
    notifiee_le = JourField(label="Notifiée le")
    fichier = FichierField()

    def changement(self) -> Changement:
        dit = {
            nom: valeur
            for nom, valeur in self.cleaned_data.items()
            if nom not in ("fichier", "titulaire")
        }
        siret = "".join(dit["nouveau_siret"].split())
        return Changement(
            **{
                **dit,
                "montant": dit["montant"] or Decimal(0),
                "mois_en_plus": dit["mois_en_plus"] or 0,
                "nouveau_siret": siret,
                "remplace": self.choisi() if dit["fondement"] == "substitution" else None,
            }
        )

    def acte(self) -> Fichier:
        return _fichier(self)


class SousTraitanceForm(forms.Form):
    siret = forms.RegexField(
        r"^[0-9 ]{14,18}$",
        label="SIRET du sous-traitant",
        help_text="14 chiffres, avec ou sans espaces.",
        error_messages=dict.fromkeys(("required", "invalid"), "Un SIRET a quatorze chiffres."),
    )
    nom = texte("Nom du sous-traitant")
    prestations = texte("Prestations confiées", longueur=500, lignes=2)
    montant = MontantField(label="Montant maximal, hors taxes")
    duree_en_mois = MoisField(label="Durée en mois")
    notifie_le = JourField(label="Acte notifié le")
    fichier = FichierField()

    def acte(self) -> Fichier:
        return _fichier(self)

    def sous_traitance(self) -> SousTraitance:
        dit = {nom: valeur for nom, valeur in self.cleaned_data.items() if nom != "fichier"}
        return SousTraitance(**{**dit, "siret": dit["siret"].replace(" ", "")})


class CommandeForm(AUnTitulaire):
    numero = texte("Numéro du bon", longueur=20)
    titulaire = forms.ChoiceField(
        label="À quel titulaire",
        help_text=(
            "Celui que l'accord-cadre désigne pour cette commande : à tour de rôle, "
            "ou dans l'ordre qu'il fixe."
        ),
        error_messages={"required": "Dites à quel titulaire cette commande s'adresse."},
    )
    objet = texte("Ce qui est commandé", longueur=500)
    montant = MontantField(label="Montant hors taxes")
    emis_le = JourField(label="Émis le")
    fichier = _facultatif("Le bon de commande")

    def commande(self) -> Commande:
        dit = {nom: self.cleaned_data[nom] for nom in ("numero", "objet", "montant", "emis_le")}
        return Commande(**dit, titulaire=self.choisi())

    def bon(self) -> Fichier | None:
        return _fichier(self) if self.cleaned_data["fichier"] else None


class AnnulationForm(forms.Form):
    numero = texte("Numéro du bon à annuler", longueur=20)
    motif = texte("Motif", "Le bon reste lisible, avec sa raison.", longueur=500, lignes=2)


class FiltreForm(forms.Form):
    etat = forms.ChoiceField(
        label="Où il en est", required=False, choices=[("", "Tous"), *Marche.Etat.choices]
    )
    nature = forms.ChoiceField(
        label="Nature", required=False, choices=[("", "Toutes"), *Marche.Nature.choices]
    )
    texte = forms.CharField(label="Numéro, objet ou titulaire", required=False, max_length=120)
