"""Les formulaires d'une pièce : la forme ici, ce qui se refuse dans les règles."""

from typing import Any

from django import forms

from beffroi.personnes.pieces.services import Fichier, Validite
from beffroi.socle.guichet.champs.dates import JourField
from beffroi.socle.guichet.champs.fichiers import FichierField
from droit.en_vigueur import Valeur
from droit.pieces_de_candidature import Sorte


class AvecDates(forms.Form):
    """Les deux dates d'une pièce, et ce que la loi ou l'usage en dit."""

    datee_du = JourField(label="Date du document", required=False)
    valable_jusqu_au = JourField(
        label="Dernier jour de validité", required=False, help_text="Vide : la pièce n'expire pas."
    )

    def __init__(self, *args: Any, age: Valeur | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if age is not None:
            self.fields[
                "valable_jusqu_au"
            ].help_text = f"Vide : nous comptons {age.entier} mois depuis la date du document."

    def validite(self) -> Validite:
        return Validite(self.cleaned_data["datee_du"], self.cleaned_data["valable_jusqu_au"])


class IntituleField(forms.CharField):
    def __init__(self, sorte: Sorte) -> None:
        super().__init__(
            label="Nom de la pièce",
            required=sorte == Sorte.AUTRE,
            max_length=120,
            help_text="Le nom sous lequel vous la retrouverez."
            if sorte == Sorte.AUTRE
            else f"Vide : {sorte.label}.",
            error_messages={
                "required": "Donnez un nom à cette pièce.",
                "max_length": "Ce nom est trop long : 120 signes au plus.",
            },
        )


class VersionForm(AvecDates):
    """Un fichier neuf pour une pièce déjà là."""

    fichier = FichierField()
    field_order = ["intitule", "fichier", "datee_du", "valable_jusqu_au"]

    def choisi(self) -> Fichier:
        recu = self.cleaned_data["fichier"]
        return Fichier(recu.name, recu.read(), self.validite())


class PieceForm(VersionForm):
    """Une pièce de plus."""

    def __init__(self, *args: Any, sorte: Sorte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intitule"] = IntituleField(sorte)
        self.order_fields(self.field_order)


class CorrectionForm(AvecDates):
    """Le nom et les dates, le fichier restant le même."""

    def __init__(self, *args: Any, sorte: Sorte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intitule"] = IntituleField(sorte)
        self.order_fields(["intitule", "datee_du", "valable_jusqu_au"])
