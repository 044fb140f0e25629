"""Qui peut ouvrir : des identités qui ne quittent pas leur propriétaire,
des clés partagées, des gardiens.
"""

import json

from django.db import models

from beffroi.personnes.comptes.models import PersonneAttendue, Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee
from sceau import key_record
from sceau.signing import PublicIdentity


class IdentiteDeMembre(LigneProuvee):
    """La clé d'une personne :
    le serveur n'en connaît que la partie publique et les fentes qui la referment.
    """

    utilisateur = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="identites")
    destinataire = models.TextField(help_text="age1pq…")
    # De la clé de scellement seule ; celle de la personne est `empreinte_d_identite`.
    empreinte = models.CharField(max_length=32, unique=True)
    cle_de_signature = models.CharField(max_length=64, help_text="Ed25519, en hexadécimal.")
    creee_le = models.DateTimeField()
    secours_recopie_le = models.DateTimeField(null=True, blank=True)
    retiree_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="une_identite_en_cours_par_personne",
                fields=["utilisateur"],
                condition=models.Q(retiree_le=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur} ({self.empreinte})"

    @property
    def publique(self) -> PublicIdentity:
        return PublicIdentity(self.empreinte, bytes.fromhex(self.cle_de_signature))

    @property
    def empreinte_d_identite(self) -> str:
        """Celle que la personne donne d'elle :
        elle couvre sa clé de scellement et sa clé de signature (sceau, SPEC §4).
        """
        return self.publique.fingerprint


def reference_de_fente() -> str:
    return reference_opaque("F")


class Fente(LigneProuvee):
    """Une façon d'ouvrir une identité :
    un fichier age qui la contient, fermé par une phrase, un passkey ou un code.
    """

    class Sorte(models.TextChoices):
        PHRASE = "phrase", "Phrase de clé"
        PASSKEY = "passkey", "Clé d'accès (passkey)"
        SECOURS = "secours", "Code de secours imprimé"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_fente)
    identite = models.ForeignKey(IdentiteDeMembre, on_delete=models.PROTECT, related_name="fentes")
    sorte = models.CharField(max_length=10, choices=Sorte)
    libelle = models.CharField(max_length=80, blank=True)
    contenu = models.BinaryField()
    parametres = models.JSONField(default=dict, blank=True)
    creee_le = models.DateTimeField()
    ouverte_le = models.DateTimeField(
        null=True, blank=True, help_text="Vide : jamais essayée, elle ne compte pas."
    )

    def __str__(self) -> str:
        return f"{self.get_sorte_display()}, {self.identite}"

    @property
    def nom(self) -> str:
        """Ce qui distingue deux clés d'accès : « Clé d'accès (passkey), téléphone »."""
        sorte = self.get_sorte_display()
        return f"{sorte}, {self.libelle}" if self.libelle and self.libelle not in sorte else sorte


def reference_de_gardien() -> str:
    return reference_opaque("G")


class Gardien(LigneProuvee):
    """Une personne qui garde une part de recouvrement,
    hors de l'acheteur, hors de l'équipe technique si possible.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_gardien)
    utilisateur = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="gardes")
    organisation = models.CharField(max_length=200)
    releve_de_l_exploitant = models.BooleanField(default=False)
    designe_le = models.DateTimeField()
    canari_scelle = models.BinaryField(default=bytes, blank=True)
    canari_empreinte = models.CharField(max_length=64, blank=True)
    canari_ouvert_le = models.DateTimeField(null=True, blank=True)
    retire_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="un_gardien_en_fonction_par_personne",
                fields=["utilisateur"],
                condition=models.Q(retire_le=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur}, {self.organisation}"


class GardienEnAttente(LigneProuvee):
    """Une garde donnée à une adresse que personne n'a encore prouvée : elle ne garde rien."""

    reference = models.CharField(max_length=16, unique=True, default=reference_de_gardien)
    attendue = models.OneToOneField(
        PersonneAttendue, on_delete=models.PROTECT, related_name="garde"
    )
    organisation = models.CharField(max_length=200)
    releve_de_l_exploitant = models.BooleanField(default=False)
    # Le dernier lien envoyé.
    depuis_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attendue}, {self.organisation} (en attente)"


def reference_de_paire() -> str:
    return reference_opaque("K")


class PaireDeCles(LigneProuvee):
    """La clé publique d'une sorte d'enveloppe d'une consultation ;
    la clé secrète n'existe qu'en parts scellées.
    """

    class Politique(models.TextChoices):
        STANDARD = "standard", "Standard : un membre suffit à tourner la clé"
        DOUBLE = "double", "Double contrôle : deux membres tournent leur clé"
        COFFRE = "coffre", "Coffre"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_paire)
    organisme = models.ForeignKey(
        Organisme, on_delete=models.PROTECT, related_name="paires_de_cles"
    )
    destinataire = models.TextField(help_text="age1pq…")
    empreinte = models.CharField(max_length=32, unique=True)
    politique = models.CharField(max_length=10, choices=Politique)
    seuil = models.PositiveSmallIntegerField()
    seuil_des_gardiens = models.PositiveSmallIntegerField(default=2)
    enregistrement = models.TextField(
        help_text="Ce qu'un membre a signé, en JSON canonique (sceau, SPEC §11)."
    )
    signature = models.CharField(max_length=128)
    creee_le = models.DateTimeField()
    retiree_le = models.DateTimeField(
        null=True, blank=True, help_text="Ne sert plus : remplacée, ou sans objet."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="le_seuil_suit_la_politique",
                condition=models.Q(politique="standard", seuil=1)
                | models.Q(politique="double", seuil=2),
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} ({self.empreinte})"

    @property
    def identite_qui_signe(self) -> str:
        """L'empreinte qu'une entreprise peut exiger ; vide si l'ancien format ne lie personne
        à sa signature (sceau, SPEC §11).
        """
        dit = json.loads(self.enregistrement)
        return str(dit["signataire"]) if dit.get("format") == key_record.FORMAT else ""


def reference_de_part() -> str:
    return reference_opaque("P")


class PartDeCle(LigneProuvee):
    """Une part de la clé, scellée pour une seule identité :
    celle d'un membre ou celle d'un gardien.

    Le canari d'une part de membre prouve que sa clé s'ouvre ;
    un gardien en ouvre un seul, à sa désignation.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_part)
    paire = models.ForeignKey(PaireDeCles, on_delete=models.PROTECT, related_name="parts")
    identite = models.ForeignKey(IdentiteDeMembre, on_delete=models.PROTECT, related_name="parts")
    gardien = models.ForeignKey(
        Gardien, null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    contenu = models.BinaryField()
    canari_scelle = models.BinaryField(default=bytes, blank=True)
    canari_empreinte = models.CharField(max_length=64, blank=True)
    canari_ouvert_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="une_part_de_membre_par_identite",
                fields=["paire", "identite"],
                condition=models.Q(gardien=None),
            ),
            models.UniqueConstraint(
                name="une_part_par_gardien",
                fields=["paire", "gardien"],
                condition=models.Q(gardien__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"part de {self.identite} pour {self.paire}"
