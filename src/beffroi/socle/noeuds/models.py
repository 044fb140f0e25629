"""Ce que tous les nœuds d'une base partagent, et qu'elle sait reconnaître."""

from django.db import models


class CleDeLaBase(models.Model):
    """L'empreinte d'une clé que tous les nœuds de cette base partagent."""

    usage = models.CharField(max_length=20, primary_key=True)
    empreinte = models.CharField(max_length=64)
    depuis_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"clé du {self.usage}"


class RemiseDesCles(models.Model):
    """Un paquet de clés fait pour un nœud neuf : il ne se prend qu'une fois, et pas longtemps."""

    empreinte = models.CharField(max_length=64, primary_key=True)
    faite_le = models.DateTimeField()
    prise_le = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"clés remises le {self.faite_le}"


class TourDeRonde(models.Model):
    """Quel ouvrier fait les rondes de la plateforme, et jusqu'à quand ; une seule ligne."""

    rondes = models.CharField(max_length=20, primary_key=True, default="toutes")
    ouvrier = models.CharField(max_length=200)
    jusqu_a = models.DateTimeField()

    def __str__(self) -> str:
        return f"rondes de {self.ouvrier}"


class NoeudVu(models.Model):
    """Quelle version un nœud sert, et quand il l'a dit pour la dernière fois."""

    noeud = models.CharField(max_length=255)
    version = models.CharField(max_length=40)
    vu_le = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("noeud", "version"), name="noeud_vu_une_fois_par_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.noeud}, version {self.version}"


class MiseAJour(models.Model):
    """Une version à laquelle cette base a été mise ; `a_l_arret` : celle d'avant n'y sert plus."""

    version = models.CharField(max_length=40, primary_key=True)
    faite_le = models.DateTimeField()
    a_l_arret = models.BooleanField()

    def __str__(self) -> str:
        return f"version {self.version}"


class PassageDOuvrier(models.Model):
    """Quand un ouvrier de cette base a fait sa dernière ronde ; une seule ligne."""

    qui = models.CharField(max_length=20, primary_key=True, default="ouvrier")
    vu_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.qui} vu le {self.vu_le}"


class HorlogeDuNoeud(models.Model):
    """De combien l'horloge d'un nœud avance sur celle de la base ; l'heure du relevé est la sienne.

    Un nœud très en retard passerait sinon pour absent.
    """

    noeud = models.CharField(max_length=200, primary_key=True)
    ecart_ms = models.IntegerField("millisecondes d'avance sur la base")
    marge_ms = models.PositiveIntegerField()
    vue_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"horloge de {self.noeud}"
