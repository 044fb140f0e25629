"""Les exemples du catalogue `/composants/` :
inventés, et chaque composant dans chacun de ses états.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.paginator import Paginator

from beffroi.faces.portail.icones import ICONES
from beffroi.faces.portail.queries import LigneDuRegistre

EMPREINTE = "78ad5b9691bdc552dda154873295f81a3bb9b7814d18847fa4ee3a06dcc37392"


class ExempleForm(forms.Form):
    """Un champ de chaque sorte."""

    nom = forms.CharField(label="Nom de l'entreprise", help_text="Comme au registre du commerce.")
    courriel = forms.EmailField(
        label="Adresse électronique",
        error_messages={"invalid": "Écrivez une adresse complète, par exemple nom@exemple.fr."},
    )
    nature = forms.ChoiceField(
        label="Que vendez-vous ?", choices=[("t", "Travaux"), ("s", "Services")]
    )
    lots = forms.ChoiceField(
        label="À quel lot répondez-vous ?",
        choices=[("1", "Lot 1, couverture"), ("2", "Lot 2, charpente")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un lot."},
    )
    precisions = forms.CharField(label="Précisions", widget=forms.Textarea, required=False)
    accord = forms.BooleanField(
        label="J'ai relu ma réponse", error_messages={"required": "Cochez la case pour continuer."}
    )


class Tache(NamedTuple):
    nom: str
    ton: str
    mot: str
    url: str = ""
    signe: str = ""
    ici: bool = False


class Piece(NamedTuple):
    nom: str
    detail: str
    ton: str
    mot: str
    signe: str = ""
    precision: str = ""
    avancement: int = 0
    id: str = ""
    gestes: tuple[tuple[str, str], ...] = ()


class DateDuCalendrier(NamedTuple):
    nom: str
    instant: datetime
    quand: str
    classe: str = ""


class Geste(NamedTuple):
    libelle: str
    url: str
    premier: bool = False
    icone: str = ""


TACHES = (
    Tache("Entreprise", "ok", "Complet", "#taches"),
    Tache("Offre du lot 1", "cours", "En cours, 1 sur 3", "#taches", ici=True),
    Tache("Pièces de candidature", "attention", "À reprendre", "#taches", signe="crayon"),
    Tache("Vérifier", "gris", "À faire", "#taches"),
    Tache("Déposer", "gris", "Pas encore possible", signe="cadenas"),
)
PIECES = (
    Piece(
        "Acte d'engagement",
        "acte-signe.pdf, 1,2 Mo",
        "ok",
        "Reçu et vérifié",
        precision="à 11:40:55",
        gestes=(("Remplacer", "#pieces"),),
    ),
    Piece(
        "Mémoire technique",
        "memoire.pdf, 84 Mo",
        "cours",
        "Envoi, 63 %",
        signe="haut",
        precision="reste 15 s",
        avancement=63,
        id="piece-memoire",
        gestes=(("Mettre en pause", "#pieces"),),
    ),
    Piece(
        "Bordereau des prix",
        "Attendu : ODS, XLSX ou PDF",
        "attention",
        "À ajouter",
        signe="rond",
        gestes=(("Choisir", "#pieces"),),
    ),
)


def _registre(*, maintenant: datetime) -> list[LigneDuRegistre]:
    ce_midi = maintenant + timedelta(hours=1, minutes=33)
    return [
        LigneDuRegistre(
            "Repas en liaison froide",
            "#registre",
            "Commune d'Embry",
            ce_midi,
            "1\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}33",
            "avant la fin",
            True,
            ("Services", "sans lot"),
        ),
        LigneDuRegistre(
            "Curage des fossés",
            "#registre",
            "Commune de Wirwignes",
            maintenant + timedelta(days=3),
            "3",
            "jours",
            False,
            ("Travaux", "1 lot"),
        ),
    ]


def _calendrier(*, maintenant: datetime) -> list[DateDuCalendrier]:
    return [
        DateDuCalendrier("Publication", maintenant - timedelta(days=24), "passé", "fait"),
        DateDuCalendrier("Dernière question", maintenant, "aujourd'hui", "jourj"),
        DateDuCalendrier("Heure limite", maintenant + timedelta(days=4), "dans 4 jours", "limite"),
        DateDuCalendrier("Ouverture", maintenant + timedelta(days=5), "à venir"),
    ]


def contexte(*, maintenant: datetime) -> dict[str, Any]:
    """Tout ce que le catalogue montre."""
    return {
        "icones": sorted(ICONES),
        "empreinte": EMPREINTE,
        "taches": TACHES,
        "pieces": PIECES,
        "registre": _registre(maintenant=maintenant),
        "dates": _calendrier(maintenant=maintenant),
        "limite": maintenant + timedelta(minutes=17, seconds=53),
        "gestes": (
            Geste("Déposer une réponse", "#echeance", premier=True),
            Geste("Télécharger le dossier (ZIP, 14,8 Mo)", "#echeance", icone="bas"),
        ),
        "fiche": (
            ("Acheteur", "Commune de Bomy"),
            ("Procédure", "Marché à procédure adaptée (MAPA), travaux"),
        ),
        "colonnes": ("Lot", "Objet"),
        "lots": (("Lot 1", "Couverture en ardoise"), ("Lot 2", "Charpente")),
        "formulaire": ExempleForm({"nom": "Atelier du Faîtage", "courriel": "kevin@"}),
        "pages": Paginator(range(40), 10).page(2),
    }
