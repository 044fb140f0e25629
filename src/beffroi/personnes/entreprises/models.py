"""Qui répond : des équipes, et ce qu'elles disent de leur entreprise.
Les personnes qui s'y sont reconnues, celles qui attendent, celles qu'on invite.
"""

from datetime import datetime, timedelta

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee

DUREE_D_UNE_INVITATION = timedelta(days=7)


def reference_d_equipe() -> str:
    return reference_opaque("E")


def reference_de_membre() -> str:
    return reference_opaque("M")


def reference_de_demande() -> str:
    return reference_opaque("J")


def reference_d_invitation() -> str:
    return reference_opaque("I")


class Equipe(LigneProuvee):
    """Des personnes qui se sont reconnues : ce qu'elles déposent est à elles, et à elles seules.

    Un SIRET n'est que ce qu'une équipe dit de son entreprise. Une autre peut dire le même : elle
    se tient à côté, et n'apprend rien de celle-ci.
    """

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

    reference = models.CharField(max_length=16, unique=True, default=reference_d_equipe)
    nature = models.CharField(max_length=12, choices=Nature, default=Nature.FRANCAISE)
    pays = models.CharField(max_length=2, default="FR")
    identifiant = models.CharField("SIRET ou identifiant étranger", max_length=40)
    numero_d_entreprise = models.CharField("SIREN, TVA ou identifiant étranger", max_length=40)
    nom = models.CharField(max_length=200)
    taille = models.CharField("taille, si elle l'a dite", max_length=6, choices=Taille, blank=True)
    adresse = models.CharField(max_length=300, blank=True)
    code_postal = models.CharField("code postal, s'il est dit", max_length=5, blank=True)
    fondee_le = models.DateTimeField()
    # Une personne reconnue ailleurs apporte à l'autre équipe ce qu'elle avait fait seule.
    reunie_a = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reunies"
    )
    reunie_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(name="equipes_par_etablissement", fields=["identifiant"]),
            models.Index(name="equipes_par_entreprise", fields=["numero_d_entreprise"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="reunie_a_un_instant",
                condition=models.Q(reunie_a=None, reunie_le=None)
                | models.Q(reunie_a__isnull=False, reunie_le__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nom} ({self.identifiant})"


class Membre(LigneProuvee):
    """Une personne d'une équipe : elle l'a fondée, ou quelqu'un de l'équipe l'a reconnue.

    Ce qui attend d'être reconnu n'est pas ici : une ligne donne toujours le droit d'agir.
    """

    REPRISES = {
        "equipe_id": "s'appelait etablissement_id",
        "reconnu_par_id": "d'après le registre, qui savait qui avait confirmé qui",
    }

    reference = models.CharField(max_length=16, unique=True, default=reference_de_membre)
    equipe = models.ForeignKey(Equipe, on_delete=models.PROTECT, related_name="membres")
    utilisateur = models.ForeignKey(
        Utilisateur, on_delete=models.PROTECT, related_name="entreprises"
    )
    reconnu_par = models.ForeignKey(
        Utilisateur,
        verbose_name="reconnu par, sauf qui fonde l'équipe",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    depuis_le = models.DateTimeField()
    jusqu_au = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="un_membre_en_cours_par_equipe",
                fields=["equipe", "utilisateur"],
                condition=models.Q(jusqu_au=None),
            ),
            models.UniqueConstraint(
                name="une_equipe_a_qui_la_fonde",
                fields=["equipe"],
                condition=models.Q(reconnu_par=None),
            ),
            models.CheckConstraint(
                name="nul_ne_se_reconnait_soi_meme",
                condition=models.Q(reconnu_par=None)
                | ~models.Q(reconnu_par=models.F("utilisateur")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur}, {self.equipe}"

    def agissait_pour(self, quand: datetime) -> frozenset[str]:
        """Les équipes, par leur référence, sur lesquelles elle donnait d'agir à cet instant."""
        if quand < self.depuis_le or (self.jusqu_au and quand >= self.jusqu_au):
            return frozenset()
        reunies = self.equipe.reunies.all()
        return frozenset(
            {self.equipe.reference}
            | {une.reference for une in reunies if une.reunie_le and une.reunie_le <= quand}
        )


class DemandeDeRejoindre(models.Model):
    """Une personne qui dit le même établissement, et demande à une équipe de la reconnaître.

    Elle n'y donne aucun droit : acceptée ou écartée, elle s'efface ; l'acte reste au journal.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_demande)
    equipe = models.ForeignKey(Equipe, on_delete=models.CASCADE, related_name="demandes")
    utilisateur = models.ForeignKey(Utilisateur, on_delete=models.CASCADE, related_name="+")
    faite_le = models.DateTimeField()

    class Meta:
        ordering = ["faite_le", "pk"]
        constraints = [
            models.UniqueConstraint(name="une_demande_par_equipe", fields=["equipe", "utilisateur"])
        ]

    def __str__(self) -> str:
        return self.reference


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


class FondationsDUnReseau(models.Model):
    """Combien d'équipes se sont fondées un jour depuis un réseau, dont on ne garde que
    l'empreinte ; le lendemain, on l'oublie.
    """

    empreinte = models.CharField(max_length=64)
    jour = models.DateField(db_index=True)
    nombre = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="un_compte_par_reseau_et_par_jour", fields=["empreinte", "jour"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.jour} : {self.nombre}"
