"""Ce que l'acheteur constate de chaque candidature ouverte,
ce qu'il demande, ce qu'il reçoit, ce qu'il décide.
"""

from datetime import date

from django.db import models

from beffroi.achat.consultations.models import Consultation, PieceAttendue
from beffroi.choix.echanges.models import Exemplaire, PieceJointe
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee

SHA256 = 64


def reference_de_preuve() -> str:
    return reference_opaque("PV")


class DecisionSurCandidature(LigneProuvee):
    """Une candidature admise ou non, pour un lot ou pour tout l'achat.

    On n'en corrige pas une : une autre la remplace.
    """

    class Base(models.TextChoices):
        """Ce sur quoi la loi permet d'écarter une candidature. Le motif, lui, s'écrit."""

        INCOMPLETE = "incomplete", "Elle n'est pas complète"
        CAPACITES = "capacites", "Les capacités demandées ne sont pas justifiées"
        EXCLUSION = "exclusion", "L'entreprise est exclue de plein droit"
        APPRECIATION = "appreciation", "L'entreprise est exclue à l'appréciation de l'acheteur"
        PREUVES = "preuves", "Les preuves demandées ne sont pas venues à temps"
        CUMUL = "cumul", "Le cumul de candidatures est interdit"
        RESERVE = "reserve", "Le marché est réservé, et l'entreprise n'en est pas"
        NOMBRE = "nombre", "Le nombre de candidats est limité, et d'autres sont mieux placés"

    pli = models.ForeignKey(Pli, on_delete=models.PROTECT, related_name="decisions_de_candidature")
    lot = models.PositiveSmallIntegerField(null=True, blank=True)
    retenue = models.BooleanField()
    base = models.CharField("base légale", max_length=16, choices=Base, blank=True, default="")
    motif = models.TextField(blank=True)
    prise_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    prise_le = models.DateTimeField()
    remplace = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="remplacee_par"
    )

    class Meta:
        # La table est née dans `selection` : le journal nomme les lignes prouvées par leur table.
        db_table = "selection_decisionsurcandidature"
        ordering = ["pli", "lot", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_premiere_decision_par_lot",
                fields=["pli", "lot"],
                condition=models.Q(remplace=None),
            ),
            models.UniqueConstraint(
                name="une_premiere_decision",
                fields=["pli"],
                condition=models.Q(lot=None, remplace=None),
            ),
            models.CheckConstraint(
                name="une_candidature_ecartee_sait_pourquoi",
                condition=models.Q(retenue=True) | ~models.Q(motif=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pli}, lot {self.lot} : {'admise' if self.retenue else 'écartée'}"


class ExamenDePiece(LigneProuvee):
    """Ce que l'examinateur dit d'une pièce, ou des capacités (sans pièce).

    Le dernier dit vaut ; les autres restent.
    """

    class Verdict(models.TextChoices):
        PRESENTE = "presente", "Présente"
        MANQUANTE = "manquante", "Manquante"
        INSUFFISANTE = "insuffisante", "Insuffisante"
        SANS_OBJET = "sans_objet", "Sans objet"

    pli = models.ForeignKey(Pli, on_delete=models.PROTECT, related_name="examens")
    piece = models.ForeignKey(
        PieceAttendue, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField(max_length=12, choices=Verdict)
    note = models.CharField(max_length=500, blank=True)
    examinee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    examinee_le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pli}, {self.piece or 'capacités'} : {self.verdict}"


class DemandeDeComplement(LigneProuvee):
    """Ce qu'on demande à une entreprise pour compléter sa candidature (CCP, art. R. 2144-2) ;
    le courrier dit le délai.
    """

    class Objet(models.TextChoices):
        PIECES = "pieces", "Compléter la candidature"
        PREUVES = "preuves", "Prouver que l'entreprise n'est pas exclue"

    pli = models.ForeignKey(Pli, on_delete=models.PROTECT, related_name="demandes_de_complement")
    objet = models.CharField(max_length=8, choices=Objet, default=Objet.PIECES)
    exemplaire = models.ForeignKey(
        Exemplaire, on_delete=models.PROTECT, related_name="demandes_de_complement"
    )
    # Ce qui est demandé, tel que dit : la clé et l'intitulé.
    pieces = models.JSONField(default=list)
    demandee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    demandee_le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pli}, {self.exemplaire_id}"

    @property
    def intitules(self) -> list[str]:
        return [piece["intitule"] for piece in self.pieces]


class OrdreDExamen(LigneProuvee):
    """Les offres examinées avant ou après les candidatures (CCP, art. R. 2161-4).

    Le dernier choix vaut.
    """

    class Ordre(models.TextChoices):
        CANDIDATURES = "candidatures", "Les candidatures d'abord"
        OFFRES = "offres", "Les offres d'abord"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="ordres_d_examen"
    )
    ordre = models.CharField(max_length=12, choices=Ordre)
    choisi_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    choisi_le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.consultation_id} : {self.ordre}"


class Preuve(LigneProuvee):
    """Une preuve que l'entreprise n'est pas exclue :
    ce que c'est, d'où elle vient, sa date, jusqu'à quand elle vaut.
    """

    class Sorte(models.TextChoices):
        FISCALE = "fiscale", "Attestation fiscale"
        SOCIALE = "sociale", "Attestation sociale"
        REGISTRE = "registre", "Extrait du registre"
        TRAVAILLEURS = "travailleurs", "Documents du code du travail"
        JUGEMENT = "jugement", "Jugement de redressement judiciaire"

    class Source(models.TextChoices):
        OFFICIELLE = "officielle", "Service officiel"
        ENTREPRISE = "entreprise", "Reçue de l'entreprise, par la messagerie"
        ACHETEUR = "acheteur", "Ajoutée par l'acheteur"

    reference = models.CharField(max_length=20, unique=True, default=reference_de_preuve)
    pli = models.ForeignKey(Pli, on_delete=models.PROTECT, related_name="preuves")
    sorte = models.CharField(max_length=12, choices=Sorte)
    source = models.CharField(max_length=12, choices=Source)
    nom_de_la_source = models.CharField(max_length=120, blank=True)
    datee_du = models.DateField()
    valable_jusqu_au = models.DateField(null=True, blank=True)
    piece_jointe = models.ForeignKey(
        PieceJointe, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    nom = models.CharField("nom du fichier", max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=SHA256)
    cle_de_stockage = models.CharField(max_length=120)
    ajoutee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    ajoutee_le = models.DateTimeField()

    class Meta:
        ordering = ["sorte", "-datee_du", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="une_preuve_vaut_apres_sa_date",
                condition=models.Q(valable_jusqu_au=None)
                | models.Q(valable_jusqu_au__gte=models.F("datee_du")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pli}, {self.sorte}"

    def est_perimee(self, le: date) -> bool:
        return self.valable_jusqu_au is not None and le > self.valable_jusqu_au
