"""Un avis, tel qu'il a été écrit, son contrôle, et ses parutions :
où il est envoyé, avec quelle preuve, où il en est.
"""

from django.db import models

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.organismes.models import Organisme
from beffroi.publicite.avis.states import CYCLE, Etat
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee
from formats.avis import AvisDAttribution, fiche, textes
from formats.avis.modele import Avis as Contenu


def reference_d_avis() -> str:
    return reference_opaque("AV")


def reference_de_parution() -> str:
    return reference_opaque("PA")


class Avis(LigneProuvee):
    """Un avis de publicité d'une consultation.

    Écrit, il ne change plus : un autre le rectifie ou l'annule.
    """

    class Sorte(models.TextChoices):
        INITIAL = "initial", "Avis"
        RECTIFICATIF = "rectificatif", "Avis rectificatif"
        ANNULATION = "annulation", "Avis d'annulation"
        ATTRIBUTION = "attribution", "Avis d'attribution"

    class Forme(models.TextChoices):
        NATIONALE = "nationale", "Avis national"
        EUROPEENNE = "europeenne", "Avis européen"

    reference = models.CharField(max_length=16, unique=True, default=reference_d_avis)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="avis")
    sorte = models.CharField(max_length=12, choices=Sorte)
    forme = models.CharField(max_length=12, choices=Forme)
    contenu = models.TextField(help_text="L'avis structuré, en JSON.")
    texte = models.TextField(help_text="Le texte, prêt pour un journal d'annonces légales.")
    xml = models.TextField(blank=True)
    identifiant = models.UUIDField(help_text="L'identifiant européen de l'avis (BT-701).")
    dossier = models.UUIDField(help_text="L'identifiant européen de la procédure (BT-04).")
    change = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="changements"
    )
    ecrit_le = models.DateTimeField()

    class Meta:
        ordering = ["ecrit_le", "pk"]
        constraints = [
            models.CheckConstraint(
                name="avis_initial_ne_change_rien",
                condition=models.Q(sorte__in=["initial", "attribution"], change=None)
                | (~models.Q(sorte__in=["initial", "attribution"]) & ~models.Q(change=None)),
            ),
            models.CheckConstraint(
                name="avis_europeen_avec_xml",
                condition=~models.Q(forme="europeenne") | ~models.Q(xml=""),
            ),
            models.UniqueConstraint(name="un_identifiant_par_avis", fields=["identifiant"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_sorte_display()} {self.reference}"

    @property
    def structure(self) -> Contenu:
        """L'avis tel que les formats le connaissent ;
        celui de l'achat, s'il s'agit d'une attribution.
        """
        return self.attribution.avis if self.est_d_attribution else fiche.lire(self.contenu)

    @property
    def est_d_attribution(self) -> bool:
        return self.sorte == self.Sorte.ATTRIBUTION

    @property
    def attribution(self) -> AvisDAttribution:
        """Ce que chaque lot est devenu, pour un avis d'attribution."""
        return fiche.lire_l_attribution(self.contenu)

    @property
    def parties(self) -> list[tuple[str, tuple[str, ...]]]:
        """Le texte, partie par partie : un titre, des lignes."""
        return textes.parties(self.texte)

    @property
    def lots_dits(self) -> frozenset[int]:
        """Les lots dont cet avis dit l'issue."""
        return frozenset(resultat.lot for resultat in self.attribution.resultats)


class Parution(LigneProuvee):
    """Un avis dans un support :
    son envoi, la preuve de sa date (CCP, art. R. 2131-19), sa parution.
    """

    class Support(models.TextChoices):
        BOAMP = "boamp", "BOAMP"
        JOUE = "joue", "Journal officiel de l'Union européenne"
        JAL = "jal", "Journal d'annonces légales"
        PRESSE = "presse", "Presse spécialisée"

    class Voie(models.TextChoices):
        MANUELLE = "manuelle", "Je l'envoie moi-même"
        DOSSIER = "dossier", "Dépôt dans un dossier d'échange"
        HTTP = "http", "Envoi par la plateforme"

    Etat = Etat
    CYCLE = CYCLE

    reference = models.CharField(max_length=16, unique=True, default=reference_de_parution)
    avis = models.ForeignKey(Avis, on_delete=models.PROTECT, related_name="parutions")
    support = models.CharField(max_length=8, choices=Support)
    nom_du_support = models.CharField(max_length=120, blank=True)
    voie = models.CharField(max_length=10, choices=Voie, default=Voie.MANUELLE)
    etat = models.CharField(max_length=12, choices=Etat.choices, default=Etat.PREPAREE)
    preparee_le = models.DateTimeField()
    envoyee_le = models.DateTimeField(null=True, blank=True)
    confirmee_le = models.DateTimeField(null=True, blank=True)
    parue_le = models.DateTimeField(null=True, blank=True)
    numero = models.CharField("numéro donné par le support", max_length=80, blank=True)
    adresse = models.URLField("adresse de l'avis paru", max_length=400, blank=True)
    motif_du_refus = models.TextField(blank=True)
    preuve_nom = models.CharField(max_length=255, blank=True)
    preuve_sha256 = models.CharField(max_length=64, blank=True)
    preuve_cle = models.CharField("clé de stockage de la preuve", max_length=120, blank=True)

    class Meta:
        ordering = ["preparee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_parution_par_support", fields=["avis", "support", "nom_du_support"]
            ),
            models.CheckConstraint(
                name="envoi_prouve",
                condition=models.Q(envoyee_le=None, preuve_cle="")
                | (
                    models.Q(envoyee_le__isnull=False)
                    & ~models.Q(preuve_cle="")
                    & ~models.Q(preuve_sha256="")
                ),
            ),
            models.CheckConstraint(
                name="envoyee_avec_date",
                condition=~models.Q(etat__in=[Etat.ENVOYEE, Etat.CONFIRMEE, Etat.PARUE])
                | models.Q(envoyee_le__isnull=False),
            ),
            models.CheckConstraint(
                name="confirmee_avec_date",
                condition=~models.Q(etat=Etat.CONFIRMEE) | models.Q(confirmee_le__isnull=False),
            ),
            models.CheckConstraint(
                name="parue_avec_date",
                condition=models.Q(etat=Etat.PARUE, parue_le__isnull=False)
                | (~models.Q(etat=Etat.PARUE) & models.Q(parue_le=None)),
            ),
            models.CheckConstraint(
                name="refusee_avec_motif",
                condition=~models.Q(etat=Etat.REFUSEE) | ~models.Q(motif_du_refus=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_support_display()} : {self.get_etat_display()}"

    @property
    def organisme_du_journal(self) -> str:
        return self.avis.consultation.organisme_du_journal

    @property
    def support_lisible(self) -> str:
        """« La Voix du Pas-de-Calais », ou le nom du support national."""
        return self.nom_du_support or self.get_support_display()


class VerificationDAvis(models.Model):
    """Ce que les contrôles officiels ont dit d'un avis européen ;
    sans rapport, ils n'ont pas encore répondu.
    """

    avis = models.OneToOneField(Avis, on_delete=models.PROTECT, related_name="verification")
    demandee_le = models.DateTimeField()
    faite_le = models.DateTimeField(null=True, blank=True)
    rapport = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verification_faite_avec_rapport",
                condition=models.Q(faite_le__isnull=True, rapport__isnull=True)
                | models.Q(faite_le__isnull=False, rapport__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.avis_id} : {'faite' if self.faite_le else 'demandée'}"


class CoordonneesDAvis(LigneProuvee):
    """Ce que tout avis d'un organisme répète :
    où il est, comment le joindre, quel tribunal juge ses achats.
    """

    organisme = models.OneToOneField(
        Organisme, on_delete=models.PROTECT, related_name="coordonnees_d_avis"
    )
    adresse = models.CharField(max_length=200, blank=True)
    code_postal = models.CharField(max_length=5, blank=True)
    ville = models.CharField(max_length=100, blank=True)
    code_nuts = models.CharField("département", max_length=5, blank=True)
    courriel = models.EmailField(blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    tribunal = models.CharField(max_length=120, blank=True)
    tribunal_siret = models.CharField(max_length=14, blank=True)
    tribunal_code_postal = models.CharField(max_length=5, blank=True)
    tribunal_ville = models.CharField(max_length=100, blank=True)
    tribunal_code_nuts = models.CharField("département du tribunal", max_length=5, blank=True)
    tribunal_courriel = models.EmailField(blank=True)
    tribunal_telephone = models.CharField(max_length=30, blank=True)
    modifiees_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"Coordonnées de {self.organisme_id}"
