"""Le fil public : ce qui change sur la plateforme, dans un ordre que rien ne trouble."""

from django.db import models

from beffroi.achat.consultations.models import Consultation


class FaitPublic(models.Model):
    """Un fait que tout le monde voit déjà sur une page, à sa place dans le fil.

    La séquence est sans trou et prise sous verrou jusqu'à la fin de l'acte : qui lit le fil
    après un numéro n'en manque aucun et n'en revoit aucun, même quand deux acheteurs publient
    ensemble. Ce n'est pas le numéro du journal, dont les trous diraient combien de réponses
    arrivent (CCP, art. R. 2132-9).
    """

    class Sorte(models.TextChoices):
        PUBLICATION = "publication", "La consultation est publiée"
        DOCUMENT = "document", "Un document a changé"
        DELAI = "delai", "L'heure limite a changé"
        SANS_SUITE = "sans_suite", "La consultation est sans suite"
        GARDIENS = "gardiens", "Les gardiens des clés sont appelés"
        QUESTION = "question", "Une réponse est donnée à une question"

    sequence = models.PositiveBigIntegerField(primary_key=True)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="faits_publics"
    )
    sorte = models.CharField(max_length=12, choices=Sorte)
    texte = models.CharField(max_length=500)
    le = models.DateTimeField()

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"n° {self.sequence} : {self.sorte} {self.consultation_id}"
