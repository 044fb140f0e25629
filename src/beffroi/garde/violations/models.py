"""Une violation de données personnelles, ce qui s'en est suivi, et les adhérents qu'elle touche."""

from django.db import models
from django.db.models import Q

from beffroi.garde.violations.states import CYCLE, Cas, Etat, Risque
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.journal.lignes import LigneProuvee


class Violation(LigneProuvee):
    """Des données perdues, changées ou lues sans droit :
    les faits, les effets, les mesures (RGPD, art. 33, § 3 et 5).
    """

    Etat = Etat
    CYCLE = CYCLE
    Risque = Risque

    reference = models.CharField(max_length=16, unique=True)
    etat = models.CharField(max_length=8, choices=Etat.choices, default=Etat.OUVERTE)
    titre = models.CharField(max_length=120)
    connue_le = models.DateTimeField("quand le centre en a eu connaissance")
    commencee_le = models.DateTimeField(
        "quand elle a commencé, si on le sait", null=True, blank=True
    )
    confidentialite = models.BooleanField("données lues ou divulguées", default=False)
    integrite = models.BooleanField("données changées", default=False)
    disponibilite = models.BooleanField("données perdues ou hors d'atteinte", default=False)
    responsable = models.BooleanField(
        "le centre est responsable de données touchées", default=False
    )
    sous_traitant = models.BooleanField(
        "des acheteurs sont responsables de données touchées", default=False
    )
    nature = models.TextField("ce qui s'est passé", max_length=4000)
    personnes = models.CharField("catégories de personnes", max_length=300)
    nombre_de_personnes = models.PositiveIntegerField(null=True, blank=True)
    donnees = models.CharField("catégories de données", max_length=300)
    nombre_d_enregistrements = models.PositiveIntegerField(null=True, blank=True)
    consequences = models.TextField("conséquences probables", max_length=4000)
    mesures = models.TextField("mesures prises ou proposées", max_length=4000)
    risque = models.CharField(max_length=8, choices=Risque.choices)
    raison_du_risque = models.TextField(max_length=1000)
    declaree_le = models.DateTimeField()
    declaree_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    close_le = models.DateTimeField(null=True, blank=True)
    bilan = models.TextField("ce que l'on en retient", max_length=4000, blank=True)
    cle_d_envoi = models.CharField(
        "ce qui distingue un envoi d'un second clic", max_length=80, unique=True
    )

    class Meta:
        ordering = ["-connue_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="une_violation_touche_des_donnees",
                condition=Q(confidentialite=True) | Q(integrite=True) | Q(disponibilite=True),
            ),
            models.CheckConstraint(
                name="une_violation_a_son_responsable",
                condition=Q(responsable=True) | Q(sous_traitant=True),
            ),
            models.CheckConstraint(
                name="une_violation_close_dit_son_bilan",
                condition=(Q(etat="close", close_le__isnull=False) & ~Q(bilan=""))
                | Q(etat="ouverte", close_le=None, bilan=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def est_ouverte(self) -> bool:
        return self.etat == Etat.OUVERTE

    @property
    def atteintes(self) -> list[str]:
        """Ce que les données ont subi, dans les mots du texte (RGPD, art. 4, 12)."""
        champs = ("confidentialite", "integrite", "disponibilite")
        return [str(self._meta.get_field(nom).verbose_name) for nom in champs if getattr(self, nom)]  # type: ignore[union-attr]


class Suite(LigneProuvee):
    """Ce qui s'est fait, ou appris, après la déclaration.

    Une suite s'ajoute ; aucune ne change ni ne s'efface.
    """

    class Sorte(models.TextChoices):
        PRECISION = "precision", "Faits précisés"
        NOTIFICATION = "notification", "Notifiée à la CNIL"
        COMPLEMENT = "complement", "Complément envoyé à la CNIL"
        SANS_NOTIFICATION = "sans_notification", "Pas de notification à la CNIL"
        COMMUNICATION = "communication", "Personnes prévenues"
        SANS_COMMUNICATION = "sans_communication", "Personnes non prévenues"

    Cas = Cas

    violation = models.ForeignKey(Violation, on_delete=models.PROTECT, related_name="suites")
    sorte = models.CharField(max_length=18, choices=Sorte)
    faite_le = models.DateTimeField("quand cela s'est fait")
    texte = models.TextField(max_length=4000)
    numero = models.CharField("numéro donné par la CNIL", max_length=60, blank=True)
    motif_du_retard = models.TextField(max_length=1000, blank=True)
    cas = models.CharField(
        "pourquoi les personnes ne sont pas prévenues",
        max_length=16,
        choices=Cas.choices,
        blank=True,
    )
    nombre = models.PositiveIntegerField("personnes prévenues", null=True, blank=True)
    changements = models.TextField("ce qui a changé dans les faits", blank=True)
    notee_le = models.DateTimeField()
    par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    cle_d_envoi = models.CharField(
        "ce qui distingue un envoi d'un second clic", max_length=80, unique=True
    )

    class Meta:
        ordering = ["faite_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_premiere_notification",
                fields=["violation"],
                condition=Q(sorte="notification"),
            ),
            models.CheckConstraint(
                name="ne_pas_prevenir_dit_son_cas",
                condition=(Q(sorte="sans_communication") & ~Q(cas=""))
                | (~Q(sorte="sans_communication") & Q(cas="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.violation_id}, {self.get_sorte_display()}"


class Touche(LigneProuvee):
    """Un adhérent dont des données sont touchées,
    et quand le centre l'a prévenu (RGPD, art. 33, § 2).
    """

    violation = models.ForeignKey(Violation, on_delete=models.PROTECT, related_name="touches")
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="+")
    message = models.TextField("ce qui le concerne, ce qu'il a à faire", max_length=4000)
    prevenu_le = models.DateTimeField()
    prevenu_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["organisme__nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_adherent_prevenu_une_fois", fields=["violation", "organisme"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.violation_id}, {self.organisme_id}"
