"""Les personnes morales publiques qui achètent, et les rôles qu'on y tient."""

from datetime import datetime

from django.db import models

from beffroi.personnes.comptes.models import PersonneAttendue, Utilisateur
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


class Organisme(LigneProuvee):
    """Un acheteur, ou l'exploitant de la plateforme : un locataire, cloisonné des autres."""

    class Role(models.TextChoices):
        ACHETEUR = "acheteur", "Acheteur"
        EXPLOITANT = "exploitant", "Exploitant"

    nom = models.CharField(max_length=200)
    siret = models.CharField(max_length=14, unique=True)
    code_commune = models.CharField(max_length=5, blank=True)
    adresse = models.CharField(max_length=300, blank=True)
    code_postal = models.CharField(max_length=5, blank=True)
    ville = models.CharField(max_length=120, blank=True)
    courriel = models.EmailField("courriel de la commande publique", blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    contact_donnees_personnelles = models.CharField(
        "contact pour les données personnelles", max_length=200, blank=True
    )
    service_chorus = models.CharField("code service Chorus Pro", max_length=100, blank=True)
    role = models.CharField(max_length=12, choices=Role, default=Role.ACHETEUR)
    fuseau = models.CharField(max_length=40, default="Europe/Paris")
    peut_creer_des_consultations = models.BooleanField(default=True)
    motif_de_suspension = models.CharField(
        "pourquoi il ne crée plus de consultation", max_length=700, blank=True
    )
    # Par cause : une raison qui tombe n'efface pas l'autre. Les deux champs d'avant s'en déduisent.
    suspensions = models.JSONField("causes de la suspension", default=dict, blank=True)
    publication_a_deux = models.BooleanField(
        default=False, help_text="La personne qui publie n'est pas celle qui a rédigé."
    )
    cree_le = models.DateTimeField()

    class Meta:
        ordering = ["nom"]
        constraints = [
            models.UniqueConstraint(
                name="un_seul_exploitant", fields=["role"], condition=models.Q(role="exploitant")
            )
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def siren(self) -> str:
        return self.siret[:9]


def reference_d_habilitation() -> str:
    return reference_opaque("H")


class Habilitation(LigneProuvee):
    """Le rôle d'une personne dans un organisme, daté à ses deux bouts.

    La base n'en écrit pas pour un compte dont l'adresse n'est pas prouvée (`_gardes`).
    """

    class Role(models.TextChoices):
        REDACTEUR = "redacteur", "Rédacteur"
        VALIDEUR = "valideur", "Valideur"
        OUVREUR = "ouvreur", "Membre qui ouvre"
        LECTEUR = "lecteur", "Lecteur"
        ADMINISTRATEUR = "administrateur", "Administrateur"
        JURISTE = "juriste", "Juriste"
        TECHNICIEN = "technicien", "Technicien"
        GESTIONNAIRE = "gestionnaire", "Gestionnaire"
        ORDONNATEUR = "ordonnateur", "Ordonnateur"
        COMPTABLE = "comptable", "Comptable"

    reference = models.CharField(max_length=16, unique=True, default=reference_d_habilitation)
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="habilitations")
    utilisateur = models.ForeignKey(
        Utilisateur, on_delete=models.PROTECT, related_name="habilitations"
    )
    roles = models.JSONField(default=list)
    # L'équipe de la personne, du nom que son organisme lui donne : « Voirie ».
    # Un service n'ouvre aucun droit.
    service = models.CharField(max_length=120, blank=True, default="")
    depuis_le = models.DateTimeField()
    jusqu_au = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="une_habilitation_en_cours_par_personne",
                fields=["organisme", "utilisateur"],
                condition=models.Q(jusqu_au=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur}, {self.organisme}"

    def court(self, le: datetime) -> bool:
        """Elle a commencé, et n'a pas pris fin."""
        return self.depuis_le <= le and (self.jusqu_au is None or le < self.jusqu_au)


class HabilitationEnAttente(LigneProuvee):
    """Des rôles donnés à une adresse que personne n'a encore prouvée.

    Une table à part, et non un état : aucune lecture des habilitations ne peut les prendre pour
    des droits. Ils restent à l'adresse, quel que soit le compte qui la porte aujourd'hui.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_d_habilitation)
    organisme = models.ForeignKey(
        Organisme, on_delete=models.PROTECT, related_name="habilitations_en_attente"
    )
    attendue = models.ForeignKey(
        PersonneAttendue, on_delete=models.PROTECT, related_name="habilitations"
    )
    roles = models.JSONField(default=list)
    service = models.CharField(max_length=120, blank=True, default="")
    # Le dernier lien envoyé.
    depuis_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="une_habilitation_en_attente_par_adresse", fields=["organisme", "attendue"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.attendue}, {self.organisme} (en attente)"

    @property
    def roles_en_clair(self) -> list[str]:
        return [str(Habilitation.Role(role).label) for role in self.roles]
