"""Une question posée en privé, la réponse publique et anonyme qu'elle reçoit,
et les fichiers de l'une et de l'autre.
"""

from django.db import models

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_question() -> str:
    return reference_opaque("Q")


def reference_de_demandeur() -> str:
    return reference_opaque("D", 12)


def reference_de_piece() -> str:
    return reference_opaque("K")


class Demandeur(models.Model):
    """Une adresse à qui un lien permet de demander sans compte.

    Sans question posée, elle s'efface.
    """

    reference = models.CharField(max_length=20, unique=True, default=reference_de_demandeur)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="demandeurs"
    )
    courriel = models.EmailField(max_length=254)
    demande_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="un_demandeur_par_adresse", fields=["consultation", "courriel"]
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Question(LigneProuvee):
    """Ce qui est demandé, par une entreprise ou sans compte.

    Texte et auteur ne sont jamais publics ; la réponse l'est.
    """

    REPRISES = {"equipe_id": "s'appelait etablissement_id"}

    reference = models.CharField(max_length=16, unique=True, default=reference_de_question)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="questions"
    )
    equipe = models.ForeignKey(
        Equipe, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    posee_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    courriel = models.EmailField("l'adresse de qui demande sans compte", max_length=254, blank=True)
    texte = models.TextField()
    cle_d_envoi = models.CharField(
        "ce qui distingue un envoi d'un second clic", max_length=40, unique=True
    )
    recue_le = models.DateTimeField()
    hors_delai = models.BooleanField("reçue après la date limite des questions", default=False)
    ecartee_le = models.DateTimeField(null=True, blank=True)
    motif_d_ecart = models.TextField(blank=True)

    class Meta:
        ordering = ["recue_le", "pk"]
        constraints = [
            models.CheckConstraint(
                name="une_question_dit_quelque_chose", condition=~models.Q(texte="")
            ),
            models.CheckConstraint(
                name="une_question_a_un_compte_ou_une_adresse",
                condition=models.Q(courriel="", equipe__isnull=False, posee_par__isnull=False)
                | (models.Q(equipe=None, posee_par=None) & ~models.Q(courriel="")),
            ),
            models.CheckConstraint(
                name="une_question_ecartee_dit_pourquoi",
                condition=models.Q(ecartee_le=None, motif_d_ecart="")
                | (models.Q(ecartee_le__isnull=False) & ~models.Q(motif_d_ecart="")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ReponseAQuestion(LigneProuvee):
    """La réponse à une question.

    Sans date de publication, elle se prépare et ne se voit pas ; publiée, elle ne change plus.
    """

    class Suite(models.TextChoices):
        NON = "non", "Non, le dossier et l'heure limite ne changent pas"
        DOCUMENT = "document", "Oui, un document change"
        DELAI = "delai", "Oui, l'heure limite change"

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="reponse")
    numero = models.PositiveIntegerField(null=True, blank=True)
    question_publique = models.TextField(blank=True)
    texte = models.TextField(blank=True)
    suite = models.CharField("ce que la réponse change", max_length=12, choices=Suite, blank=True)
    motif_sans_changement = models.TextField(blank=True)
    preparee_le = models.DateTimeField()
    publiee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-numero"]
        constraints = [
            models.CheckConstraint(
                name="une_reponse_publiee_est_entiere",
                condition=models.Q(publiee_le=None, numero=None)
                | (
                    models.Q(publiee_le__isnull=False, numero__isnull=False)
                    & ~models.Q(question_publique="")
                    & ~models.Q(texte="")
                    & ~models.Q(suite="")
                ),
            ),
            models.CheckConstraint(
                name="une_reponse_qui_ne_change_rien_dit_pourquoi",
                condition=models.Q(publiee_le=None)
                | ~models.Q(suite="non")
                | ~models.Q(motif_sans_changement=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Réponse à {self.question_id}"


class PieceDeQuestion(LigneProuvee):
    """Un fichier joint à une question, que l'acheteur seul lit,
    ou à une réponse, que tous lisent une fois publiée.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_de_piece)
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="pieces"
    )
    reponse = models.ForeignKey(
        ReponseAQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="pieces"
    )
    nom = models.CharField("nom du fichier", max_length=255)
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="une_piece_a_une_question_ou_une_reponse",
                condition=models.Q(question=None, reponse__isnull=False)
                | models.Q(question__isnull=False, reponse=None),
            )
        ]

    def __str__(self) -> str:
        return self.nom
