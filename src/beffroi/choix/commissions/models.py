"""Qui délibère, qui est convoqué, qui est venu,
ce qui est voté, et le procès-verbal qui en reste.
"""

from datetime import date

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.commissions.mots import Fonction, Objet, Presence, Sorte
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee
from droit.calendrier.heures import PARIS


def reference_de_commission() -> str:
    return reference_opaque("CO")


def reference_de_membre() -> str:
    return reference_opaque("MC")


def reference_de_reunion() -> str:
    return reference_opaque("RC")


def choix_de(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(str(cle), libelle) for cle, libelle in table.items()]


class Commission(LigneProuvee):
    """La commission d'appel d'offres d'un organisme,
    un jury, ou une autre commission qui donne des avis.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_commission)
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="commissions")
    sorte = models.CharField(max_length=8, choices=choix_de(Sorte.dites()))
    nom = models.CharField(max_length=160)
    delai_en_jours_francs = models.PositiveSmallIntegerField(
        "délai de convocation, en jours francs", default=5
    )
    voix_preponderante = models.BooleanField(
        "le président départage un partage des voix", default=False
    )
    qualification = models.CharField(
        "qualification exigée des candidats au concours", max_length=200, blank=True
    )
    creee_le = models.DateTimeField()

    class Meta:
        ordering = ["nom", "pk"]

    def __str__(self) -> str:
        return self.nom


class Membre(LigneProuvee):
    """Une personne de la commission, datée à ses deux bouts.

    Avec un compte, elle lit ses réunions.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_membre)
    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="membres")
    utilisateur = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    nom = models.CharField(max_length=120)
    qualite = models.CharField("qualité", max_length=120, blank=True)
    courriel = models.EmailField("adresse électronique", blank=True)
    fonction = models.CharField(max_length=12, choices=choix_de(Fonction.dites()))
    qualifie = models.BooleanField("a la qualification exigée, ou une équivalente", default=False)
    depuis_le = models.DateTimeField()
    jusqu_au = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_president_par_commission",
                fields=["commission"],
                condition=Q(fonction="president", jusqu_au=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.nom}, {self.qualite}" if self.qualite else self.nom


class Reunion(LigneProuvee):
    """Une réunion : convoquée, tenue, close.

    `version` compte ses changements : on ne clôt que ce que l'on a sous les yeux.
    """

    HORS_PREUVE = {
        "version": HorsPreuve(
            "compte les changements ; chacun a son acte",
            "un écran resté ouvert serait refusé à tort, ou accepté ; l'acte, lui, est au journal",
        )
    }

    reference = models.CharField(max_length=16, unique=True, default=reference_de_reunion)
    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="reunions")
    prevue_le = models.DateTimeField()
    lieu = models.CharField(max_length=300)
    a_distance = models.BooleanField("des membres peuvent délibérer à distance", default=False)
    suite_de = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="suites"
    )
    version = models.PositiveIntegerField(default=0)
    creee_le = models.DateTimeField()
    convoquee_le = models.DateTimeField(null=True, blank=True)
    motif_du_delai = models.TextField("pourquoi moins que le délai", blank=True)
    observations = models.JSONField(default=list, blank=True)
    close_le = models.DateTimeField(null=True, blank=True)
    close_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    odt = models.CharField(max_length=120, blank=True)
    sha256_odt = models.CharField(max_length=64, blank=True)
    pdf = models.CharField(max_length=120, blank=True)
    sha256_pdf = models.CharField(max_length=64, blank=True)
    signe = models.CharField(max_length=120, blank=True)
    sha256_signe = models.CharField(max_length=64, blank=True)
    nom_du_signe = models.CharField(max_length=255, blank=True)
    signe_recu_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-prevue_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="une_reunion_close_a_son_proces_verbal",
                condition=Q(close_le=None, close_par=None, pdf="")
                | (
                    Q(close_le__isnull=False, close_par__isnull=False, convoquee_le__isnull=False)
                    & ~Q(pdf="")
                ),
            ),
            models.CheckConstraint(
                name="un_exemplaire_signe_suit_la_cloture",
                condition=Q(signe="") | Q(close_le__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commission}, {self.reference}"

    @property
    def jour(self) -> date:
        return self.prevue_le.astimezone(PARIS).date()

    @property
    def annulee(self) -> "Annulation | None":
        return getattr(self, "annulation", None)

    @property
    def en_cours(self) -> bool:
        """Convoquée, ni close ni annulée : elle se tient, ou se tiendra."""
        return self.convoquee_le is not None and self.close_le is None and self.annulee is None


class Annulation(LigneProuvee):
    """Pourquoi une réunion convoquée ne se tient pas.

    Elle reste, avec qui y était convoqué et son ordre du jour.
    """

    reunion = models.OneToOneField(Reunion, on_delete=models.PROTECT, related_name="annulation")
    motif = models.TextField()
    reportee_en = models.OneToOneField(
        Reunion, null=True, blank=True, on_delete=models.PROTECT, related_name="report_de"
    )
    annulee_le = models.DateTimeField()
    annulee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="une_annulation_se_motive", condition=~Q(motif=""))
        ]

    def __str__(self) -> str:
        return f"{self.reunion}, annulée"


class Point(LigneProuvee):
    """Une affaire à l'ordre du jour :
    une consultation, ou l'un de ses lots, et ce qu'on y demande à la commission.
    """

    reunion = models.ForeignKey(Reunion, on_delete=models.PROTECT, related_name="points")
    rang = models.PositiveSmallIntegerField()
    objet = models.CharField(max_length=12, choices=choix_de(Objet.dites()))
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="points_de_commission"
    )
    lot = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["rang"]
        constraints = [
            models.UniqueConstraint(name="un_point_par_rang", fields=["reunion", "rang"])
        ]

    def __str__(self) -> str:
        lot = f", lot {self.lot}" if self.lot else ""
        return f"{self.consultation.titre}{lot}"


class Siege(LigneProuvee):
    """Une personne convoquée à une réunion,
    telle qu'elle l'était ce jour-là, et si elle est venue.
    """

    reunion = models.ForeignKey(Reunion, on_delete=models.PROTECT, related_name="sieges")
    membre = models.ForeignKey(Membre, on_delete=models.PROTECT, related_name="sieges")
    nom = models.CharField(max_length=120)
    qualite = models.CharField(max_length=120, blank=True)
    fonction = models.CharField(max_length=12, choices=choix_de(Fonction.dites()))
    presence = models.CharField(max_length=8, blank=True, choices=choix_de(Presence.dites()))
    remplace = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="remplacants"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="un_siege_par_membre", fields=["reunion", "membre"]),
            models.UniqueConstraint(
                name="un_absent_a_un_remplacant",
                fields=["remplace"],
                condition=Q(remplace__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nom}, {self.qualite}" if self.qualite else self.nom


class Deport(LigneProuvee):
    """Une personne qui a un intérêt dans une affaire : elle n'en lit rien et n'en vote pas."""

    siege = models.ForeignKey(Siege, on_delete=models.PROTECT, related_name="deports")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="deports")
    motif = models.TextField(blank=True)
    note_le = models.DateTimeField()
    note_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="un_deport_par_affaire", fields=["siege", "point"])
        ]

    def __str__(self) -> str:
        return f"{self.siege.nom} se retire de {self.point}"


class Deliberation(LigneProuvee):
    """Un vote.

    Le suivant sur la même affaire s'ajoute : le dernier vaut, les autres restent lisibles.
    """

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="deliberations")
    rang = models.PositiveSmallIntegerField()
    pli = models.ForeignKey(Pli, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    variante = models.PositiveSmallIntegerField(default=0)
    proposition = models.TextField()
    pour = models.PositiveSmallIntegerField()
    contre = models.PositiveSmallIntegerField()
    abstentions = models.PositiveSmallIntegerField()
    president_pour = models.BooleanField(null=True, blank=True)
    adoptee = models.BooleanField()
    quorum = models.TextField("le quorum, tel qu'il se comptait à ce vote")
    inscrite_le = models.DateTimeField()
    inscrite_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["rang"]
        constraints = [models.UniqueConstraint(name="un_vote_par_rang", fields=["point", "rang"])]

    def __str__(self) -> str:
        return f"{self.point} : {'adopté' if self.adoptee else 'rejeté'}"

    @property
    def decompte(self) -> str:
        """« Adopté : 3 pour, 1 contre, 1 abstention. »"""
        abstentions = f"{self.abstentions} abstention{'s' if self.abstentions > 1 else ''}"
        voix = (
            f"{'Adopté' if self.adoptee else 'Rejeté'} : {self.pour} pour, {self.contre} contre, "
            f"{abstentions}."
        )
        if self.president_pour is None or self.pour != self.contre:
            return voix
        return (
            f"{voix} Le président vote {'pour' if self.president_pour else 'contre'}, et départage."
        )

    @property
    def enonce(self) -> str:
        """Ce qui était mis aux voix, et le décompte."""
        return f"{self.proposition.rstrip('.')}. {self.decompte}"


class Dispense(LigneProuvee):
    """Pourquoi un lot s'attribue sans un choix de la commission ici :
    urgence, acheteur non soumis, réunion tenue ailleurs.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="dispenses_de_commission"
    )
    lot = models.PositiveSmallIntegerField(null=True, blank=True)
    motif = models.TextField()
    dite_le = models.DateTimeField()
    dite_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="une_dispense_se_motive", condition=~Q(motif=""))
        ]

    def __str__(self) -> str:
        return f"sans commission : {self.consultation}"


class CodeDeProjet(LigneProuvee):
    """La lettre sous laquelle un jury examine un projet.

    Tirée au sort une fois, elle ne change plus (CCP, art. R. 2162-18).
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="codes_de_projet"
    )
    lot = models.PositiveSmallIntegerField(null=True, blank=True)
    pli = models.ForeignKey(Pli, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=4)
    tire_le = models.DateTimeField()
    tire_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "consultation", Coalesce("lot", Value(0)), "code", name="un_projet_par_code"
            ),
            models.UniqueConstraint(
                "consultation", Coalesce("lot", Value(0)), "pli", name="un_code_par_projet"
            ),
        ]

    def __str__(self) -> str:
        return f"Projet {self.code}"


class LeveeDAnonymat(LigneProuvee):
    """Le jury a signé son avis : ses projets ont un nom.

    Avec le point dont le procès-verbal est signé.
    """

    point = models.OneToOneField(Point, on_delete=models.PROTECT, related_name="levee_d_anonymat")
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="levees_d_anonymat"
    )
    lot = models.PositiveSmallIntegerField(null=True, blank=True)
    levee_le = models.DateTimeField()
    levee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "consultation", Coalesce("lot", Value(0)), name="un_anonymat_se_leve_une_fois"
            )
        ]

    def __str__(self) -> str:
        return f"anonymat levé : {self.point}"
