"""Un courrier de l'acheteur, ce qu'en reçoit chaque entreprise,
ce qu'elle en a lu, et ce qu'elle y répond.
"""

from django.db import models

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.echanges import mots
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee

SHA256 = 64


def reference_de_courrier() -> str:
    return reference_opaque("C")


def reference_de_fil() -> str:
    return reference_opaque("FIL")


def reference_d_exemplaire() -> str:
    return reference_opaque("X")


def reference_de_retour() -> str:
    return reference_opaque("RC")


def reference_de_piece() -> str:
    return reference_opaque("PJ")


class Fil(LigneProuvee):
    """Ce que l'acheteur et une entreprise s'écrivent sur une consultation : un seul fil."""

    REPRISES = {"equipe_id": "s'appelait etablissement_id"}

    reference = models.CharField(max_length=16, unique=True, default=reference_de_fil)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="fils")
    equipe = models.ForeignKey(Equipe, on_delete=models.PROTECT, related_name="fils")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="un_fil_par_entreprise", fields=["consultation", "equipe"]
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Courrier(LigneProuvee):
    """Ce que l'acheteur écrit, pour une ou plusieurs entreprises. Envoyé, il ne change plus."""

    Sorte = mots.Sorte

    reference = models.CharField(max_length=16, unique=True, default=reference_de_courrier)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="courriers"
    )
    sorte = models.CharField(max_length=16, default=Sorte.LIBRE)
    sujet = models.CharField(max_length=200)
    texte = models.TextField("le texte, avec ses champs")
    reponse_avant = models.DateTimeField("dernier moment pour répondre", null=True, blank=True)
    redige_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    redige_le = models.DateTimeField()
    envoye_le = models.DateTimeField(null=True, blank=True)
    envoye_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-redige_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="un_courrier_dit_quelque_chose",
                condition=~models.Q(sujet="") & ~models.Q(texte=""),
            ),
            models.CheckConstraint(
                name="un_courrier_envoye_l_est_par_quelqu_un",
                condition=models.Q(envoye_le=None, envoye_par=None)
                | models.Q(envoye_le__isnull=False, envoye_par__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def nom_de_sa_sorte(self) -> str:
        return mots.Sorte(self.sorte).label


class Exemplaire(LigneProuvee):
    """Un courrier tel qu'une entreprise le reçoit : son texte à elle, et sa première lecture."""

    reference = models.CharField(max_length=16, unique=True, default=reference_d_exemplaire)
    courrier = models.ForeignKey(Courrier, on_delete=models.PROTECT, related_name="exemplaires")
    fil = models.ForeignKey(Fil, on_delete=models.PROTECT, related_name="exemplaires")
    texte_propre = models.TextField("ce qui n'est écrit qu'à elle", blank=True)
    sujet = models.CharField(max_length=200, blank=True)
    texte = models.TextField(blank=True)
    remis_le = models.DateTimeField("disponible sur la plateforme", null=True, blank=True)
    lu_le = models.DateTimeField("lu la première fois", null=True, blank=True)
    lu_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["fil__equipe__nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_exemplaire_par_entreprise", fields=["courrier", "fil"]
            ),
            models.CheckConstraint(
                name="un_exemplaire_remis_a_son_texte",
                condition=models.Q(remis_le=None) | (~models.Q(sujet="") & ~models.Q(texte="")),
            ),
            models.CheckConstraint(
                name="une_lecture_a_un_lecteur_et_suit_la_remise",
                condition=models.Q(lu_le=None, lu_par=None)
                | models.Q(lu_par__isnull=False, lu_le__gte=models.F("remis_le")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Alerte(LigneProuvee):
    """Le courriel qui dit à une personne qu'un courrier l'attend.

    Il n'en porte ni le sujet ni le texte.
    """

    exemplaire = models.ForeignKey(Exemplaire, on_delete=models.PROTECT, related_name="alertes")
    personne = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    adresse = models.EmailField(max_length=254)
    rang = models.PositiveSmallIntegerField()
    cle = models.CharField("son courriel dans la boîte d'envoi", max_length=120, unique=True)
    ecrite_le = models.DateTimeField()
    acceptee_le = models.DateTimeField("acceptée par le serveur", null=True, blank=True)
    refusee_le = models.DateTimeField(null=True, blank=True)
    refus = models.CharField("pourquoi", max_length=500, blank=True)

    class Meta:
        ordering = ["rang"]
        constraints = [
            models.UniqueConstraint(name="un_rang_par_alerte", fields=["exemplaire", "rang"]),
            models.CheckConstraint(
                name="une_alerte_est_acceptee_ou_refusee",
                condition=models.Q(acceptee_le=None) | models.Q(refusee_le=None),
            ),
        ]

    def __str__(self) -> str:
        return self.cle


class Retour(LigneProuvee):
    """Ce qu'une entreprise répond dans son fil. Reçu, il ne change plus."""

    reference = models.CharField(max_length=16, unique=True, default=reference_de_retour)
    fil = models.ForeignKey(Fil, on_delete=models.PROTECT, related_name="retours")
    en_reponse_a = models.ForeignKey(Exemplaire, on_delete=models.PROTECT, related_name="retours")
    texte = models.TextField()
    ecrit_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    cle_d_envoi = models.CharField(
        "ce qui distingue un envoi d'un second clic", max_length=40, unique=True
    )
    recu_le = models.DateTimeField()
    hors_delai = models.BooleanField("reçu après le dernier moment pour répondre", default=False)
    lu_le = models.DateTimeField("lu par l'acheteur la première fois", null=True, blank=True)
    lu_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["recu_le", "pk"]
        constraints = [
            models.CheckConstraint(
                name="un_retour_dit_quelque_chose", condition=~models.Q(texte="")
            )
        ]

    def __str__(self) -> str:
        return self.reference


class PieceJointe(LigneProuvee):
    """Un fichier joint à un courrier, pour tous ses destinataires ;
    à un exemplaire, pour une entreprise ; ou à un retour.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_piece)
    courrier = models.ForeignKey(
        Courrier, null=True, blank=True, on_delete=models.PROTECT, related_name="pieces"
    )
    exemplaire = models.ForeignKey(
        Exemplaire, null=True, blank=True, on_delete=models.PROTECT, related_name="pieces"
    )
    retour = models.ForeignKey(
        Retour, null=True, blank=True, on_delete=models.PROTECT, related_name="pieces"
    )
    nom = models.CharField("nom du fichier", max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=SHA256)
    cle_de_stockage = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="une_piece_a_un_courrier_un_exemplaire_ou_un_retour",
                condition=models.Q(courrier__isnull=False, exemplaire=None, retour=None)
                | models.Q(courrier=None, exemplaire__isnull=False, retour=None)
                | models.Q(courrier=None, exemplaire=None, retour__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.nom
