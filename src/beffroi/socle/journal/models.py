"""Le journal de preuve :
des écritures qui s'ajoutent et ne changent plus, un arbre, des points de contrôle signés.
"""

import json
from typing import Any

from django.db import models


class Ecriture(models.Model):
    """Un fait : son contenu canonique, son jeton d'horodatage, sa place dans l'arbre.

    La base refuse de la modifier.
    """

    numero = models.PositiveBigIntegerField(primary_key=True)
    acte = models.CharField(max_length=60)
    sujet = models.CharField(max_length=80)
    organisme = models.CharField(max_length=40, blank=True)
    acteur_reference = models.CharField(max_length=80)
    acteur_libelle = models.CharField(max_length=250)
    le = models.DateTimeField()
    contenu = models.TextField()
    jeton = models.BinaryField()
    feuille = models.BinaryField(max_length=64)

    class Meta:
        ordering = ["numero"]
        indexes = [
            models.Index(name="ecriture_par_sujet", fields=["sujet", "numero"]),
            models.Index(name="ecriture_par_acte", fields=["acte", "numero"]),
        ]

    def __str__(self) -> str:
        return f"n° {self.numero} : {self.acte} {self.sujet}"

    @property
    def donnees(self) -> dict[str, Any]:
        """Ce que l'acte a dit de lui-même."""
        dites: dict[str, Any] = json.loads(self.contenu)["donnees"]
        return dites


class Noeud(models.Model):
    """L'empreinte d'un sous-arbre complet de 2^niveau feuilles (RFC 6962)."""

    pk = models.CompositePrimaryKey("niveau", "indice")
    niveau = models.PositiveSmallIntegerField()
    indice = models.PositiveBigIntegerField()
    empreinte = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"nœud {self.niveau}/{self.indice}"


class PointDeControle(models.Model):
    """La tête signée du journal à une taille donnée (C2SP checkpoint)."""

    taille = models.PositiveBigIntegerField(primary_key=True)
    note = models.TextField()
    signe_le = models.DateTimeField()

    class Meta:
        ordering = ["taille"]

    def __str__(self) -> str:
        return f"point de contrôle à {self.taille}"


class Remplissage(models.Model):
    """Des feuilles qui ne disent rien, de `debut` inclus à `fin` exclu :
    toutes se tirent de la graine (ADR 0009).
    """

    debut = models.PositiveBigIntegerField(primary_key=True)
    fin = models.PositiveBigIntegerField()
    graine = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["debut"]
        constraints = [
            models.CheckConstraint(
                name="un_remplissage_remplit", condition=models.Q(fin__gt=models.F("debut"))
            )
        ]

    def __str__(self) -> str:
        return f"remplissage de {self.debut} à {self.fin}"


class Publication(models.Model):
    """La tête que tout le monde voit pendant un pas de l'horloge ;
    `rang` compte les pas depuis 1970.
    """

    rang = models.PositiveBigIntegerField(primary_key=True)
    point = models.OneToOneField(
        PointDeControle, on_delete=models.PROTECT, related_name="publication"
    )

    class Meta:
        ordering = ["rang"]

    def __str__(self) -> str:
        return f"tête {self.point_id}, publiée au pas {self.rang}"


class JetonQualifie(models.Model):
    """Un jeton d'horodatage qualifié, arrivé après coup,
    sur une écriture ou sur un point de contrôle.
    """

    class Objet(models.TextChoices):
        ECRITURE = "ecriture", "Écriture"
        POINT_DE_CONTROLE = "point_de_controle", "Point de contrôle"

    objet = models.CharField(max_length=20, choices=Objet)
    numero = models.PositiveBigIntegerField()
    jeton = models.BinaryField()
    autorite = models.CharField(max_length=250)
    horodate_le = models.DateTimeField()
    recu_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="un_jeton_qualifie_par_objet", fields=["objet", "numero"])
        ]

    def __str__(self) -> str:
        return f"jeton qualifié, {self.objet} {self.numero}"


class Cosignature(models.Model):
    """Un témoin, tenu par d'autres, a vu cette tête prolonger la précédente,
    et l'a signée (C2SP tlog-cosignature).
    """

    point = models.ForeignKey(
        PointDeControle, on_delete=models.PROTECT, related_name="cosignatures"
    )
    temoin = models.CharField(max_length=120)
    ligne = models.CharField(max_length=400)
    recue_le = models.DateTimeField()

    class Meta:
        ordering = ["temoin"]
        constraints = [
            models.UniqueConstraint(name="une_cosignature_par_temoin", fields=["point", "temoin"])
        ]

    def __str__(self) -> str:
        return f"{self.temoin}, tête {self.point_id}"
