"""Recevoir des réponses scellées :
le brouillon, ses fichiers, leurs parties, puis le pli et son accusé de réception.
"""

import hashlib
import secrets
from datetime import datetime

from django.db import models

from beffroi.achat.consultations.models import Consultation, PieceAttendue
from beffroi.achat.tours import queries as tours
from beffroi.achat.tours.models import Invitation, Tour
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.reponse.depots.states import CYCLE_DU_PLI, EtatDuPli
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee

SHA256 = 64


def reference_de_reponse() -> str:
    return reference_opaque("R")


def sel_de_jeton() -> str:
    return secrets.token_hex(16)


def reference_de_fichier() -> str:
    return reference_opaque("F", 16)


class BrouillonDeReponse(models.Model):
    """Une réponse en préparation.

    Ses fichiers voyagent ; rien n'est déposé tant qu'aucun pli n'en est né.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_reponse)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="brouillons"
    )
    equipe = models.ForeignKey(Equipe, on_delete=models.PROTECT, related_name="brouillons")
    # Vide au premier temps ; sinon, l'invitation à laquelle la réponse répond.
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="brouillons"
    )
    commence_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    lots = models.JSONField(default=list)
    groupement = models.JSONField(default=dict, blank=True)
    groupement_vu_le = models.DateTimeField(null=True, blank=True)
    sel_du_jeton = models.CharField(max_length=SHA256, default=sel_de_jeton)
    commence_le = models.DateTimeField()
    premier_octet_le = models.DateTimeField(null=True, blank=True)
    expire_le = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="brouillon_par_equipe", fields=["equipe", "consultation"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def tour(self) -> Tour | None:
        """Le tour d'offres de cette réponse ; rien au premier temps de la procédure."""
        return self.invitation.tour if self.invitation else None

    @property
    def date_limite(self) -> datetime | None:
        """L'heure limite de cette réponse : celle de son tour, ou celle de la consultation."""
        tour = self.tour
        return tour.date_limite if tour else self.consultation.date_limite_remise


class FichierScelle(models.Model):
    """Un fichier déjà chiffré, reçu par parties numérotées."""

    class Etat(models.TextChoices):
        EN_COURS = "en_cours", "En cours d'envoi"
        TERMINE = "termine", "Reçu et vérifié"

    reference = models.CharField(max_length=24, unique=True, default=reference_de_fichier)
    brouillon = models.ForeignKey(
        BrouillonDeReponse, on_delete=models.PROTECT, related_name="fichiers"
    )
    enveloppe = models.CharField(max_length=12, choices=PieceAttendue.Enveloppe)
    lot = models.PositiveSmallIntegerField(null=True, blank=True)
    piece = models.ForeignKey(
        PieceAttendue, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    nom = models.CharField(max_length=255)
    taille = models.PositiveBigIntegerField()
    taille_claire = models.PositiveBigIntegerField()
    # Le condensé que le client tire de l'entête scellé : annoncé deux fois, c'est le même fichier.
    scellement = models.CharField(max_length=SHA256, blank=True)
    etat = models.CharField(max_length=8, choices=Etat, default=Etat.EN_COURS)
    cle_de_stockage = models.CharField(max_length=120)
    televersement = models.CharField(max_length=300, blank=True)
    racine = models.CharField(max_length=SHA256, blank=True)
    sha256_declare = models.CharField(max_length=SHA256, blank=True)
    sha256_recalcule = models.CharField(max_length=SHA256, blank=True)
    commence_le = models.DateTimeField()
    termine_le = models.DateTimeField(null=True, blank=True)
    # Retiré de la suite de la réponse, mais gardé : un pli déjà déposé le contient.
    ecarte_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="un_fichier_termine_a_sa_racine",
                condition=models.Q(etat="en_cours", termine_le=None)
                | (models.Q(etat="termine", termine_le__isnull=False) & ~models.Q(racine="")),
            ),
            models.UniqueConstraint(
                name="un_fichier_par_scellement",
                fields=["brouillon", "scellement"],
                condition=~models.Q(scellement=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} ({self.nom})"


class PartieRecue(models.Model):
    """Une partie durable. Ce qui n'est pas ici n'est pas reçu."""

    fichier = models.ForeignKey(FichierScelle, on_delete=models.CASCADE, related_name="parties")
    numero = models.PositiveIntegerField()
    taille = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=SHA256)
    recue_le = models.DateTimeField()

    class Meta:
        ordering = ["numero"]
        constraints = [
            models.UniqueConstraint(name="une_partie_par_numero", fields=["fichier", "numero"])
        ]

    def __str__(self) -> str:
        return f"{self.fichier_id}/{self.numero}"


class PartieAnnoncee(models.Model):
    """L'empreinte d'une partie envoyée directement au stockage.

    La première annonce tient : toute adresse la signe.
    """

    fichier = models.ForeignKey(FichierScelle, on_delete=models.CASCADE, related_name="annonces")
    numero = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=SHA256)

    class Meta:
        ordering = ["numero"]
        constraints = [
            models.UniqueConstraint(name="une_annonce_par_numero", fields=["fichier", "numero"])
        ]

    def __str__(self) -> str:
        return f"{self.fichier_id}/{self.numero}"


class Pli(models.Model):
    """Une réponse déposée : le fait que la loi regarde.

    Son contenu et son heure ne changent jamais.
    """

    Etat = EtatDuPli
    CYCLE = CYCLE_DU_PLI
    # Remplis par `queries.plis_proposes`, pour l'ouverture seulement.
    places_proposees: frozenset[tuple[str, int | None]] = frozenset()
    avertissement: str = ""
    en_question: bool = False
    contestation: "Contestation | None" = None

    reference = models.CharField(max_length=16, unique=True)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="plis")
    brouillon = models.ForeignKey(BrouillonDeReponse, on_delete=models.PROTECT, related_name="plis")
    tour = models.ForeignKey(
        Tour, null=True, blank=True, on_delete=models.PROTECT, related_name="plis"
    )
    equipe = models.ForeignKey(Equipe, on_delete=models.PROTECT, related_name="plis")
    depose_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    lots = models.JSONField(default=list)
    groupement = models.JSONField(default=dict, blank=True)
    etat = models.CharField(max_length=10, choices=EtatDuPli.choices, default=EtatDuPli.DEPOSE)
    cle_d_idempotence = models.CharField(max_length=80)
    debut_transmission = models.DateTimeField()
    fin_transmission = models.DateTimeField()
    recu_le = models.DateTimeField()
    date_limite = models.DateTimeField()
    hors_delai = models.BooleanField()
    remplace = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="remplacants"
    )
    version_client = models.CharField(max_length=80, blank=True)
    ecriture = models.PositiveBigIntegerField(null=True, blank=True)
    retire_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recu_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_pli_par_cle_d_idempotence", fields=["brouillon", "cle_d_idempotence"]
            ),
            models.CheckConstraint(
                name="hors_delai_est_un_fait",
                condition=models.Q(hors_delai=True, recu_le__gt=models.F("date_limite"))
                | models.Q(hors_delai=False, recu_le__lte=models.F("date_limite")),
            ),
            models.CheckConstraint(
                name="debut_avant_fin_avant_reception",
                condition=models.Q(debut_transmission__lte=models.F("fin_transmission"))
                & models.Q(fin_transmission__lte=models.F("recu_le")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def organisme_du_journal(self) -> str:
        return self.consultation.organisme.siret

    @property
    def acte_du_depot(self) -> str:
        """Un dépôt d'essai de la plateforme ne se compte jamais parmi ceux des
        entreprises : il a son acte.
        """
        return "pli.essayer" if self.consultation.technique else "pli.deposer"

    @property
    def limite_actuelle(self) -> datetime:
        """L'heure limite d'aujourd'hui, après les reports :
        celle de son tour, ou celle de la consultation.
        """
        return tours.limite_de(self.consultation, self.tour)


class Contestation(LigneProuvee):
    """« Ce n'est pas moi » : une personne de l'équipe, ou qui a déposé, conteste le retrait ou le
    remplacement d'un pli. Tant que rien ne la lève, rien ne retire ni ne remplace ce pli.
    """

    class Geste(models.TextChoices):
        RETRAIT = "retrait", "Retrait"
        REMPLACEMENT = "remplacement", "Remplacement"

    pli = models.ForeignKey(Pli, on_delete=models.PROTECT, related_name="contestations")
    geste = models.CharField(max_length=12, choices=Geste)
    contestee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    contestee_le = models.DateTimeField()
    levee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_contestation_en_cours_par_pli",
                fields=["pli"],
                condition=models.Q(levee_le=None),
            ),
            models.CheckConstraint(
                name="levee_apres_contestee",
                condition=models.Q(levee_le=None)
                | models.Q(levee_le__gte=models.F("contestee_le")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_geste_display()} contesté : {self.pli}"


class SoumissionnaireDit(LigneProuvee):
    """Des équipes disent la même entreprise, et ne se connaissent pas :
    avant d'ouvrir, l'acheteur a dit si elles font un seul soumissionnaire (CCP, art. R. 2151-6).
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    tour = models.ForeignKey(
        Tour, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    equipes = models.JSONField()
    un_seul = models.BooleanField()
    motif = models.TextField()
    dit_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    dit_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="un_soumissionnaire_se_dit_avec_un_motif", condition=~models.Q(motif="")
            )
        ]

    def __str__(self) -> str:
        return "un seul soumissionnaire" if self.un_seul else "deux soumissionnaires"


class Enveloppe(models.Model):
    """Une part scellée d'un pli : la candidature, ou l'offre d'un lot."""

    pli = models.ForeignKey(Pli, on_delete=models.PROTECT, related_name="enveloppes")
    sorte = models.CharField(max_length=12, choices=PieceAttendue.Enveloppe)
    lot = models.PositiveSmallIntegerField(null=True, blank=True)
    empreinte_de_cle = models.CharField(max_length=32)
    engagement = models.CharField(max_length=SHA256)
    manifeste = models.OneToOneField(FichierScelle, on_delete=models.PROTECT, related_name="+")
    fichiers = models.ManyToManyField(FichierScelle, related_name="enveloppes")

    class Meta:
        ordering = ["sorte", "lot", "pk"]

    def __str__(self) -> str:
        return f"{self.get_sorte_display()} {self.lot or ''}".strip()


class AccuseDeReception(models.Model):
    """Le récépissé (CCP, annexe 7, art. 2-III) :
    son enregistrement canonique, celui que le journal horodate.
    """

    pli = models.OneToOneField(Pli, on_delete=models.PROTECT, related_name="accuse")
    contenu = models.TextField()
    delivre_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"récépissé {self.pli}"

    @property
    def empreinte(self) -> bytes:
        """Le sceau du dépôt, le même sur le récépissé, au registre et au procès-verbal."""
        return hashlib.sha256(self.contenu.encode()).digest()


class DepotMateriel(LigneProuvee):
    """Un dépôt qui n'est pas électronique :
    copie de sauvegarde, échantillon, réponse papier (CCP, R. 2132-11 à 13).
    """

    class Sorte(models.TextChoices):
        COPIE_DE_SAUVEGARDE = "copie_de_sauvegarde", "Copie de sauvegarde"
        ECHANTILLON = "echantillon", "Échantillon ou maquette"
        PAPIER = "papier", "Réponse sur papier"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="depots_materiels"
    )
    sorte = models.CharField(max_length=20, choices=Sorte)
    deposant = models.CharField(max_length=200)
    lot = models.PositiveSmallIntegerField(null=True, blank=True)
    recu_le = models.DateTimeField()
    preuve = models.CharField(max_length=200, help_text="Numéro de recommandé, récépissé remis…")
    observation = models.TextField(blank=True)
    saisi_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    saisi_le = models.DateTimeField()

    class Meta:
        ordering = ["recu_le", "pk"]

    def __str__(self) -> str:
        return f"{self.get_sorte_display()} de {self.deposant}"
