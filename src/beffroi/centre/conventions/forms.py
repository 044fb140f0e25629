"""Les formulaires des conventions : la forme ici, ce qui se refuse dans les règles."""

from datetime import date
from typing import Any

from django import forms

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.conventions.models import (
    AttestationDAssurance,
    Convention,
    PieceDeConvention,
)
from beffroi.centre.conventions.parametres import PARAMETRES
from beffroi.centre.conventions.services import assurances, avenants, cycle, demandes
from beffroi.centre.conventions.services.fin import Lettre, PreuveAuxArchives
from beffroi.centre.conventions.services.pieces import Fichier, choisi, compare
from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.fichiers import FichierField
from beffroi.socle.guichet.champs.textes import LigneField, texte

PARTIES = (("adherent", "L'adhérent"), ("centre", "Le centre de gestion"))


class AvecFichier(forms.Form):
    """Un fichier, exigé ou non, qui se lit en entier."""

    fichier = FichierField()

    def choisi(self) -> Fichier:
        recu = self.cleaned_data["fichier"]
        return choisi(recu.name, recu.read())


def constat() -> forms.CharField:
    """Ce qu'une personne a vu d'un fichier que rien d'autre ne prouve."""
    return texte(
        "Ce que vous y avez vu",
        "Pour un papier numérisé : qui a signé, à quelle page. Votre nom est gardé avec.",
        longueur=500,
        requis=False,
        lignes=2,
    )


class RienForm(forms.Form):
    """Presser le bouton suffit."""


class MotifForm(forms.Form):
    motif = texte("Motif", "Le journal le garde.", longueur=1000, lignes=3)


class OuvrirForm(forms.Form):
    """Le centre ouvre lui-même une convention, pour un adhérent de l'annuaire."""

    siren = texte(
        "SIREN de l'adhérent", "Neuf chiffres. L'adhérent est déjà à l'annuaire.", longueur=12
    )
    interlocuteur = texte("Nom de l'interlocuteur", longueur=120, requis=False)
    courriel = forms.EmailField(
        label="Adresse électronique de l'interlocuteur",
        required=False,
        error_messages={"invalid": "Saisissez une adresse, par exemple nom@commune.fr."},
    )

    def clean_siren(self) -> str:
        siren = "".join(self.cleaned_data["siren"].split())
        if not Adherent.objects.filter(siren=siren).exists():
            raise forms.ValidationError(
                "Aucun adhérent n'a ce SIREN. Inscrivez-le d'abord à l'annuaire."
            )
        return siren


class ProjetForm(forms.Form):
    designation = texte(
        "Désignation dans l'acte", "Avec son article : La Commune de Bomy.", longueur=250
    )
    representant = texte("Représentée par", "Par exemple : son maire, Prénom NOM.")
    signataire = texte("Qualité du signataire", "Par exemple : Le Maire.", longueur=120)
    siege = texte(
        "Siège", "Par exemple : la mairie est située 1 place de la Mairie 62960 Bomy.", longueur=300
    )
    contact_donnees = texte("Contact pour les données personnelles", "Un courriel ou une adresse.")
    interlocuteur = texte(
        "Nom de l'interlocuteur", "Il recevra l'invitation à l'activation.", longueur=120
    )
    qualite = texte("Qualité de l'interlocuteur", longueur=120, requis=False)
    courriel = forms.EmailField(
        label="Adresse électronique de l'interlocuteur",
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Saisissez une adresse, par exemple nom@commune.fr."
        ),
    )
    fondement = forms.ChoiceField(label="Fondement", choices=Convention.Fondement)
    tva = forms.ChoiceField(
        label="TVA", choices=Convention.Tva, help_text="À confirmer par le comptable."
    )
    volume_estime = forms.IntegerField(
        label="Consultations estimées par an", min_value=0, required=False
    )

    def acte(self) -> cycle.Acte:
        return cycle.Acte(**self.cleaned_data)


class DeliberationForm(AvecFichier):
    numero = texte("Numéro de la délibération", longueur=60)
    prise_le = JourField(label="Date de la délibération")
    executoire_le = JourField(
        label="Exécutoire le",
        help_text="Le jour de sa publication et de sa transmission au préfet.",
    )
    date_de_l_acte = JourField(label="Date à porter sur l'exemplaire à signer")

    field_order = ("numero", "prise_le", "executoire_le", "fichier", "date_de_l_acte")

    def deliberation(self) -> cycle.Deliberation:
        saisi = self.cleaned_data
        return cycle.Deliberation(
            saisi["numero"], saisi["prise_le"], saisi["executoire_le"], self.choisi()
        )


class SignatureForm(AvecFichier):
    partie = forms.ChoiceField(label="Qui a signé", choices=PARTIES, widget=forms.RadioSelect)
    le = JourField(label="Date de la signature", help_text="Celle qui est écrite sur le document.")

    constat = constat()

    field_order = ("partie", "le", "fichier", "constat")

    def signature(self, envoye: PieceDeConvention | None) -> cycle.Signature:
        """Le fichier, ses signatures lues, comparé à l'exemplaire qui avait été envoyé."""
        saisi = self.cleaned_data
        fichier = compare(self.choisi(), envoye)
        return cycle.Signature(saisi["partie"], saisi["le"], fichier, saisi["constat"])


class AvenantForm(forms.Form):
    objet = texte(
        "Ce qui change", "Cette phrase est celle de l'article 1.", longueur=4000, lignes=4
    )
    effet_voulu = JourField(
        label="À partir du", help_text="Une grille nouvelle : le 1er janvier qui suit la signature."
    )
    change_la_grille = forms.BooleanField(
        label="L'avenant remplace la grille des contributions", required=False
    )

    def changement(self) -> avenants.Changement:
        return avenants.Changement(**self.cleaned_data)


class DenonciationForm(AvecFichier):
    """La lettre, par qui, et sa preuve. La date se recopie de la preuve."""

    recue_le = JourField(
        label="Date de réception",
        help_text="Celle de l'avis, ou de la première présentation s'il est refusé.",
    )
    premiere_presentation = forms.BooleanField(
        label="La lettre a été refusée ou non réclamée", required=False
    )
    motif = texte("Motif", longueur=4000, requis=False, lignes=3)
    copie_archives_le = JourField(
        label="Copie aux Archives départementales le",
        required=False,
        help_text="Vide : elle ne bloque rien.",
    )

    field_order = ("recue_le", "premiere_presentation", "fichier", "motif", "copie_archives_le")

    def __init__(self, *args: Any, par: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.par = par
        self.fields["fichier"].label = "Preuve de La Poste ou de l'envoi électronique"
        if par != "adherent":
            del self.fields["copie_archives_le"]

    def lettre(self) -> Lettre:
        saisi = self.cleaned_data
        return Lettre(
            par=self.par,  # type: ignore[arg-type]
            recue_le=saisi["recue_le"],
            preuve=self.choisi(),
            premiere_presentation=saisi["premiere_presentation"],
            motif=saisi["motif"],
            copie_archives_le=saisi.get("copie_archives_le"),
        )


class DateEtPieceForm(forms.Form):
    """Un jour passé, et la pièce qui le prouve s'il y en a une."""

    le = JourField(label="Date")
    fichier = FichierField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fichier"].required = False

    def piece(self) -> Fichier | None:
        recu = self.cleaned_data["fichier"]
        return choisi(recu.name, recu.read()) if recu else None


class CopieForm(DateEtPieceForm):
    """La lettre aux Archives : son départ, et sa propre preuve postale."""

    numero = texte("Numéro du recommandé", longueur=40, requis=False)
    presentee_le = JourField(label="Présentée le", required=False)

    field_order = ("le", "numero", "presentee_le", "fichier")

    def preuve(self) -> PreuveAuxArchives:
        saisi = self.cleaned_data
        return PreuveAuxArchives(saisi["le"], saisi["numero"], saisi["presentee_le"], self.piece())


class RemiseForm(DateEtPieceForm):
    etape = forms.ChoiceField(
        label="Ce qui est fait",
        choices=[
            ("remis_le", "L'export complet est remis"),
            ("accuse_le", "L'adhérent en a accusé réception"),
        ],
    )
    field_order = ("etape", "le", "fichier")


class LitigeForm(forms.Form):
    objet = texte("Objet de la contestation", longueur=4000, lignes=3)
    le = JourField(label="Née le")


class EchangeForm(DateEtPieceForm):
    de = texte("De la part de", "Le maire, le centre de gestion…", longueur=120)
    texte = texte("Ce qui s'est dit ou écrit", longueur=4000, lignes=4)

    field_order = ("le", "de", "texte", "fichier")


class IssueForm(forms.Form):
    issue = texte("Issue", "Accord, jugement, désistement.", longueur=4000, lignes=3)
    le = JourField(label="Date")


class AttestationForm(AvecFichier):
    sorte = forms.ChoiceField(label="Risque couvert", choices=AttestationDAssurance.Sorte)
    assureur = texte("Assureur", longueur=120)
    police = texte("Numéro de contrat", longueur=60, requis=False)
    du = JourField(label="Premier jour couvert")
    au = JourField(label="Dernier jour couvert")

    field_order = ("sorte", "assureur", "police", "du", "au", "fichier")

    def attestation(self) -> assurances.Attestation:
        saisi = {nom: valeur for nom, valeur in self.cleaned_data.items() if nom != "fichier"}
        return assurances.Attestation(**saisi, fichier=self.choisi())


class ParametreForm(forms.Form):
    effet_le = JourField(label="À partir du")
    deliberation = texte("Délibération", "Sa date ou son numéro.", requis=False)

    def __init__(self, *args: Any, nom: str, aujourd_hui: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parametre = PARAMETRES[nom]
        if parametre.choix:
            valeur: forms.Field = forms.ChoiceField(
                label=parametre.libelle, choices=parametre.choix
            )
        else:
            valeur = texte(parametre.libelle, longueur=4000, lignes=6 if parametre.lignes else 0)
        valeur.help_text = parametre.aide
        self.fields = {"valeur": valeur, **self.fields}
        self.fields["effet_le"].initial = aujourd_hui


class AdhererForm(forms.Form):
    """Demander à adhérer, sans compte."""

    siren = texte("SIREN de la collectivité", "Neuf chiffres.", longueur=12)
    nom = LigneField(
        label="Nom de la collectivité",
        help_text="Par exemple : Commune de Bomy.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": "Remplissez « Nom de la collectivité »."},
    )
    nature = forms.ChoiceField(label="Nature", choices=Adherent.Nature)
    interlocuteur = LigneField(
        label="Votre nom",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Donnez votre nom."},
    )
    qualite = LigneField(
        label="Votre qualité",
        help_text="Par exemple : secrétaire de mairie.",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    courriel = forms.EmailField(
        label="Votre adresse électronique professionnelle",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Saisissez une adresse, par exemple nom@commune.fr."
        ),
    )
    telephone = forms.CharField(
        label="Votre téléphone",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    volume_estime = forms.IntegerField(
        label="Consultations par an, à peu près",
        min_value=0,
        max_value=10_000,
        required=False,
        help_text="Marchés de travaux, de fournitures et de services. Une estimation suffit.",
    )

    def clean_siren(self) -> str:
        return "".join(self.cleaned_data["siren"].split())

    def saisie(self) -> demandes.Saisie:
        return demandes.Saisie(**self.cleaned_data)
