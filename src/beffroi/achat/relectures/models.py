"""La relecture d'un règlement : une version lue, des constats, des commentaires, un avis daté."""

from django.db import models

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.achat.relectures.states import CYCLE, Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_relecture() -> str:
    return reference_opaque("L")


class Relecture(LigneProuvee):
    """Une version du règlement, soumise au centre de gestion. Rendue, elle ne change plus."""

    class Avis(models.TextChoices):
        CONFORME = "conforme", "Conforme"
        SOUS_RESERVE = "conforme_sous_reserve", "Conforme sous réserve"
        A_CORRIGER = "a_corriger", "À corriger"

    Etat = Etat
    CYCLE = CYCLE

    reference = models.CharField(max_length=16, unique=True, default=reference_de_relecture)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="relectures"
    )
    numero = models.PositiveSmallIntegerField()
    etat = models.CharField(max_length=10, choices=Etat.choices, default=Etat.DEMANDEE)
    document = models.ForeignKey(
        PieceDce, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    nom_du_document = models.CharField(max_length=255, blank=True)
    texte = models.JSONField(
        default=list, blank=True, help_text="Les paragraphes lus, avec leur place."
    )
    lacunes = models.JSONField(default=list, blank=True)
    achat = models.TextField(help_text="L'achat tel qu'il était à la demande, en JSON.")
    constats = models.JSONField(default=list, blank=True)
    questions = models.JSONField(default=list, blank=True)
    version_des_regles = models.CharField(max_length=120, blank=True)
    message = models.TextField(blank=True)
    demandee_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    demandee_le = models.DateTimeField()
    due_le = models.DateTimeField()
    prise_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    prise_le = models.DateTimeField(null=True, blank=True)
    avis = models.CharField(max_length=24, choices=Avis, blank=True)
    observation = models.TextField(blank=True)
    rendue_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_relecture_par_numero", fields=["consultation", "numero"]
            ),
            models.UniqueConstraint(
                name="une_relecture_a_la_fois",
                fields=["consultation"],
                condition=models.Q(etat__in=[Etat.DEMANDEE, Etat.PRISE]),
            ),
            models.CheckConstraint(
                name="rendue_avec_un_avis_et_un_juriste",
                condition=models.Q(
                    etat=Etat.RENDUE, rendue_le__isnull=False, prise_par__isnull=False
                )
                & ~models.Q(avis="")
                | ~models.Q(etat=Etat.RENDUE) & models.Q(rendue_le=None, avis=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Relecture n° {self.numero} de {self.consultation_id}"

    @property
    def organisme_du_journal(self) -> str:
        return self.consultation.organisme.siret


class Commentaire(LigneProuvee):
    """Une remarque du juriste, sur un paragraphe ou sur l'ensemble, et la réponse de l'acheteur."""

    reference = models.CharField(max_length=16, unique=True)
    relecture = models.ForeignKey(Relecture, on_delete=models.PROTECT, related_name="commentaires")
    paragraphe = models.PositiveIntegerField(null=True, blank=True)
    texte = models.TextField()
    par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()
    reponse = models.TextField(blank=True)
    repondu_par = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    repondu_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["paragraphe", "pk"]
        constraints = [
            models.CheckConstraint(
                name="un_commentaire_dit_quelque_chose", condition=~models.Q(texte="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.relecture_id}, § {self.paragraphe or 'ensemble'}"


class DecisionSurUnConstat(LigneProuvee):
    """Ce que le juriste fait d'un constat des contrôles : il le retient, ou l'écarte en disant
    pourquoi. Sans décision, l'avis le dit ouvert.
    """

    class Issue(models.TextChoices):
        RETENU = "retenu", "Retenu"
        ECARTE = "ecarte", "Écarté"

    relecture = models.ForeignKey(Relecture, on_delete=models.PROTECT, related_name="decisions")
    code = models.CharField(max_length=8)
    empreinte = models.CharField(max_length=64)
    issue = models.CharField(max_length=8, choices=Issue)
    motif = models.TextField(blank=True)
    par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_decision_par_constat", fields=["relecture", "empreinte"]
            ),
            models.CheckConstraint(
                name="un_constat_ecarte_dit_pourquoi",
                condition=~models.Q(issue="ecarte") | ~models.Q(motif=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.get_issue_display()} ({self.relecture_id})"


class ModeleDeCommentaire(models.Model):
    """Une remarque que le centre écrit souvent :
    son titre, son texte, et le contrôle qui l'appelle.
    """

    titre = models.CharField(max_length=120, unique=True)
    texte = models.TextField()
    code = models.CharField(max_length=8, blank=True)
    modifie_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    modifie_le = models.DateTimeField()

    class Meta:
        ordering = ["titre"]

    def __str__(self) -> str:
        return self.titre


class PasseOutre(LigneProuvee):
    """Un constat que l'acheteur garde tel quel, en disant pourquoi.

    Le constat revient s'il change.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="passes_outre"
    )
    code = models.CharField(max_length=8)
    empreinte = models.CharField(max_length=64)
    gravite = models.CharField(max_length=14)
    constat = models.TextField()
    motif = models.TextField()
    par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    class Meta:
        ordering = ["-le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_passe_outre_par_constat", fields=["consultation", "empreinte"]
            ),
            models.CheckConstraint(
                name="un_passe_outre_dit_pourquoi", condition=~models.Q(motif="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} pour {self.consultation_id}"
