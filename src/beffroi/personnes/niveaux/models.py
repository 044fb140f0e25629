"""Ce qu'une équipe a prouvé de son entreprise, et ce qu'elle a en main pour le prouver."""

from datetime import datetime

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe, Membre
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_preuve() -> str:
    return reference_opaque("PI")


def reference_de_defi() -> str:
    return reference_opaque("DF", 12)


def reference_de_lettre() -> str:
    return reference_opaque("LC")


class PreuveDEntreprise(LigneProuvee):
    """Cette équipe agit pour l'entreprise qu'elle dit : quelqu'un l'a constaté, et comment.

    La suivante s'ajoute. Celle-ci finit à son terme, ou le jour où le centre la révoque.
    """

    class Moyen(models.TextChoices):
        CERTIFICAT = "certificat", "par un certificat qualifié de l'entreprise"
        PIECES = "pieces", "par des pièces que le centre de gestion a vues"
        COURRIER = "courrier", "par un code posté à l'adresse de Sirene"
        PROCONNECT = "proconnect", "par ProConnect"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_preuve)
    equipe = models.ForeignKey(
        Equipe, on_delete=models.PROTECT, related_name="preuves_d_entreprise"
    )
    numero_d_entreprise = models.CharField(max_length=40)
    moyen = models.CharField(max_length=12, choices=Moyen)
    # Le certificat, les pièces vues, la lettre : de quoi retrouver, jamais la pièce elle-même.
    precision = models.CharField(max_length=600)
    par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    etablie_le = models.DateTimeField()
    vaut_jusqu_au = models.DateTimeField()
    revoquee_le = models.DateTimeField(null=True, blank=True)
    revoquee_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    motif_de_la_revocation = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["etablie_le", "pk"]
        constraints = [
            models.CheckConstraint(
                name="une_preuve_finit_apres_son_debut",
                condition=models.Q(vaut_jusqu_au__gt=models.F("etablie_le")),
            ),
            models.CheckConstraint(
                name="une_revocation_dit_par_qui_et_pourquoi",
                condition=models.Q(revoquee_le=None, revoquee_par=None, motif_de_la_revocation="")
                | models.Q(revoquee_le__isnull=False, revoquee_par__isnull=False)
                & ~models.Q(motif_de_la_revocation=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.equipe}, {self.get_moyen_display()}"

    def vaut_le(self, quand: datetime) -> bool:
        """Établie, ni échue ni révoquée à cet instant."""
        fin = min(self.vaut_jusqu_au, self.revoquee_le or self.vaut_jusqu_au)
        return self.etablie_le <= quand < fin


class Defi(models.Model):
    """Un document à signer, propre à une équipe et à une semaine.

    Il ne donne aucun droit : signé de l'entreprise et rendu à temps, il établit une preuve.
    """

    reference = models.CharField(max_length=20, unique=True, default=reference_de_defi)
    membre = models.ForeignKey(Membre, on_delete=models.CASCADE, related_name="+")
    document = models.BinaryField()
    empreinte = models.CharField(max_length=64, unique=True)
    taille = models.PositiveIntegerField()
    lance_le = models.DateTimeField()
    expire_le = models.DateTimeField(db_index=True)
    releve_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-lance_le", "-pk"]

    def __str__(self) -> str:
        return self.reference


class LettreDeCode(models.Model):
    """Une lettre que le centre poste à l'adresse de Sirene, avec un code que l'équipe retape.

    Demandée, imprimée, puis close : le code est tapé, épuisé, périmé, ou la demande refusée. La
    base n'a du code qu'une empreinte.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_lettre)
    membre = models.ForeignKey(Membre, on_delete=models.CASCADE, related_name="+")
    equipe = models.ForeignKey(Equipe, on_delete=models.CASCADE, related_name="+")
    demandee_le = models.DateTimeField()
    adresse = models.TextField("adresse lue dans Sirene", blank=True)
    imprimee_le = models.DateTimeField(null=True, blank=True)
    expire_le = models.DateTimeField(null=True, blank=True)
    empreinte_du_code = models.CharField(max_length=64, blank=True)
    essais_manques = models.PositiveSmallIntegerField(default=0)
    close_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["demandee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_lettre_en_cours_par_equipe",
                fields=["equipe"],
                condition=models.Q(close_le=None),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
