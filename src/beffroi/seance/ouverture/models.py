"""Ouvrir les réponses à plusieurs, l'une après l'autre."""

from datetime import datetime

from django.db import models

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours import queries as tours
from beffroi.achat.tours.models import Tour
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.reponse.depots.models import Enveloppe, Pli
from beffroi.seance.ouverture.states import CYCLE_DE_SEANCE, FINIES, EtatDeSeance
from beffroi.seance.ouverture.tables import PlaceATable, TableDeCles
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_seance() -> str:
    return reference_opaque("S")


def reference_d_ouverture() -> str:
    return reference_opaque("V", 12)


def reference_de_fichier_ouvert() -> str:
    return reference_opaque("C", 16)


class Seance(LigneProuvee, TableDeCles):
    """Une séance d'ouverture, ou la reprise motivée d'une ouverture.

    Une seule en cours par consultation.
    """

    HORS_PREUVE = {
        "cle_ephemere": HorsPreuve(
            "une clé publique d'un instant, effacée à la clôture",
            "les codes comparés de vive voix ne s'accorderaient plus, et l'on recommencerait",
        ),
    }

    class Motif(models.TextChoices):
        OUVERTURE = "ouverture", "Ouverture des réponses"
        COMPLEMENTAIRE = "complementaire", "Ouverture complémentaire motivée"

    Etat = EtatDeSeance
    CYCLE = CYCLE_DE_SEANCE
    A_TOURNER = (EtatDeSeance.CLES_EN_COURS, EtatDeSeance.SUSPENDUE)
    PREFIXE_AU_JOURNAL = "seance"
    USAGE_DES_CLES = "ouvrir"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_seance)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="seances")
    tour = models.ForeignKey(
        Tour,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seances",
        help_text="Le tour d'offres que la séance ouvre ; vide pour le premier temps.",
    )
    etat = models.CharField(
        max_length=14, choices=EtatDeSeance.choices, default=EtatDeSeance.PREPAREE
    )
    motif = models.CharField(max_length=14, choices=Motif, default=Motif.OUVERTURE)
    justification = models.TextField(blank=True)
    lieu = models.CharField(max_length=200, blank=True)
    prevue_le = models.DateTimeField(null=True, blank=True)
    creee_le = models.DateTimeField()
    installee_le = models.DateTimeField(null=True, blank=True)
    registre_lu_le = models.DateTimeField(null=True, blank=True)
    ouverte_le = models.DateTimeField(null=True, blank=True)
    close_le = models.DateTimeField(null=True, blank=True)
    par_les_gardiens = models.BooleanField(default=False)
    demande_ecrite = models.CharField(
        max_length=200, blank=True, help_text="Demande qui fonde le recouvrement."
    )
    tours_de_cle = models.JSONField(default=list, blank=True)
    remarques = models.JSONField(default=list, blank=True)
    commission = models.JSONField(
        default=dict, blank=True, help_text="Qui siège ; vide hors commission."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="une_seance_en_cours_par_consultation",
                fields=["consultation"],
                condition=~models.Q(etat__in=FINIES),
            ),
            models.CheckConstraint(
                name="une_seance_complementaire_se_motive",
                condition=~models.Q(motif="complementaire", justification=""),
            ),
            models.CheckConstraint(
                name="les_gardiens_sont_demandes_par_ecrit",
                condition=models.Q(par_les_gardiens=False) | ~models.Q(demande_ecrite=""),
            ),
        ]

    def __str__(self) -> str:
        return f"séance {self.reference}"

    @property
    def limite(self) -> datetime:
        """L'heure avant laquelle rien ne s'ouvre : celle du tour, ou celle de la consultation."""
        return tours.limite_de(self.consultation, self.tour)

    @property
    def paires_de_cles(self) -> dict[str, PaireDeCles]:
        """Les clés que la séance reconstitue, et elles seules :
        celle d'un tour à venir reste en morceaux.
        """
        return tours.paires_de(self.consultation, self.tour)


class Participant(LigneProuvee, PlaceATable):
    """Une personne à la table :
    présente, sans conflit d'intérêts déclaré, et peut-être porteuse d'une clé.
    """

    HORS_PREUVE = {
        "appareil": HorsPreuve(
            "change quand la personne change de navigateur",
            "une personne devrait se présenter de nouveau ; sa présence est prouvée",
        ),
        "engagement_du_code": HorsPreuve(
            "le code à six chiffres se refait à chaque fois, et ne prouve rien ensuite",
            "les codes comparés de vive voix ne s'accorderaient plus, et l'on recommencerait",
        ),
        "alea_du_code": HorsPreuve(
            "le code à six chiffres se refait à chaque fois, et ne prouve rien ensuite",
            "les codes comparés de vive voix ne s'accorderaient plus, et l'on recommencerait",
        ),
        "alea_de_la_presidence": HorsPreuve(
            "le code à six chiffres se refait à chaque fois, et ne prouve rien ensuite",
            "les codes comparés de vive voix ne s'accorderaient plus, et l'on recommencerait",
        ),
        "part_rescellee": HorsPreuve(
            "une part scellée pour un instant, effacée ensuite",
            "la part ne s'ouvrirait pas, et la personne la donnerait de nouveau",
        ),
    }

    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="participants")
    ouvre = models.BooleanField(default=False, help_text="Désignée pour ouvrir, ou gardienne.")
    gardien = models.BooleanField(default=False)
    sans_conflit_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_participant_par_compte",
                fields=["seance", "utilisateur"],
                condition=models.Q(utilisateur__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.nom}, {self.qualite}" if self.qualite else self.nom

    @property
    def a_declare(self) -> bool:
        return self.sans_conflit_le is not None


class OuverturePli(LigneProuvee):
    """Une enveloppe proposée à la séance, et ce qu'on y a trouvé."""

    HORS_PREUVE = {
        "essai": HorsPreuve(
            "le nom d'un essai en cours",
            "un essai d'ouverture recommencerait ; ce qui est sorti du pli est prouvé",
        ),
        "bail_jusqu_a": HorsPreuve(
            "le signe de vie d'un essai en cours",
            "un essai d'ouverture recommencerait ; ce qui est sorti du pli est prouvé",
        ),
    }

    class Etat(models.TextChoices):
        SCELLEE = "scellee", "Scellée"
        EN_COURS = "en_cours", "En cours d'ouverture"
        OUVERTE = "ouverte", "Ouverte"
        ILLISIBLE = "illisible", "Illisible"
        ECARTEE = "ecartee", "Laissée scellée"

    class Decision(models.TextChoices):
        ADMISE = "admise", "Admise"
        ECARTEE = "ecartee", "Écartée"

    reference = models.CharField(max_length=20, unique=True, default=reference_d_ouverture)
    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="ouvertures")
    pli = models.ForeignKey(Pli, on_delete=models.PROTECT, related_name="ouvertures")
    enveloppe = models.ForeignKey(Enveloppe, on_delete=models.PROTECT, related_name="ouvertures")
    rang = models.PositiveIntegerField()
    etat = models.CharField(max_length=10, choices=Etat, default=Etat.SCELLEE)
    avertissement = models.CharField(max_length=250, blank=True)
    essai = models.CharField(max_length=32, blank=True)
    bail_jusqu_a = models.DateTimeField(null=True, blank=True)
    non_rendue_le = models.DateTimeField(
        null=True, blank=True, help_text="Le stockage, pour l'instant, ne la rend pas."
    )
    ouverte_le = models.DateTimeField(null=True, blank=True)
    constats = models.JSONField(default=list, blank=True)
    observations = models.JSONField(default=list, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    motif_de_la_decision = models.TextField(blank=True)
    decidee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["rang"]
        constraints = [
            models.UniqueConstraint(
                name="une_ouverture_par_enveloppe_et_seance", fields=["seance", "enveloppe"]
            ),
            models.UniqueConstraint(name="un_rang_par_ouverture", fields=["seance", "rang"]),
            models.UniqueConstraint(
                name="une_enveloppe_ne_s_ouvre_qu_une_fois",
                fields=["enveloppe"],
                condition=models.Q(etat="ouverte"),
            ),
            models.CheckConstraint(
                name="une_decision_se_motive",
                condition=models.Q(decision="") | ~models.Q(motif_de_la_decision=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pli}, {self.enveloppe} : {self.etat}"

    @property
    def est_une_offre_lue(self) -> bool:
        """Une offre ouverte, la séance close : avant, rien n'en sort."""
        lue = self.etat == self.Etat.OUVERTE and self.seance.etat == EtatDeSeance.CLOSE
        return lue and self.enveloppe.sorte == "offre"

    @property
    def anomalies(self) -> list[str]:
        """Ce que l'ouverture a trouvé d'anormal."""
        return [constat["texte"] for constat in self.constats if constat["grave"]]

    @property
    def precisions(self) -> list[str]:
        """Ce qui se dit sans rien accuser : une empreinte que l'entreprise n'a pas fournie."""
        return [constat["texte"] for constat in self.constats if not constat["grave"]]


class FichierOuvert(LigneProuvee):
    """Un fichier en clair, sorti d'une enveloppe, gardé pour l'organisme acheteur."""

    reference = models.CharField(max_length=24, unique=True, default=reference_de_fichier_ouvert)
    ouverture = models.ForeignKey(OuverturePli, on_delete=models.PROTECT, related_name="fichiers")
    nom = models.CharField(max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120)
    conforme = models.BooleanField()
    constat = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.nom
