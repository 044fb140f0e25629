"""Les opérateurs économiques : une entreprise, ses établissements, ses membres, ses groupements."""

from datetime import datetime, timedelta

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee

DUREE_D_UNE_INVITATION = timedelta(days=7)


def reference_d_entreprise() -> str:
    return reference_opaque("E")


def reference_de_membre() -> str:
    return reference_opaque("M")


def reference_d_invitation() -> str:
    return reference_opaque("I")


class Entreprise(LigneProuvee):
    """Un opérateur économique, par son SIREN ou par son identifiant étranger."""

    class Nature(models.TextChoices):
        FRANCAISE = "francaise", "Entreprise française (SIREN)"
        UNION = "union", "Union européenne (numéro de TVA)"
        ETRANGERE = "etrangere", "Hors Union européenne"

    class Taille(models.TextChoices):
        """Décret n° 2008-1354 du 18 décembre 2008, art. 3."""

        MICRO = "micro", "Microentreprise"
        PME = "pme", "Petite ou moyenne entreprise"
        ETI = "eti", "Entreprise de taille intermédiaire"
        GRANDE = "grande", "Grande entreprise"

    reference = models.CharField(max_length=16, unique=True, default=reference_d_entreprise)
    nature = models.CharField(max_length=12, choices=Nature, default=Nature.FRANCAISE)
    identifiant = models.CharField("SIREN, TVA ou identifiant étranger", max_length=40)
    pays = models.CharField(max_length=2, default="FR")
    nom = models.CharField(max_length=200)
    taille = models.CharField("taille, si elle l'a dite", max_length=6, choices=Taille, blank=True)
    creee_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="une_entreprise_par_identifiant", fields=["nature", "pays", "identifiant"]
            )
        ]

    def __str__(self) -> str:
        return self.nom


class Etablissement(LigneProuvee):
    """Un lieu d'activité : un SIRET pour les entreprises françaises."""

    entreprise = models.ForeignKey(
        Entreprise, on_delete=models.PROTECT, related_name="etablissements"
    )
    identifiant = models.CharField("SIRET ou identifiant étranger", max_length=40)
    adresse = models.CharField(max_length=300, blank=True)
    code_postal = models.CharField("code postal, s'il est dit", max_length=5, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="un_etablissement_par_identifiant", fields=["entreprise", "identifiant"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.entreprise} ({self.identifiant})"


class Membre(LigneProuvee):
    """Une personne qui agit pour un établissement.

    Les collègues du même SIRET partagent leurs réponses.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_membre)
    etablissement = models.ForeignKey(
        Etablissement, on_delete=models.PROTECT, related_name="membres"
    )
    utilisateur = models.ForeignKey(
        Utilisateur, on_delete=models.PROTECT, related_name="entreprises"
    )
    depuis_le = models.DateTimeField()
    jusqu_au = models.DateTimeField(null=True, blank=True)
    confirme_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="un_membre_en_cours_par_etablissement",
                fields=["etablissement", "utilisateur"],
                condition=models.Q(jusqu_au=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur}, {self.etablissement}"


class InvitationEnAttente(models.Model):
    """Une adresse, le temps qu'elle réponde :
    acceptée, annulée ou passée, l'invitation s'efface et son lien meurt.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_d_invitation)
    par = models.ForeignKey(Membre, on_delete=models.CASCADE, related_name="invitations")
    courriel = models.EmailField(max_length=254)
    envoyee_le = models.DateTimeField()

    class Meta:
        ordering = ["-envoyee_le", "-pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def vaut_jusqu_au(self) -> datetime:
        return self.envoyee_le + DUREE_D_UNE_INVITATION
