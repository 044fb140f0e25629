"""Les formulaires d'un organisme : donner un rôle, ouvrir un organisme."""

from typing import Any

from django import forms

from beffroi.personnes.organismes import rules
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.socle.guichet.champs.textes import LigneField

CE_QUE_PERMET_UN_ROLE = {
    "redacteur": "Rédacteur : prépare et publie les consultations, répond aux questions",
    "valideur": "Valideur : relit, publie, garde un point bloquant en disant pourquoi",
    "ouvreur": "Membre qui ouvre : détient une clé, ouvre les réponses",
    "lecteur": "Lecteur : voit, ne change rien",
    "administrateur": "Administrateur : donne et retire les rôles",
    "juriste": "Juriste : relit les règlements de consultation",
    "technicien": "Technicien : aide les utilisateurs, sans voir les réponses",
    "gestionnaire": (
        "Gestionnaire : tient l'annuaire des adhérents et les conventions, "
        "prépare les contributions"
    ),
    "ordonnateur": "Ordonnateur : valide les contributions qu'une autre personne a préparées",
    "comptable": "Comptable : exporte les contributions, note les titres et les paiements",
}


class RolesForm(forms.Form):
    """Les rôles d'une personne dans l'organisme."""

    roles = forms.MultipleChoiceField(
        label="Rôles", required=False, widget=forms.CheckboxSelectMultiple
    )
    service = forms.CharField(
        label="Service",
        max_length=120,
        required=False,
        help_text="Son équipe, par exemple « Voirie ». Il ne donne aucun droit.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, organisme: Organisme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisme = organisme
        admis = rules.roles_admis(est_exploitant=self.est_exploitant)
        champ = self.fields["roles"]
        champ.choices = [  # type: ignore[attr-defined]
            (role.value, CE_QUE_PERMET_UN_ROLE[role.value])
            for role in Habilitation.Role
            if role.value in admis
        ]

    @property
    def est_exploitant(self) -> bool:
        return self.organisme.role == Organisme.Role.EXPLOITANT

    def clean_roles(self) -> list[str]:
        roles: list[str] = self.cleaned_data["roles"]
        decision = rules.peut_tenir_les_roles(roles=roles, est_exploitant=self.est_exploitant)
        if not decision.favorable:
            raise forms.ValidationError([motif.texte for motif in decision.motifs])
        return roles


class PersonneForm(forms.Form):
    """Une personne, par son adresse professionnelle."""

    courriel = forms.EmailField(
        label="Adresse électronique",
        help_text="Nominative : un agent, une adresse.",
        max_length=254,
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Saisissez une adresse, par exemple nom@commune.fr."
        ),
    )
    nom = LigneField(
        label="Nom et prénom", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    qualite = LigneField(
        label="Qualité",
        max_length=120,
        required=False,
        help_text="Par exemple « secrétaire de mairie ».",
    )


class HabiliterForm(PersonneForm, RolesForm):
    """Une personne et ses rôles."""

    field_order = ("courriel", "nom", "qualite", "service", "roles")


class NommerForm(PersonneForm):
    """L'administrateur que l'exploitant rend à un organisme."""


class CoordonneesForm(forms.Form):
    """Ce que les règlements et les avis disent de l'organisme."""

    adresse = forms.CharField(
        label="Adresse",
        max_length=300,
        required=False,
        help_text="Le numéro et la voie : 1 place de la Mairie.",
    )
    code_postal = forms.RegexField(
        label="Code postal",
        regex=r"^\d{5}$",
        required=False,
        help_text="Cinq chiffres.",
        error_messages={"invalid": "Un code postal a cinq chiffres, par exemple 62960."},
    )
    ville = forms.CharField(label="Commune", max_length=120, required=False)
    courriel = forms.EmailField(
        label="Adresse électronique",
        required=False,
        help_text="Celui du service, non d'une personne : les entreprises le liront.",
        error_messages={"invalid": "Saisissez une adresse, par exemple marches@commune.fr."},
    )
    telephone = forms.RegexField(
        label="Téléphone",
        regex=r"^(?:\+33|0)[ .]?[1-9](?:[ .]?\d{2}){4}$",
        required=False,
        help_text="Dix chiffres.",
        error_messages={"invalid": "Écrivez dix chiffres, par exemple 03 21 00 00 00."},
    )
    contact_donnees_personnelles = forms.CharField(
        label="Contact pour les données personnelles",
        max_length=200,
        required=False,
        help_text=(
            "Le délégué à la protection des données, ou qui répond pour lui : "
            "un courriel ou une adresse."
        ),
    )
    service_chorus = forms.CharField(
        label="Code service Chorus Pro",
        max_length=100,
        required=False,
        help_text="Celui des factures, si votre organisme en a un. Vide : il n'en a pas.",
    )


class PublicationForm(forms.Form):
    """Qui publie : la personne qui a rédigé, ou toujours une autre."""

    a_deux = forms.ChoiceField(
        label="Qui peut publier une consultation ?",
        choices=[
            ("", "La personne qui l'a rédigée, ou une autre"),
            ("oui", "Toujours une autre personne"),
        ],
        required=False,
        widget=forms.RadioSelect,
    )


class FermerForm(forms.Form):
    """Pourquoi un compte se ferme : le journal le garde."""

    raison = forms.CharField(
        label="Raison",
        max_length=200,
        help_text="Par exemple « départ à la retraite ». Le journal la garde.",
        error_messages={"required": "Dites pourquoi, en quelques mots."},
    )


class ChercherUnCompteForm(forms.Form):
    """Un compte, par son adresse exacte : l'exploitant n'a pas de liste des personnes."""

    courriel = forms.EmailField(
        label="Adresse électronique du compte",
        max_length=254,
        help_text="L'adresse exacte, telle que la personne s'en sert pour se connecter.",
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Saisissez une adresse, par exemple nom@commune.fr."
        ),
    )


class OuvrirOrganismeForm(PersonneForm):
    """Un organisme et son premier administrateur."""

    organisme_nom = LigneField(
        label="Nom de l'organisme",
        max_length=200,
        error_messages={"required": "Saisissez le nom de l'organisme."},
    )
    siret = forms.CharField(
        label="SIRET de l'organisme",
        max_length=24,
        help_text="14 chiffres.",
        error_messages={"required": "Saisissez le SIRET de l'organisme."},
    )
    adresse = forms.CharField(label="Adresse postale", max_length=300, required=False)

    field_order = ("organisme_nom", "siret", "adresse", "courriel", "nom", "qualite")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["courriel"].label = "Adresse électronique de l'administrateur"
        self.fields["nom"].label = "Nom et prénom de l'administrateur"

    def clean_siret(self) -> str:
        siret = "".join(self.cleaned_data["siret"].split())
        decision = rules.siret_d_organisme(siret)
        if not decision.favorable:
            raise forms.ValidationError([motif.texte for motif in decision.motifs])
        return siret
