"""Tenir un organisme : qui y est, avec quels rôles, et ce que les entreprises en lisent.

Son administrateur et le centre qui intervient chez lui remplissent les mêmes formulaires.
"""

from typing import Any

from django import forms

from beffroi.personnes.organismes import rules
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente, Organisme
from beffroi.socle.guichet.champs.coordonnees import (
    CodePostalField,
    CommuneField,
    TelephoneField,
    VoieField,
)
from beffroi.socle.guichet.confirmation import Confirmation
from beffroi.socle.guichet.formulaires import PersonneForm

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


def ce_qui_est_donne(donnee: Habilitation | HabilitationEnAttente) -> str:
    """Ce que lit qui vient de donner un rôle : il vaut, ou il attend une adresse."""
    if isinstance(donnee, Habilitation):
        return f"{donnee.utilisateur} a ses rôles. Un courriel l'en prévient."
    return (
        f"Ces rôles attendent {donnee.attendue} : ils vaudront quand le lien envoyé à "
        f"{donnee.attendue.courriel} sera ouvert."
    )


def annulation(attente: HabilitationEnAttente, retour: str) -> Confirmation:
    """Ce qui se lit avant d'annuler des rôles qui attendent."""
    return Confirmation(
        f"Ne plus attendre {attente.attendue} ?",
        (
            f"Le lien envoyé à {attente.attendue.courriel} ne donnera plus rien ici.",
            f"Ces rôles ne seront pas donnés : {', '.join(attente.roles_en_clair)}.",
        ),
        "Pour les donner plus tard, il faudra recommencer.",
        "Annuler ces rôles",
        retour,
        "Continuer d'attendre",
    )


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


class HabiliterForm(PersonneForm, RolesForm):
    """Une personne et ses rôles."""

    field_order = ("courriel", "nom", "qualite", "service", "roles")


class CoordonneesForm(forms.Form):
    """Ce que les règlements et les avis disent de l'organisme."""

    adresse = VoieField()
    code_postal = CodePostalField()
    ville = CommuneField()
    courriel = forms.EmailField(
        label="Adresse électronique",
        required=False,
        help_text="Celui du service, non d'une personne : les entreprises le liront.",
        error_messages={"invalid": "Saisissez une adresse, par exemple marches@commune.fr."},
    )
    telephone = TelephoneField()
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
